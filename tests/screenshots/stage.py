"""The whole window over a real device, whose service, password store and clock are ours."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from countersign.desktop.main_window.controller import Controller
from countersign.desktop.main_window.window import MainWindow
from countersign.desktop.request.ports import Waits
from countersign.push.values import FactorStatus
from tests.screenshots.frozen import frozen
from tests.screenshots.people import ALL, NORTHWIND, PAYROLL, SIGN_IN, TRANSFER
from tests.unit.device.device_support import FakeService, Gate, Keys, Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from countersign.desktop.request.pane import RequestPane
    from countersign.desktop.theme import Theme
    from countersign.device.records import Account, Decision
    from tests.screenshots.frozen import Clock
    from tests.screenshots.people import Asked

W = TypeVar("W", bound=QWidget)

PATIENCE = 30.0
SETTLING = Waits(guard=0.0, changed=0.0, look=3600.0)
"""No guard, so that a scene can click; no second look, so that a state stays."""


@dataclass(frozen=True)
class View:
    """How a scene is looked at; `folder` becomes its profile."""

    folder: Path
    size: tuple[int, int]
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight


class Stage:
    """One window; a scene brings it into the state that is to be seen."""

    def __init__(self, theme: Theme, clock: Clock, process: Process, size: tuple[int, int]) -> None:
        self.theme = theme
        self.clock = clock
        self.process = process
        self.service, self.keys = process.service, process.keys
        self.window = MainWindow(theme)
        self.window.resize(*size)
        self.window.show()  # first, as the app does: what is made later doesn't show by itself
        self.controller = Controller(self.window, theme, process.device)
        self.controller.poller.monotonic = clock.monotonic
        self.controller.poller.jitter = lambda: 1.0
        self.controller.mutes.now = clock.time
        self.controller.workspace.inbox.history.set_now(clock.time)
        self.controller.past.detail._now = clock.time
        self.waits(SETTLING)
        self.shot: QWidget = self.window
        self.polled = 0
        self._gates: list[Gate] = []
        self.window.pollFinished.connect(self._count_poll)

    @property
    def pane(self) -> RequestPane:
        """The request in the window."""
        return self.controller.reading.pane

    def tick(self) -> None:
        """Let the open request see what time it is."""
        opened = self.pane.presenter._open
        assert opened is not None
        opened._tick()

    def waits(self, waits: Waits) -> None:
        """Change how long the request pane waits."""
        presenter = self.pane.presenter
        presenter._world = type(presenter._world)(
            presenter._world.source,
            self.controller._decisions,
            presenter._world.start,
            presenter._world.after,
            waits,
            presenter._world.flooded,
            presenter._world.asks_pin,
        )
        self.controller._decisions._second_look = 0.0

    # --- What is there before the window is ------------------------------------------------------

    async def has(self, *accounts: Account) -> None:
        """Have these accounts, here and at the service."""
        for number, account in enumerate(accounts or ALL, 1):
            key = ec.derive_private_key(4711 + number, ec.SECP256R1())
            self.keys.memory._keys[account.key_id] = key
            await self.process.accounts.add(account)
            self.service.factors[account.sid] = {
                "sid": account.sid,
                "account_sid": account.account_sid,
                "service_sid": account.service_sid,
                "entity_sid": account.entity_sid,
                "identity": account.identity,
                "friendly_name": account.friendly_name,
                "status": account.status.value,
                "factor_type": "push",
                "config": {"credential_sid": account.credential_sid},
                "date_created": "2026-01-21T10:00:00Z",
            }

    async def answered(self, decisions: Sequence[Decision]) -> None:
        """Have these answers in history."""
        for decision in decisions:
            await self.process.log.begin(decision.finished(decision.decided_at))
            await self.process.log.finish(decision)

    def asks(self, account: Account, asked: Asked) -> str:
        """Let the service ask; the request's sid."""
        left = asked.life - asked.age
        return self.service.add_challenge(
            account.sid, age=asked.age, ttl=left, details=asked.details
        )

    def three_ask(self, first: Asked = SIGN_IN) -> str:
        """Let three requests wait; the sid of the first one in the list."""
        self.asks(ALL[1], PAYROLL)
        self.asks(NORTHWIND, TRANSFER)
        return self.asks(NORTHWIND, first)

    async def hold(self, method: str, part: str, begin: Callable[[], object]) -> None:
        """Begin something, and hold it up at a call until the scene is over."""
        gate = Gate(taken=False)
        self._gates.append(gate)
        self.service.on(method, part, gate, times=99)
        begin()
        async with asyncio.timeout(PATIENCE):
            await gate.reached.wait()

    # --- What a user does ------------------------------------------------------------------------

    async def start(self) -> None:
        """Show the window, polled once."""
        self.controller.start()
        await self.until(lambda: self.polled > 0)

    async def start_empty(self) -> None:
        """Show the window of a new profile."""
        first = self.controller.first_start
        checked: list[bool] = []
        first.checked.connect(checked.append)
        self.controller.start()
        await self.until(lambda: checked)

    async def reading(self, first: Asked = SIGN_IN) -> str:
        """Read the first of three requests."""
        await self.has()
        sid = self.three_ask(first)
        await self.start()
        await self.read(sid)
        return sid

    async def read(self, sid: str) -> None:
        """Read a request to the end."""
        ready: list[str] = []
        self.window.requestReady.connect(ready.append)
        self.choose(sid)
        await self.until(lambda: sid in ready)

    def choose(self, sid: str) -> None:
        """Choose a request in the list."""
        self.controller.workspace.inbox.inbox.requestChosen.emit(sid)

    async def poll(self) -> None:
        """Ask the services now."""
        before = self.polled
        self.controller.poller.check_now()
        await self.until(lambda: self.polled > before)

    def click(self, name: str, within: QWidget | None = None) -> None:
        """Press a visible button by its name."""
        self.find(QAbstractButton, name, within).click()

    def find(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """Return the one visible widget of a kind and name."""
        top = within or self.window
        found = [each for each in top.findChildren(kind, name) if each.isVisible()]
        assert len(found) == 1, (kind, name, found)
        return found[0]

    async def dialog(self, kind: type[W]) -> W:
        """Wait for a dialog, which is what the screenshot shows then."""
        await self.until(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        made = [one for one in self.window.findChildren(kind) if one.isVisible()][-1]
        assert isinstance(made, QDialog)
        self.shot = made
        return made

    async def until(self, done: Callable[[], object]) -> None:
        """Wait for a condition."""
        async with asyncio.timeout(PATIENCE):
            while not done():  # noqa: ASYNC110 - Qt's signals set no event
                await asyncio.sleep(0.001)  # feasibility.md: what works on Qt's loop

    async def settle(self) -> None:
        """Let what is due happen: layouts, and tasks that have nothing to wait for."""
        for _ in range(5):
            await asyncio.sleep(0)
            QCoreApplication.sendPostedEvents()

    async def close(self) -> None:
        """End all of it."""
        for gate in self._gates:
            gate.opened.set()  # an answer on its way is waited for
        for dialog in self.window.findChildren(QDialog):
            dialog.deleteLater()
        await self.controller.stop()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)  # what ends later leaves a timer
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _count_poll(self) -> None:
        self.polled += 1


def unfinished(account: Account) -> Account:
    """Return an account whose last step is missing."""
    return replace(account, status=FactorStatus.UNVERIFIED)


@asynccontextmanager
async def stage(theme: Theme, view: View) -> AsyncIterator[Stage]:
    """Set a stage for one scene."""
    async with AsyncExitStack() as stack:
        clock = stack.enter_context(frozen())
        process = await Process.start(view.folder, FakeService(), Keys())
        stack.push_async_callback(process.die)
        # What is said of a password store depends on whose desktop this is.
        stack.enter_context(patch.dict(os.environ, XDG_CURRENT_DESKTOP="GNOME"))
        QGuiApplication.setLayoutDirection(view.direction)
        stack.callback(QGuiApplication.setLayoutDirection, Qt.LayoutDirection.LeftToRight)
        made = Stage(theme, clock, process, view.size)
        stack.push_async_callback(made.close)
        yield made
