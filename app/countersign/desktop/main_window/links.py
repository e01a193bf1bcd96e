"""`countersign:` links from outside: each shows something, and none answers or arms anything."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from countersign.desktop.tasks import Tasks
from countersign.device.links import ChallengeLink, SignInLink, is_enroll_link, parse_link
from countersign.push.errors import ApiError, CountersignError, InputError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.device.device import Device
    from countersign.device.records import Account

_PATIENCE: Final = 20.0
"""Seconds in which a poll is waited for: a request mustn't jump up long after the click."""


class Links(QObject):
    """Follows links: `open` one, and await `settled` in the end.

    A request opens as if it had come by itself, with the guard on its buttons: who sent the link
    is unknown. What is wrong with a link is said in a banner.
    """

    def __init__(self, controller: Controller, window: MainWindow, device: Device) -> None:
        super().__init__(window)
        self._window = window
        self._device = device
        self._poller = controller.poller
        self._showing = controller.showing
        self._reading = controller.reading
        self._dialogs = controller.dialogs
        self._polled = asyncio.Event()
        self._tasks = Tasks(self)
        self._tasks.failed.connect(controller.tell)  # a bug
        controller.polled.connect(self._polled.set)

    def open(self, text: str) -> None:
        """Follow a link, or say what is wrong with it; the one before is followed no longer."""
        self._window.to_front()
        self._tasks.cancel()
        if is_enroll_link(text):
            self._dialogs.add(link=text)  # says by itself what is wrong
            return
        try:
            link = parse_link(text)
        except InputError as error:
            self._tell(error)
            return
        if isinstance(link, ChallengeLink | SignInLink):
            self._tasks.start(self._show(link), "follow a link")

    async def settled(self) -> None:
        """Follow nothing any more."""
        await self._tasks.settled()

    async def _show(self, link: ChallengeLink | SignInLink) -> None:
        try:
            account = await self._account(link.factor_sid)
            if not self._is_there(link):
                await self._look(account, link.challenge_sid)
        except CountersignError as error:
            self._tell(error)
            return
        if self._is_there(link):
            self._reading.read(link.challenge_sid, chosen=False)

    async def _account(self, factor_sid: str) -> Account:
        account = await self._device.accounts.get(factor_sid)
        if account is None:
            raise InputError(
                "unknown_account", self.tr("This link is for an account that isn't here.")
            )
        if not account.verified:
            raise InputError(
                "unfinished_account", self.tr("This link is for an account that isn't finished.")
            )
        return account

    def _is_there(self, link: ChallengeLink | SignInLink) -> bool:
        found = self._showing.request(link.challenge_sid)
        return found is not None and found.account.sid == link.factor_sid

    async def _look(self, account: Account, sid: str) -> None:
        """Have the account polled until the request is known; raises why it can't be shown."""
        clicked = time.monotonic()
        self._poller.check_now()
        await self._require_pending(account, sid)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while self._showing.request(sid) is None and not self._asked(account, clicked):
                    self._polled.clear()
                    await self._polled.wait()
        if self._showing.request(sid) is None:
            raise InputError(
                "not_shown", self.tr("This request waits. You find it further down in the list.")
            )

    def _asked(self, account: Account, since: float) -> bool:
        """Tell whether a poll that began since then has been answered: it shows the newest.

        One that was under way when another was asked for is followed by that.
        """
        watch = self._showing.watch(account.sid)
        if watch is None or watch.soon or watch.asked_at is None or watch.checked_at is None:
            return False
        return since <= watch.asked_at <= watch.checked_at

    async def _require_pending(self, account: Account, sid: str) -> None:
        """Ask for this one request: a poll tells what waits, and not why another one doesn't."""
        try:
            async with self._device.speaking_for(account) as client:
                found = await client.challenge(sid)
        except ApiError as error:
            if error.status == 404:  # noqa: PLR2004 - not found
                raise self._gone() from error
            raise InputError(
                "not_told", self.tr("Countersign can't look at this request now. Try again later.")
            ) from error
        if found.status is ChallengeStatus.EXPIRED:
            raise InputError(
                "link_expired",
                self.tr("This request has expired. Still signing in? Start again there."),
            )
        if found.status is not ChallengeStatus.PENDING:
            raise InputError("link_answered", self.tr("This request was answered already."))

    def _gone(self) -> InputError:
        return InputError("link_gone", self.tr("This request isn't there any more."))

    def _tell(self, error: CountersignError) -> None:
        self._showing.banners.set_problem(error)
        self._window.errorShown.emit(error.code)
