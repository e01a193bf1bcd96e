"""The three panes, side by side or, under 640 px, one over the other with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.account.unfinished import UnfinishedPane
from countersign.desktop.main_window.banner import Banner
from countersign.desktop.main_window.inbox_pane import InboxPane
from countersign.desktop.main_window.sidebar import WIDTH as SIDEBAR_WIDTH
from countersign.desktop.main_window.sidebar import Sidebar
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from countersign.desktop.request.pane import RequestPane
    from countersign.desktop.theme import Theme
    from countersign.device.device import Device
    from countersign.device.records import Account

NARROW = 640
MIDDLE_WIDTH = 388
_NO_SIDEBAR = 900


class Workspace(QWidget):
    """Holds the panes; wide it shows all three, narrow the list or the request."""

    def __init__(
        self, theme: Theme, request: RequestPane, device: Device, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.banner = Banner(self)
        self.sidebar = Sidebar(theme, self)
        self.inbox = InboxPane(theme, self)
        self.request = request
        self.unfinished = UnfinishedPane(device, self)
        self.back = QPushButton(self.tr("Back"), self)
        self.back.setObjectName("backButton")
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self.show_list)
        self._reading = False
        self._lay_out()
        theme.changed.connect(self._draw)
        self._draw()

    def show_request(self) -> None:
        """Bring the request to the front where only one pane fits."""
        self._what.setCurrentWidget(self.request)
        self._reading = True
        self._arrange()

    def show_unfinished(self, account: Account | None) -> None:
        """Show an account that isn't finished in the request's place, or the request again."""
        if account is None:
            self._what.setCurrentWidget(self.request)
            return
        self.unfinished.show_account(account)
        self._what.setCurrentWidget(self.unfinished)
        self._reading = True
        self._arrange()

    def show_list(self) -> None:
        """Go back to the list."""
        self._reading = False
        self._arrange()
        self.inbox.inbox.setFocus()

    @property
    def narrow(self) -> bool:
        """True where the panes are stacked."""
        return self.width() < NARROW

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window's width."""
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def _lay_out(self) -> None:
        self._right = QFrame(self)
        self._right.setProperty("look", "panel")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.S, Space.S, Space.S, 0)
        bar.addWidget(self.back)
        bar.addStretch()
        right.addLayout(bar)
        self._what = QStackedWidget(self._right)
        self._what.addWidget(self.request)
        self._what.addWidget(self.unfinished)
        right.addWidget(self._what, 1)
        panes = QHBoxLayout()
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(self.sidebar)
        panes.addWidget(self.inbox)
        panes.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(panes, 1)

    def _draw(self) -> None:
        self.back.setIcon(self._theme.icon("back", "accent"))

    def _arrange(self) -> None:
        narrow = self.narrow
        self.sidebar.setVisible(not narrow or not self._reading)
        self.sidebar.setFixedWidth(SIDEBAR_WIDTH if self.width() >= _NO_SIDEBAR else 176)
        self.inbox.setVisible(not narrow or not self._reading)
        self._right.setVisible(not narrow or self._reading)
        self.back.setVisible(narrow)
        if narrow:
            self.inbox.setMinimumWidth(0)
            self.inbox.setMaximumWidth(16_777_215)  # QWIDGETSIZE_MAX, which PySide6 doesn't export
        else:
            self.inbox.setFixedWidth(min(MIDDLE_WIDTH, max(260, self.width() // 3)))
