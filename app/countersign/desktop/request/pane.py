"""The request pane: renders the presenter's view, and hands on what the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from countersign.desktop.request.answer_bar import AnswerBar
from countersign.desktop.request.content import Content
from countersign.desktop.request.header import Header
from countersign.desktop.request.ports import Waits, World
from countersign.desktop.request.presenter import RequestPresenter
from countersign.desktop.request.report import report
from countersign.desktop.request.scroller import Scroller
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.request.timers import QtTimers
from countersign.desktop.request.view import EventKind, Phase
from countersign.desktop.request.words import notice_text
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, font

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.desktop.request.ports import After, Answers, Source
    from countersign.desktop.request.view import Event, RequestView
    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request
    from countersign.push.values import Challenge

COLUMN: Final = 560


class RequestPane(QWidget):
    """`requestPanel`. Signals bring the request's sid, then the service's status or a code.

    `support` is whom to tell when something is wrong; `after` replaces the clock in tests.
    `tasks.failed` brings what nobody expected.
    """

    requestReady = Signal(str)
    decisionConfirmed = Signal(str, str)
    decisionFailed = Signal(str, int)
    decisionUnknown = Signal(str)
    requestChanged = Signal(str)
    requestExpired = Signal(str)
    nextRequested = Signal()
    removeAccountRequested = Signal(str)

    def __init__(  # noqa: PLR0913 - its ends to the world, each replaced by some test
        self,
        theme: Theme,
        device: Source,
        decisions: Answers,
        parent: QWidget | None = None,
        *,
        support: str = "",
        waits: Waits | None = None,
        after: After | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("requestPanel")
        # First in the tab order, so that a window that is new never focuses an answer by itself.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._support = support or self.tr("whoever gave you this account")
        self.tasks = Tasks(self)
        timers = QtTimers(self)
        world = World(device, decisions, self.tasks.start, after or timers.after, waits or Waits())
        self.presenter = RequestPresenter(world, self._render, self._tell)
        self._header = Header(theme, self)
        self._content = Content()
        self._scroller = Scroller(self._content)
        self._notice = _Notice(self)
        self._bar = AnswerBar(self)
        self._empty = QLabel(self)
        self._lay_out()
        self._connect()
        self._render(None)

    # --- For the window ----------------------------------------------------------------------

    def open(self, request: Request, *, chosen: bool) -> None:
        """Show a request; `chosen` tells whether the user picked this very one."""
        self.presenter.open(request, chosen=chosen)

    def show_empty(self, text: str) -> None:
        """Show no request, and why."""
        self._empty.setText(text)
        self.presenter.close()

    def seen_in_poll(self, challenges: Mapping[str, Challenge]) -> None:
        """Take in what a poll saw, by sid."""
        self.presenter.seen_in_poll(challenges)

    def set_next(self, count: int) -> None:
        """Say how many other requests wait."""
        self._header.set_next(count)

    async def settled(self) -> None:
        """Stop all that runs, and wait for it; for an orderly end."""
        self.presenter.stop()
        await self.tasks.settled()

    # --- Rendering ---------------------------------------------------------------------------

    def _render(self, view: RequestView | None) -> None:
        self._pages.setCurrentWidget(self._empty if view is None else self._request)
        if view is None:
            return
        self._keep_focus(view)
        self._header.render_view(view)
        self._notice.show_text(notice_text(view), can_read=view.phase is Phase.CHANGED)
        self._content.render_view(view)
        self._bar.render_view(view, self._support)

    def _keep_focus(self, view: RequestView) -> None:
        """Take the focus off a button that goes off: Qt would hand it on to any other one."""
        for button, stays in (
            (self._bar.approve, view.can_approve),
            (self._bar.deny, view.can_deny),
            (self._bar.suspicious, view.can_mark),
        ):
            if button.hasFocus() and not stays:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_rows(self) -> None:
        self._bar.show_more(self._scroller.below(), room=self._scroller.overflows)

    def _tell(self, event: Event) -> None:
        match event.kind:
            case EventKind.READY:
                self.requestReady.emit(event.sid)
            case EventKind.CONFIRMED:
                self.decisionConfirmed.emit(event.sid, event.status)
            case EventKind.FAILED:
                self.decisionFailed.emit(event.sid, event.code)
            case EventKind.UNKNOWN:
                self.decisionUnknown.emit(event.sid)
            case EventKind.CHANGED:
                self.requestChanged.emit(event.sid)
            case EventKind.EXPIRED:
                self.requestExpired.emit(event.sid)

    # --- Making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("look", "quiet")
        self._request = QWidget(self)
        column = QWidget(self._request)
        column.setMaximumWidth(COLUMN)
        parts = QVBoxLayout(column)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(Space.L)
        parts.addWidget(self._header)
        parts.addWidget(self._notice)
        parts.addWidget(self._scroller, 1)
        parts.addWidget(self._bar)
        parts.addStretch()
        row = QHBoxLayout(self._request)
        row.setContentsMargins(Space.XXL, Space.XL, Space.XXL, Space.XL)
        row.setSpacing(0)
        row.addWidget(column, 1)
        row.addStretch()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._request)

    def _connect(self) -> None:
        presenter, bar = self.presenter, self._bar
        bar.approve.clicked.connect(presenter.approve)
        bar.deny.clicked.connect(presenter.deny)
        bar.suspicious.clicked.connect(presenter.mark_suspicious)
        bar.result.check_now.clicked.connect(presenter.check_now)
        bar.result.try_again.clicked.connect(presenter.read_again)
        bar.result.copy.clicked.connect(self._copy_report)
        bar.result.remove.clicked.connect(self._remove_account)
        bar.moreRequested.connect(self._scroller.page_down)
        self._notice.button.clicked.connect(presenter.read_again)
        self._header.nextRequested.connect(self.nextRequested)
        self._scroller.moved.connect(self._count_rows)
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # the second is the number pad's
            self._shortcut(key).activated.connect(presenter.approve)
        self._shortcut("Ctrl+Backspace").activated.connect(presenter.deny)

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)  # a key held down must not answer the next request
        return shortcut

    def _copy_report(self) -> None:
        view = self.presenter.view
        if view is not None:
            QGuiApplication.clipboard().setText(report(view, self._support))

    def _remove_account(self) -> None:
        view = self.presenter.view
        if view is not None:
            self.removeAccountRequested.emit(view.factor_sid)


class _Notice(QFrame):
    """A warning over the message, with the way to the new text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        self._text = TextLabel(font(), self)
        self._text.setObjectName("requestNotice")
        self.button = QPushButton(self.tr("Show the new text"), self)
        self.button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    def show_text(self, text: str, *, can_read: bool) -> None:
        """Say something, or nothing."""
        self._text.setText(text)
        self.button.setVisible(can_read)
        self.setVisible(bool(text))
