"""A request from top to bottom: account, notice, text, and the buttons, in a narrow column."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from countersign.desktop.overflow import Overflow
from countersign.desktop.request.answer_bar import AnswerBar
from countersign.desktop.request.content import Content
from countersign.desktop.request.header import Header
from countersign.desktop.request.notice import Notice
from countersign.desktop.request.scroller import Scroller
from countersign.desktop.request.view import Phase
from countersign.desktop.request.words import notice_text
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView
    from countersign.desktop.theme import Theme

COLUMN: Final = 560


class RequestPage(QWidget):
    """Shows a view; its parts are public, for who connects them. `compact` spares room."""

    def __init__(self, theme: Theme, parent: QWidget, *, compact: bool) -> None:
        super().__init__(parent)
        inside = QWidget()
        column = QWidget(inside)
        column.setMaximumWidth(COLUMN)
        self.header = Header(theme, column)
        self.notice = Notice(column)
        self.content = Content()
        self._scroller = Scroller(self.content)
        self.bar = AnswerBar(column)
        parts = QVBoxLayout(column)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(Space.M if compact else Space.L)
        parts.addWidget(self.header)
        parts.addWidget(self.notice)
        parts.addWidget(self._scroller, 1)
        parts.addWidget(self.bar)
        parts.addStretch()
        side, top = (Space.L, Space.L) if compact else (Space.XXL, Space.XL)
        row = QHBoxLayout(inside)
        row.setContentsMargins(side, top, side, top)
        row.setSpacing(0)
        row.addWidget(column, 1)
        row.addStretch()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Overflow(inside, self))
        self._order_tabs()

    def render_view(self, view: RequestView, support: str) -> None:
        """Show it."""
        self.header.render_view(view)
        self.notice.show_text(notice_text(view), can_read=view.phase is Phase.CHANGED)
        self.content.render_view(view)
        self.bar.render_view(view, support)

    def _order_tabs(self) -> None:
        """Put the text first: then a window that is new never focuses an answer by itself."""
        stops = (
            self.notice.text,
            self.notice.button,
            *self.content.texts,
            self._scroller.more,
            *self.bar.tab_stops,
            self.header.next,
        )
        for one, following in itertools.pairwise(stops):
            QWidget.setTabOrder(one, following)
