"""The three panes: accounts, list and request, as many side by side as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.account.unfinished import UnfinishedPane
from countersign.desktop.main_window.banner import Banner
from countersign.desktop.main_window.inbox_pane import InboxPane
from countersign.desktop.main_window.removed import RemovedPane
from countersign.desktop.main_window.sidebar import WIDTH as SIDEBAR_WIDTH
from countersign.desktop.main_window.sidebar import Sidebar
from countersign.desktop.theme import Space, zoom

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from countersign.desktop.request.pane import RequestPane
    from countersign.desktop.theme import Theme
    from countersign.device.device import Device
    from countersign.device.records import Account

NARROW = 640
"""Under this, one pane at a time; from here on the list and the request."""
WIDE = 900
"""From here on the accounts stand beside the list; under it they take the list's place."""
MIDDLE_WIDTH = 388
_SMALLEST_LIST = 280
_SMALLEST_REQUEST = 360
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 doesn't export


class _Place(QFrame):
    """As high as the window leaves it: what doesn't fit scrolls, and squeezes nothing else."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False


class Workspace(QWidget):
    """Holds the panes: three side by side, two, or one at a time, as the width allows."""

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
        self.removed = RemovedPane(self)
        self.back = QPushButton(self.tr("Back"), self)
        self.back.setObjectName("backButton")
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self.show_list)
        self._reading = False
        self._choosing = False
        self._past: QWidget = request
        self._pending: QWidget = request
        self._lay_out()
        self.inbox.historyShown.connect(lambda: self._what.setCurrentWidget(self._past))
        self.inbox.pendingShown.connect(lambda: self._what.setCurrentWidget(self._pending))
        self.inbox.accountsWanted.connect(self._choose_account)
        self.sidebar.chosen.connect(self._account_chosen)
        theme.changed.connect(self._draw)
        self._draw()

    def show_request(self) -> None:
        """Bring the request to the front where only one pane fits."""
        self._pending = self.request
        self._what.setCurrentWidget(self.request)
        self._reading = True
        self._arrange()
        if self.narrow:  # the list has gone, and must not hand the focus on to just anything
            self.request.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_account(self, pane: UnfinishedPane | RemovedPane, account: Account) -> None:
        """Show why an account has no requests, in the request's place."""
        pane.show_account(account)
        self._pending = pane
        self.inbox.show_pending_tab()
        self._what.setCurrentWidget(pane)
        self._reading = True
        self._arrange()

    def leave_account(self) -> None:
        """Show the request again where `show_account` has shown something else."""
        if self._pending is self.request:
            return
        self._pending = self.request
        if not self.inbox.in_history:
            self._what.setCurrentWidget(self.request)
            self._reading = False  # there is nothing to read yet
        self._arrange()

    def add_strip(self, strip: QWidget) -> None:
        """Take what stands over everything else, where there is something to say."""
        self._column.insertWidget(0, strip)

    def add_past(self, pane: QWidget) -> None:
        """Take the pane that stands beside History."""
        self._past = pane
        self._what.addWidget(pane)

    def show_past(self) -> None:
        """Bring an answer of the past to the front where only one pane fits."""
        self._what.setCurrentWidget(self._past)
        self._reading = True
        self._arrange()

    def search(self) -> None:
        """Go to the search field of what is shown: the requests that wait, or History."""
        if self.inbox.in_history:
            self.search_history()
            return
        self.show_list()
        if self.inbox.inbox_view.isVisible():  # not where no request waits
            self.inbox.inbox_view.start_search()

    def search_history(self) -> None:
        """Go to History's search field."""
        self.show_list()
        self.inbox.show_history_tab()
        self.inbox.history.search.setFocus()
        self.inbox.history.search.selectAll()

    def show_list(self) -> None:
        """Go back to the list."""
        self._reading = self._choosing = False
        self._arrange()
        history = self.inbox.in_history
        (self.inbox.history.list if history else self.inbox.inbox).setFocus()

    @property
    def narrow(self) -> bool:
        """True where the panes are stacked."""
        return self.width() < NARROW * zoom()

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
        self._right = _Place(self)
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
        self._what.addWidget(self.removed)
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
        self._column = column

    def _draw(self) -> None:
        self.back.setIcon(self._theme.icon("back", "accent"))
        self.inbox.accounts.setIcon(self._theme.icon("requests", "accent"))

    def _arrange(self) -> None:
        large = zoom()
        narrow, wide = self.narrow, self.width() >= WIDE * large
        sidebar = round(SIDEBAR_WIDTH * large)
        listed = not narrow or not self._reading
        choosing = self._choosing and not wide
        self.sidebar.setVisible(wide or (listed and choosing))
        self.inbox.setVisible(listed and not choosing)
        self.inbox.show_accounts_button(shown=not wide)
        self._right.setVisible(not narrow or self._reading)
        self.back.setVisible(narrow)
        # Never more than what the request leaves: panes that don't fit lie over each other.
        least = max(round(_SMALLEST_REQUEST * large), self._right.minimumSizeHint().width())
        left = self.width() - least - (sidebar if wide else 0)
        some = min(left, self.width() * 2 // 5)
        middle = min(round(MIDDLE_WIDTH * large), max(round(_SMALLEST_LIST * large), some))
        for pane, width in (
            (self.inbox, middle),
            (self.sidebar, sidebar if wide else middle),
        ):
            pane.setMinimumWidth(0 if narrow else width)
            pane.setMaximumWidth(_NO_LIMIT if narrow else width)

    def _choose_account(self) -> None:
        self._choosing = True
        self._arrange()
        self.sidebar.all_requests.setFocus()

    def _account_chosen(self) -> None:
        if self._choosing:
            self._choosing = False
            self._arrange()
            self.inbox.inbox.setFocus()
