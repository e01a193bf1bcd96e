"""The tray's menu: `trayMenu`. Its entries stay the same ones, since some panels keep copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from countersign.desktop.lists.accounts_model import badge_text
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from countersign.device.inbox import Request

SHOWN: Final = 5
_NAME: Final = 24
_MESSAGE: Final = 40
"""Characters: a menu as wide as the screen would be no help."""


class TrayMenu(QMenu):
    """What can be done without the window. `requestChosen` brings a sid.

    An entry whose signal leads nowhere is never shown: `offer_settings` brings up that one.
    """

    requestChosen = Signal(str)
    expectRequested = Signal()
    checkRequested = Signal()
    noticesRequested = Signal()
    stopSilentRequested = Signal()
    openRequested = Signal()
    settingsRequested = Signal()
    lockRequested = Signal()
    quitRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trayMenu")
        self._sids: list[str] = []
        self._locked = False
        self._wanted: dict[QAction, bool] = {}
        self._waiting = self._entry("waitingAction", lambda: None)
        self._waiting.setEnabled(False)
        self._requests = [
            self._entry(f"trayRequest{number + 1}Action", self._chooser(number))
            for number in range(SHOWN)
        ]
        self.addSeparator()
        self._expect = self._entry("expectAction", self.expectRequested.emit)
        self._expect.setText(self.tr("I'm signing in (check fast for 1 min)"))
        self._check = self._entry("checkNowAction", self.checkRequested.emit)
        self._notices = self._entry("noticesOnAction", self.noticesRequested.emit)
        self._notices.setText(self.tr("Turn notices on"))
        self._stop_silent = self._entry("stopSilentAction", self.stopSilentRequested.emit)
        self.addSeparator()
        self._entry("openAction", self.openRequested.emit).setText(self.tr("Open Countersign"))
        self._settings = self._entry("settingsAction", self.settingsRequested.emit)
        self._settings.setText(self.tr("Settings…"))
        self._lock = self._entry("lockAction", self.lockRequested.emit)
        self._lock.setText(self.tr("Lock"))
        self._entry("quitAction", self.quitRequested.emit).setText(self.tr("Quit…"))
        self.set_requests([], 0)
        self.set_checked("")
        self.offer_notices(offered=False)
        self.offer_stop_silent([])
        self.offer_settings(offered=False)
        self.offer_lock(offered=False)

    def set_requests(self, requests: Sequence[Request], number: int) -> None:
        """Offer what waits, newest first; `number` is how many all places show."""
        self._sids = [one.challenge.sid for one in requests[:SHOWN]]
        self._set(self._waiting, self._count(number), shown=True)
        for place, action in enumerate(self._requests):
            there = place < len(self._sids)
            self._set(action, _line(requests[place]) if there else "", shown=there)

    def set_checked(self, words: str) -> None:
        """Say when the services were asked last."""
        check = self.tr("Check now")
        self._set(self._check, f"{check} · {_plain(words)}" if words else check, shown=True)

    def offer_notices(self, *, offered: bool) -> None:
        """Offer to turn notices on again, where some are off for a while."""
        self._set(self._notices, self._notices.text(), shown=offered)

    def offer_stop_silent(self, what: Sequence[str]) -> None:
        """Offer to end silent approval, and say what is on; nothing where none is."""
        parts = (self.tr("Stop silent approval"), *map(_plain, what))
        self._set(self._stop_silent, " · ".join(parts), shown=bool(what))

    def offer_settings(self, *, offered: bool = True) -> None:
        """Offer the settings."""
        self._set(self._settings, self._settings.text(), shown=offered)

    def offer_lock(self, *, offered: bool) -> None:
        """Offer to lock, where there is a PIN."""
        self._set(self._lock, self._lock.text(), shown=offered)

    def set_locked(self, *, locked: bool) -> None:
        """Offer nothing but to open the window and to quit, and say why."""
        self._locked = locked
        for action, shown in list(self._wanted.items()):
            self._set(action, action.text(), shown=shown)
        self._set(self._waiting, self._count(len(self._sids)), shown=True)
        self._set(self._expect, self._expect.text(), shown=True)

    def _set(self, action: QAction, text: str, *, shown: bool) -> None:
        """Change what differs alone: each change travels to the panel."""
        self._wanted[action] = shown
        shown = shown and (not self._locked or action is self._waiting)
        if action.text() != text:
            action.setText(text)
        if action.isVisible() is not shown:
            action.setVisible(shown)

    def _count(self, number: int) -> str:
        if self._locked:
            return self.tr("Locked: requests can't be seen")
        if not number:
            return self.tr("No requests")
        if number == 1:
            return self.tr("1 request waiting")
        if not badge_text(number).isdecimal():
            return self.tr("99+ requests waiting")
        return self.tr("%n requests waiting", "", number)

    def _entry(self, name: str, slot: Callable[[], None]) -> QAction:
        action = self.addAction("")
        action.setObjectName(name)
        action.triggered.connect(lambda _: slot())
        return action

    def _chooser(self, number: int) -> Callable[[], None]:
        def choose() -> None:
            if number < len(self._sids):
                self.requestChosen.emit(self._sids[number])

        return choose


def _line(request: Request) -> str:
    account = visible(request.account.label, _NAME)
    return _plain(f"{account}: {visible(request.challenge.message, _MESSAGE)}")


def _plain(text: str) -> str:
    """Return a text of which no letter becomes a shortcut."""
    return text.replace("&", "&&")
