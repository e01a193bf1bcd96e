"""How the network is reached: proxy, certificates, and whether it works like that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign.desktop.settings.certificates import Certificates
from countersign.desktop.settings.checking import Checking
from countersign.desktop.settings.proxy import ProxyRows
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from countersign.desktop.settings.surroundings import Surroundings
    from countersign.device.settings import Settings


class NetworkRows(QWidget):
    """`chosen` brings the settings to change, by name; each value was checked."""

    chosen = Signal(dict)
    resized = Signal()

    def __init__(
        self, parent: QWidget, surroundings: Surroundings, managed: frozenset[str]
    ) -> None:
        super().__init__(parent)
        self.proxy = ProxyRows(self, managed=bool({"proxy", "proxy_url"} & managed))
        self.certificates = Certificates(self, managed="ca_file" in managed)
        self.proxy.chosen.connect(self.chosen)
        self.certificates.chosen.connect(lambda path: self.chosen.emit({"ca_file": path}))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.M)
        for rows in (self.proxy, self.certificates):
            rows.resized.connect(self.resized)
            self.column.addWidget(rows)
        self.test: Checking | None = None
        if surroundings.services is not None:
            text = self.tr("Test connection")
            names = ("testConnectionButton", "testConnectionResult")
            self.test = Checking(self, names, text, surroundings.services)
            self.test.resized.connect(self.resized)
            self.column.addWidget(self.test)

    def show_values(self, settings: Settings) -> None:
        """Show what holds."""
        self.proxy.show_value(settings.proxy, settings.proxy_url)
        self.certificates.show_value(settings.ca_file)
