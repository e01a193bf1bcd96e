"""Has a poller follow the user, the computer's sleep, its network and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.presence.network import NetworkWatcher
from countersign.desktop.presence.watcher import PresenceWatcher

if TYPE_CHECKING:
    from countersign.desktop.preferences import Preferences
    from countersign.desktop.tasks import Tasks
    from countersign.device.polling import Poller


class Following(QObject):
    """One for the window's whole life; `start` it after the first paint, `stop` it in the end.

    `presence` and `network` tell others of the same: a badge, a notification, a lock.
    """

    def __init__(self, poller: Poller, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._poller = poller
        self._preferences = preferences
        self.presence = PresenceWatcher(self)
        self.network = NetworkWatcher(self)
        self.presence.changed.connect(poller.set_presence)
        self.presence.woke.connect(poller.woke)
        self.network.changed.connect(lambda connected: poller.set_connected(connected=connected))
        preferences.changed.connect(self._take_intervals)
        self._take_intervals()

    def start(self, tasks: Tasks) -> None:
        """Begin to follow; `tasks` runs what listens."""
        self.network.start()
        self.presence.start(tasks)

    def stop(self) -> None:
        """Follow no longer; whoever owns the tasks waits for their end."""
        self.presence.stop()

    def _take_intervals(self) -> None:
        settings = self._preferences.now
        self._poller.set_intervals(settings.check_active, settings.check_background)
