"""The list of what waits with its search above it and, below it, what it doesn't show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from countersign.desktop.lists.inbox import InboxList
from countersign.desktop.lists.inbox_filter import InboxFoot, InboxSearch
from countersign.desktop.theme import Space
from countersign.device.paging import Extent

if TYPE_CHECKING:
    from countersign.desktop.theme import Theme

SEARCH_FROM: Final = 10
"""Requests from which on the search field is there by itself."""
_SEARCH_UNTIL: Final = 5
"""Under this number it goes again, if it isn't used: between the two it stays as it is."""


class InboxView(QWidget):
    """`list` is `inboxList`; `moreWanted` when further pages are to be fetched."""

    moreWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extent = Extent()
        self.search = InboxSearch(self)
        self._above = QWidget(self)
        self.list = InboxList(theme, self)
        self.foot = InboxFoot(self)
        self.nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.list.filled.connect(self._follow)
        self.list.moreWanted.connect(self.moreWanted)
        self.foot.moreWanted.connect(self.moreWanted)
        self.search.textChanged.connect(self.list.set_search)
        self.search.left.connect(self._leave_search)

    def set_extent(self, extent: Extent) -> None:
        """Say how much of what waits the list knows."""
        self._extent = extent
        self._tell()

    def start_search(self) -> None:
        """Show the search field, whatever the number of requests, and go there."""
        self._show_search(shown=True)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _follow(self) -> None:
        known = self.list.requests.known
        if known >= SEARCH_FROM:
            self._show_search(shown=True)
        elif known < _SEARCH_UNTIL and not self._searching():
            self._show_search(shown=False)
        found = self.list.requests.rowCount()
        self._stack.setCurrentWidget(self.list if found or not self._words() else self.nothing)
        self._tell()

    def _tell(self) -> None:
        model = self.list.requests
        self.foot.tell(self._extent, model.known, model.rowCount() if self._words() else None)
        waits = self._extent.more and not self._extent.loading and self._extent.error is None
        # With a search the rows end soon: then only the button fetches more.
        self.list.set_more(more=waits and not self._words())

    def _show_search(self, *, shown: bool) -> None:
        """Show it or not, without moving a row that is under the pointer."""
        if shown == self._above.isVisibleTo(self):
            return
        if not shown and self.list.viewport().underMouse():
            return
        before = self._stack.y()
        self._above.setVisible(shown)
        self._column.activate()
        self.list.move_on(self._stack.y() - before)

    def _searching(self) -> bool:
        return bool(self._words()) or self.search.hasFocus()

    def _words(self) -> str:
        return self.search.text().strip()

    def _leave_search(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def _clear(self) -> None:
        self.search.clear()
        self.search.setFocus()

    def _lay_out(self) -> None:
        above = QVBoxLayout(self._above)
        above.setContentsMargins(Space.M, 0, Space.M, Space.S)
        above.addWidget(self.search)
        self._above.hide()
        quiet = QLabel(self.tr("Nothing found."), self)
        quiet.setProperty("look", "quiet")
        clear = QPushButton(self.tr("Clear search"), self)
        clear.setObjectName("clearSearchButton")
        clear.setProperty("look", "link")
        clear.clicked.connect(self._clear)
        middle = QVBoxLayout(self.nothing)
        middle.addStretch()
        middle.addWidget(quiet, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addWidget(clear, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch()
        for page in (self.list, self.nothing):
            self._stack.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._above)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.foot)
