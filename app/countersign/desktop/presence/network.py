"""Whether the system knows of a network, as far as it tells.

Its word is a hint: a VPN, a proxy or a company's own network can work where it says that there is
none. So it only makes polling rarer, and a new network is tried at once.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkWatcher(QObject):
    """`changed` brings whether there is a network; a system that doesn't tell has one.

    `start` it after the first paint: Qt loads a plugin for it, which takes some milliseconds.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connected = True

    @property
    def connected(self) -> bool:
        """Whether there is a network."""
        return self._connected

    def start(self) -> None:
        """Begin to follow; tells at once where there is none."""
        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return
        known = QNetworkInformation.instance()
        known.reachabilityChanged.connect(self._take)
        self._take(known.reachability())

    def _take(self, reachability: QNetworkInformation.Reachability) -> None:
        connected = reachability is not QNetworkInformation.Reachability.Disconnected
        if connected is not self._connected:
            self._connected = connected
            self.changed.emit(connected)
