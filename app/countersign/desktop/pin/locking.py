"""Locks the window and opens it again: what is seen goes at once, and then the keys."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMenu

from countersign.desktop.pin.dialog import ForgotPinDialog
from countersign.desktop.pin.page import LockPage
from countersign.desktop.pin.words import sentence
from countersign.desktop.tasks import Tasks
from countersign.device.pin import PinError
from countersign.device.schedule import Presence
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.device.device import Device

_ON_ITS_WAY: Final = 10.0
"""Seconds that answers on their way have to be confirmed, which takes the keys."""


class Locking(QObject):
    """One for the window's whole life. `changed` brings whether it is locked by now.

    From `lock` on nothing of any account is seen: `covered` comes at once, for what is outside of
    the window. The keys go once what was sent is confirmed. `woken` comes where the user is back
    at a screen that was locked, and the window still is.
    """

    changed = Signal(bool)
    covered = Signal()
    woken = Signal()

    def __init__(self, controller: Controller, window: MainWindow, device: Device) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._device = device
        self._locked = False
        self._was_away = False
        self._then: Callable[[], object] | None = None
        self._turn = asyncio.Lock()  # locking takes a moment: a PIN that comes meanwhile waits
        self._tasks = Tasks(self)
        self._tasks.failed.connect(controller.tell)
        self.page = LockPage(window)
        window.add_page(self.page)
        self.page.unlockRequested.connect(self._try)
        self.page.forgotRequested.connect(self._ask_forgotten)
        self.changed.connect(window.lockedChanged)

    @property
    def locked(self) -> bool:
        """Whether nothing is to be seen."""
        return self._locked

    @property
    def can_lock(self) -> bool:
        """Whether there is a PIN, and what it locks is open."""
        return self._device.pin.is_set and not self._locked

    def begin(self) -> None:
        """Take up what the app starts with."""
        if self._device.pin.locked:
            self._cover()
            self._tasks.start(self._count_down(), "pause before the next PIN")
            self.changed.emit(True)  # noqa: FBT003 - a signal takes no names

    def lock(self) -> None:
        """Lock; nothing happens where there is no PIN."""
        if self.can_lock:
            self._cover()
            self._tasks.start(self._lock(), "lock")

    def then(self, act: Callable[[], object]) -> None:
        """Do something, or once it is unlocked: the latest of what was asked for counts."""
        if self._locked:
            self._then = act
            self._window.to_front()
        else:
            act()

    def unless(self, act: Callable[[], object]) -> Callable[[], object]:
        """Return what does something where it isn't locked, and nothing where it is."""
        return lambda: None if self._locked else act()

    def set_presence(self, presence: Presence) -> None:
        """Follow the screen: its lock, another user's session, sleep."""
        away = presence is Presence.AWAY
        if away and self._controller.preferences.now.lock_with_screen:
            self.lock()
        elif self._was_away and not away and self._locked:
            self.woken.emit()
        self._was_away = away

    async def settled(self) -> None:
        """End in order: what has begun is done."""
        await self._tasks.done()

    def _cover(self) -> None:
        self._locked = True
        self._then = None
        self.page.forget()
        self._window.show_page(self.page)
        for dialog in self._window.findChildren(QDialog):
            dialog.close()
        for menu in self._window.findChildren(QMenu):
            menu.close()
        self._controller.reading.close()
        self.covered.emit()

    async def _lock(self) -> None:
        """Let what is on its way come to its end, then let go of the keys, whatever came of it."""
        async with self._turn:
            self._controller.silent.stop_all()
            try:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_ON_ITS_WAY):
                        await self._controller.quiet()
            finally:
                self._device.lock()
            await self._controller.refresh_accounts()
        self.changed.emit(True)  # noqa: FBT003 - a signal takes no names

    def _try(self, pin: str) -> None:
        self.page.set_busy(busy=True)
        self._tasks.start(self._unlock(pin), "unlock")

    async def _unlock(self, pin: str) -> None:
        try:
            async with self._turn:
                await self._device.pin.unlock(pin)
        except CountersignError as error:
            self.page.say(sentence(error))
            if isinstance(error, PinError):
                self.page.wait(error.wait)
        else:
            await self._open()
        finally:
            self.page.set_busy(busy=False)

    async def _open(self) -> None:
        self._locked = False
        self.page.forget()
        await self._controller.refresh_accounts()
        self.changed.emit(False)  # noqa: FBT003 - a signal takes no names
        then, self._then = self._then, None
        if then is not None:
            then()

    async def _count_down(self) -> None:
        self.page.wait(await self._device.pin.wait())

    def _ask_forgotten(self) -> None:
        dialog = ForgotPinDialog(self._window)
        dialog.accepted.connect(lambda: self._tasks.start(self._forget(), "forgotten PIN"))
        dialog.open()

    async def _forget(self) -> None:
        self.page.set_busy(busy=True)
        try:
            async with self._turn:
                await self._device.pin.forget()
        except CountersignError as error:
            self.page.say(sentence(error))
        else:
            await self._open()
        finally:
            self.page.set_busy(busy=False)
