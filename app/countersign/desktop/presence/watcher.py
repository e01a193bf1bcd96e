"""Follows where the user is: the app's focus everywhere, the screen's lock and sleep on Linux.

On Windows and macOS nothing here tells of a locked screen: the app counts as in the background
there, and sleep is seen by the poller's own clocks once it is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from countersign.desktop.presence.listening import listen
from countersign.desktop.presence.services import SAVERS, Logind, ScreenSaver
from countersign.desktop.presence.signs import Signs

if TYPE_CHECKING:
    import asyncio

    from countersign.desktop.tasks import Tasks
    from countersign.device.schedule import Presence

SYSTEM_BUS: Final = "SYSTEM"
SESSION_BUS: Final = "SESSION"


class PresenceWatcher(QObject):
    """`changed` brings a Presence, at `start` and whenever it is another one.

    `woke` comes when the computer is awake again, after `changed`. `start` it after the first
    paint: it imports jeepney.
    """

    changed = Signal(object)
    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signs = Signs()
        self._told: Presence | None = None
        self._slept = False
        self._listening: list[asyncio.Task[object]] = []

    @property
    def presence(self) -> Presence:
        """Where the user is."""
        return self._signs.presence

    def start(self, tasks: Tasks) -> None:
        """Begin to follow; `tasks` runs what listens, and tells what it raises."""
        app = QGuiApplication.instance()
        app.applicationStateChanged.connect(self._activated)  # type: ignore[union-attr]  # there is one
        self._activated(QGuiApplication.applicationState())
        savers = [ScreenSaver(name, path, self._signs) for name, path in SAVERS]
        logind = Logind(self._signs, self._has_woken)
        self._listening = [
            tasks.start(listen(SESSION_BUS, savers, self._tell), "screen savers"),
            tasks.start(listen(SYSTEM_BUS, [logind], self._tell), "sleep and lock"),
        ]

    def stop(self) -> None:
        """Follow no longer; whoever owns the tasks waits for their end."""
        if self._listening:
            QGuiApplication.instance().applicationStateChanged.disconnect(self._activated)  # type: ignore[union-attr]  # there is one
        for task in self._listening:
            task.cancel()
        self._listening.clear()

    def _activated(self, state: Qt.ApplicationState) -> None:
        self._signs.set_active(active=state is Qt.ApplicationState.ApplicationActive)
        self._tell()

    def _has_woken(self) -> None:
        self._slept = True

    def _tell(self) -> None:
        presence = self._signs.presence
        if presence is not self._told:
            self._told = presence
            self.changed.emit(presence)
        if self._slept:
            self._slept = False
            self.woke.emit()
