"""Adding an account as the dialog sees it: steps that happen, and when they can be stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from countersign.desktop.bugs import bug_error
from countersign.desktop.tasks import Tasks
from countersign.device.enrolment import Step, UnfinishedError, enrol, finish
from countersign.push.address import host_of
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.enrolment import EnrolmentRequest
    from countersign.device.records import Account


class Enrolment(QObject):
    """Runs one enrolment at a time, with the request that it was given last.

    Each run ends in exactly one of `finished` (an Account), `failed` (a CountersignError) and
    `stopped` (cancelled and cleaned up).
    """

    stepped = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, device: Device, parent: QObject) -> None:
        super().__init__(parent)
        self._device = device
        self._tasks = Tasks(self)
        self._task: asyncio.Task[object] | None = None
        self._request: EnrolmentRequest | None = None
        self._unfinished: Account | None = None
        self._stopping = False
        self.api_url = ""
        self.step: Step | None = None
        self._tasks.failed.connect(self._broke)

    @property
    def running(self) -> bool:
        """Whether a run hasn't come to its end."""
        return self._task is not None

    @property
    def host(self) -> str:
        """Whom the present step talks to, as far as it is known."""
        if self._unfinished is not None:
            return host_of(self._unfinished.api_url)
        if self._request is None:
            return ""
        if self.step in {Step.REGISTER, Step.CHECK}:
            return host_of(self.api_url)
        return host_of(self._request.backend_url)

    def start(self, request: EnrolmentRequest) -> None:
        """Begin anew, with what the user has confirmed."""
        self._request = request
        self._unfinished = None
        self._run()

    def again(self) -> None:
        """Try again: the last step alone where only that is missing."""
        self._run()

    def cancel(self) -> bool:
        """Ask the run to stop; returns False in the step that can't be stopped."""
        if self.step is Step.REGISTER:
            return False
        if self._task is not None and not self._stopping:
            self._stopping = True  # once: a second time would cut the cleaning up short
            self._task.cancel()
        return True

    async def settled(self) -> None:
        """Stop, or wait where that can't be, until what was begun is finished or taken back."""
        self.cancel()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def account_to_show(self) -> str:
        """Return the sid of the account that was meant by "already registered", or nothing."""
        found = await self._device.accounts.all()
        request = self._request
        same = [each for each in found if request and each.backend_url == request.backend_url]
        return next((each.sid for each in reversed(same or list(found))), "")

    def _run(self) -> None:
        if self._task is None:
            self.step = None
            self._stopping = False
            self._task = self._tasks.start(self._work(), "adding an account")
            self._task.add_done_callback(self._ended)

    async def _work(self) -> None:
        try:
            account = await self._enrol()
        except CountersignError as error:
            self._task = None
            if isinstance(error, UnfinishedError):
                self._unfinished = error.account
            self.failed.emit(error)
        else:
            self._task = None
            self._unfinished = None
            self.finished.emit(account)

    def _ended(self, task: asyncio.Task[object]) -> None:
        if isValid(self) and task.cancelled():
            self._task = None
            self.stopped.emit()

    def _broke(self, error: BaseException) -> None:
        """End a run that met a bug of ours: it must not look as if it went on for ever."""
        self._task = None
        self.failed.emit(bug_error(error))

    async def _enrol(self) -> Account:
        if self._unfinished is not None:
            self._on_step(Step.CHECK)
            return await finish(self._device, self._unfinished)
        if self._request is None:
            raise RuntimeError("nothing was asked for")
        return await enrol(self._device, self._request, self._on_step, self._on_api)

    def _on_api(self, api_url: str) -> None:
        self.api_url = api_url

    def _on_step(self, step: Step) -> None:
        self.step = step
        self.stepped.emit(step)
