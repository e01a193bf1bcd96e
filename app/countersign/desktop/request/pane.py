"""The request pane: renders the presenter's view, and hands on what the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QStackedLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.language.support import support as whom_to_ask
from countersign.desktop.request.announcer import Announcer, announce
from countersign.desktop.request.page import RequestPage
from countersign.desktop.request.ports import Waits, World, calm, never
from countersign.desktop.request.presenter import RequestPresenter
from countersign.desktop.request.report import report
from countersign.desktop.request.timers import QtTimers
from countersign.desktop.request.view import EventKind
from countersign.desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtGui import QShowEvent

    from countersign.desktop.notify.mutes import Mutes
    from countersign.desktop.request.announcer import Announce
    from countersign.desktop.request.ports import After, Answers, Source
    from countersign.desktop.request.view import Event, RequestView
    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request
    from countersign.push.values import Challenge


class RequestPane(QWidget):
    """`requestPanel`. Signals bring the request's sid, then the service's status or a code.

    `support` is whom to tell when something is wrong. `compact` spares room at the edges, for a
    small window that holds nothing else. `after` and `say` replace clock and voice in tests.
    `tasks.failed` brings what nobody expected. `requestMarked`: a denial of before is "not me" now.
    """

    requestReady = Signal(str)
    decisionConfirmed = Signal(str, str)
    decisionFailed = Signal(str, int)
    decisionUnknown = Signal(str)
    requestChanged = Signal(str)
    requestExpired = Signal(str)
    requestMarked = Signal(str)
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
        compact: bool = False,
        say: Announce = announce,
        mutes: Mutes | None = None,
        flooded: Callable[[str], float] = calm,
        asks_pin: Callable[[], bool] = never,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("requestPanel")
        self.setAccessibleName(self.tr("Request"))
        self._support = support or whom_to_ask()
        self.tasks = Tasks(self)
        timers = QtTimers(self)
        after = after or timers.after
        waits = waits or Waits()
        world = World(device, decisions, self.tasks.start, after, waits, flooded, asks_pin)
        self.presenter = RequestPresenter(world, self._render, self._tell)
        self._page = RequestPage(theme, self, compact=compact)
        self._mutes = mutes
        if mutes is not None:
            self._page.bar.result.muted_until = mutes.until
            mutes.listeners.append(lambda: self._render(self.presenter.view))
        self._empty = QLabel(self)
        self._announcer = Announcer(self, say)
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

    def set_reachable(self, reachable: bool) -> None:  # noqa: FBT001 - as Qt's setters have it
        """Say whether the service of the account that is shown can be reached.

        It holds until it is called again, also for the next request: call it with each poll, and
        before `open` where that shows another account.
        """
        self.presenter.set_reachable(reachable=reachable)

    def seen_in_poll(
        self, challenges: Mapping[str, Challenge], complete: Collection[str] = ()
    ) -> None:
        """Take in what a poll saw, by sid.

        `complete` are the factors whose poll just succeeded and brought all that is pending; a
        request of theirs that isn't among `challenges` is looked up by a GET of its own.
        """
        self.presenter.seen_in_poll(challenges, complete)

    def set_next(self, count: int) -> None:
        """Say how many other requests wait."""
        self._page.header.set_next(count)

    async def settled(self) -> None:
        """Stop all that runs, and wait for it; for an orderly end."""
        self.presenter.stop()
        await self.tasks.settled()

    # --- Rendering ---------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._announcer.tell(self.presenter.view, self._support)

    def _render(self, view: RequestView | None) -> None:
        before = QApplication.focusWidget()
        ours = before is not None and self.isAncestorOf(before)
        if view is None:
            self._page.bar.take_pin()  # of which nothing is kept
            self._pages.setCurrentWidget(self._empty)
        else:
            self._pages.setCurrentWidget(self._page)
            self._keep_focus(view)
            self._page.render_view(view, self._support)
        # A widget that goes hands the focus on to whichever is next: that must not be an answer,
        # and not something far from what is being read.
        after = QApplication.focusWidget()
        lost = ours and (after is None or not self.isAncestorOf(after))
        if after is not before and (lost or self._page.bar.holds_focus()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._announcer.tell(view, self._support)

    def _keep_focus(self, view: RequestView) -> None:
        """Take the focus off a button that goes off: Qt would hand it on to any other one."""
        bar = self._page.bar
        for button, stays in (
            (bar.approve, view.can_approve),
            (bar.deny, view.can_deny),
            (bar.suspicious, view.can_mark),
        ):
            if button.hasFocus() and not stays:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

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
            case EventKind.MARKED:
                self.requestMarked.emit(event.sid)

    # --- Making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("look", "quiet")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)

    def _connect(self) -> None:
        presenter, bar = self.presenter, self._page.bar
        bar.approve.clicked.connect(self._approve)
        bar.deny.clicked.connect(presenter.deny)
        bar.suspicious.clicked.connect(presenter.mark_suspicious)
        bar.result.check_now.clicked.connect(presenter.check_now)
        bar.result.try_again.clicked.connect(presenter.read_again)
        bar.result.copy.clicked.connect(self._copy_report)
        bar.result.remove.clicked.connect(self._remove_account)
        bar.result.mute.clicked.connect(self._mute)
        self._page.notice.button.clicked.connect(presenter.read_again)
        self._page.header.nextRequested.connect(self.nextRequested)
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # the second is the number pad's
            self._shortcut(key).activated.connect(self._approve)
        self._shortcut("Ctrl+Backspace").activated.connect(presenter.deny)

    def _approve(self) -> None:
        view, bar = self.presenter.view, self._page.bar
        if view is not None and view.can_approve:
            self.presenter.approve(bar.take_pin())

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

    def _mute(self) -> None:
        view = self.presenter.view
        if view is not None and self._mutes is not None:
            self._mutes.mute(view.factor_sid)
