"""The right pane of History: an answer as it was given, and what became of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.history.outcome import Outcome
from countersign.desktop.history.words import copied, told
from countersign.desktop.language.support import support as whom_to_ask
from countersign.desktop.overflow import Overflow
from countersign.desktop.request.announcer import announce
from countersign.desktop.request.content import Content
from countersign.desktop.request.header import Header
from countersign.desktop.request.mark_words import advice_text, mark_text, telling_text
from countersign.desktop.request.page import COLUMN
from countersign.desktop.request.scroller import Scroller
from countersign.desktop.request.view import Phase, RequestView
from countersign.desktop.theme import Space
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from countersign.desktop.history.words import Told
    from countersign.desktop.theme import Theme
    from countersign.device.records import Account, Decision
    from countersign.device.suspicion import Mark


class HistoryDetail(QWidget):
    """`historyDetail`. `support` is whom to tell of an alarm; `now` gives POSIX seconds.

    `suspiciousRequested` brings the id of a denial that is to be marked, once until `show_mark`.
    """

    suspiciousRequested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        support: str = "",
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("historyDetail")
        self.setAccessibleName(self.tr("Answer"))
        self._support = support or whom_to_ask()
        self._now = now
        self._told: Told | None = None
        self._marks: dict[str, Mark | CountersignError | None] = {}  # None: on its way
        self._empty = QLabel(self.tr("Choose an answer to read it."), self)
        self._page = QWidget(self)
        self._header = Header(theme, self._page)
        self._text = _Past()
        self._scroller = Scroller(self._text)
        self._outcome = Outcome(theme, self._page)
        self._outcome.copyRequested.connect(self._copy)
        self._outcome.suspiciousRequested.connect(self._mark)
        self._lay_out()

    @property
    def shown(self) -> str:
        """The id of the decision that is shown; "" for none."""
        return self._told.id if self._told else ""

    def show_decision(self, decision: Decision, account: Account | None) -> None:
        """Show an answer; `account` is None where it is gone. What is selected in it stays.

        Call it again with the same one when history has learnt more of it.
        """
        another = decision.id != self.shown
        what = self._told = told(decision, account, self._now(), self._support)
        view = _as_request(what)
        self._pages.setCurrentWidget(self._place)
        self._header.render_view(view)
        self._text.show_past(view)
        self._outcome.show_told(what)
        self._show_mark(what)
        if another:
            self._scroller.verticalScrollBar().setValue(0)

    def show_mark(self, decision_id: str, mark: Mark | CountersignError) -> None:
        """Tell what became of a mark that was asked for; an error where it wasn't kept."""
        self._marks[decision_id] = mark
        if self._told is not None and self._told.id == decision_id:
            self._show_mark(self._told)
            announce(self, self._mark_text(self._told), urgent=True)

    def show_empty(self) -> None:
        """Show none."""
        self._told = None
        self._pages.setCurrentWidget(self._empty)

    def _mark(self) -> None:
        if self._told is not None and self._can_mark(self._told):
            self._marks[self._told.id] = None
            self._show_mark(self._told)
            self.suspiciousRequested.emit(self._told.id)

    def _can_mark(self, what: Told) -> bool:
        """Tell whether it wasn't said yet, or couldn't be kept."""
        asked = what.id in self._marks
        return what.can_mark and (not asked or isinstance(self._marks[what.id], CountersignError))

    def _show_mark(self, what: Told) -> None:
        self._outcome.show_mark(self._mark_text(what), can_mark=self._can_mark(what))

    def _mark_text(self, what: Told) -> str:
        if what.id not in self._marks:
            return ""
        mark = self._marks[what.id]
        if isinstance(mark, CountersignError):
            return mark_text(mark, what.label)
        told = mark_text(mark, what.label) if mark else telling_text(what.label)
        return f"{advice_text(self._support)}\n{told}".strip()

    def _copy(self) -> None:
        if self._told is not None:
            QGuiApplication.clipboard().setText(copied(self._told))

    def _lay_out(self) -> None:
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("look", "quiet")
        column = QWidget(self._page)
        column.setMaximumWidth(COLUMN)
        parts = QVBoxLayout(column)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(Space.L)
        parts.addWidget(self._header)
        parts.addWidget(self._scroller, 1)
        parts.addWidget(self._outcome)
        parts.addStretch()
        row = QHBoxLayout(self._page)
        row.setContentsMargins(Space.XXL, Space.XL, Space.XXL, Space.XL)
        row.setSpacing(0)
        row.addWidget(column, 1)
        row.addStretch()
        self._place = Overflow(self._page, self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._place)


class _Past(Content):
    """What was read before answering. When it was asked and until when, history doesn't keep."""

    def show_past(self, view: RequestView) -> None:
        """Show the text; what isn't there is said, without advice for an answer."""
        self.render_view(view)
        self.fields.setVisible(bool(view.rows))
        text = self.tr("{account} gave no details.").format(account=view.label)
        self.facts.setText(text)
        self.facts.setVisible(not view.rows)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew: what was filled while it was hidden has the heights of before its style."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.update()


def _as_request(what: Told) -> RequestView:
    """Return what the request pane's parts show: one that is done, without its times."""
    return RequestView(
        sid=what.sid,
        factor_sid="",
        label=what.label,
        host=what.host,
        phase=Phase.DONE,
        message=what.message,
        rows=what.rows,
        asked=0,
        expires=0,
        now=0,
    )
