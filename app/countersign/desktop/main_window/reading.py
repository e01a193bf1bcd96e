"""The request that is being read, in the window or in the small one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from countersign.desktop.compact.window import CompactWindow
from countersign.desktop.main_window.request_menu import RequestMenu
from countersign.desktop.request.pane import RequestPane
from countersign.desktop.request.ports import never
from countersign.desktop.request.view import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.main_window.showing import Showing
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.main_window.workspace import Workspace
    from countersign.desktop.notify.mutes import Mutes
    from countersign.desktop.theme import Theme
    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.polling import Watch
    from countersign.push.values import Challenge

_OVER: Final = {Phase.DONE, Phase.EXPIRED, Phase.CLOSED}


class Reading(QObject):
    """Opens requests. `answered` comes when an answer was taken, refused, or is in doubt.

    Both windows answer through the same `Decisions`, so twice is once whichever is clicked.
    """

    answered = Signal()
    removeAccountRequested = Signal(str)
    broke = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        device: Device,
        decisions: Decisions,
        mutes: Mutes,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._mutes = mutes
        self._theme = theme
        self._device = device
        self._decisions = decisions
        self._panes: Workspace | None = None
        self._showing: Showing | None = None
        self._small: CompactWindow | None = None
        self._keep_small = False
        self._words = ""  # of the empty pane
        self.asks_pin: Callable[[], bool] = never
        self.pane = self._make_pane(None)
        self.pane.decisionConfirmed.connect(self._close_small)
        self.pane.nextRequested.connect(self.read_next)

    def begin(self, panes: Workspace, showing: Showing) -> None:
        """Take the list from which requests are chosen."""
        self._panes, self._showing = panes, showing
        panes.inbox.inbox.requestChosen.connect(self.read)
        panes.sidebar.chosen.connect(self._keep_to)
        self.menu = RequestMenu(panes.inbox.inbox)
        self.menu.openRequested.connect(self.read)
        self.menu.smallRequested.connect(self.read_small)

    def read(self, sid: str, *, chosen: bool = True) -> None:
        """Show a request that waits; `chosen` tells whether the user picked this very one."""
        if self._showing is None or self._panes is None:
            return
        request = self._showing.request(sid)
        if request is None:
            return
        self._panes.inbox.show_pending_tab()
        self._panes.inbox.inbox.select(sid)
        self._panes.show_request()
        self.pane.set_reachable(self._showing.reachable(request.account.sid))
        self.pane.open(request, chosen=chosen)
        self.pane.set_next(self._showing.others(sid))

    def read_next(self) -> None:
        """Show the next request that waits; nobody jumps there by himself."""
        if self._showing is not None and (sid := self._showing.following(self._selected())):
            self.read(sid, chosen=False)

    def step(self, rows: int) -> None:
        """Show the request so many rows further down."""
        if self._showing is not None and (sid := self._showing.neighbour(self._selected(), rows)):
            self.read(sid)

    def read_small(self, sid: str = "") -> None:
        """Show a request in the small window: this one, the selected one, or the newest."""
        if self._showing is None:
            return
        sid = sid or self._selected()
        if self._showing.request(sid) is None:
            sid = self._showing.neighbour("", 0)
        if sid:
            self.small.set_requests(self._showing.all_requests())
            self.small.show_request(sid, chosen=True)

    @property
    def small(self) -> CompactWindow:
        """The small window, made when it is first needed."""
        if self._small is None:
            self._small = CompactWindow(self._theme, self._make_small_pane, reachable=self._reach)
            self._small.keep_open = self._keep_small
            self._small.openMainRequested.connect(self._back_to_main)
            self._small.decisionConfirmed.connect(self._look_at)
        return self._small

    def keep_small_open(self, *, keep: bool) -> None:
        """Say whether the small window stays after an answer."""
        self._keep_small = keep
        if self._small is not None:
            self._small.keep_open = keep

    def follow_accounts(self, accounts: Collection[str]) -> None:
        """Put away what belongs to none of these accounts: it can't be answered any more."""
        view = self.pane.presenter.view
        if view is not None and view.factor_sid not in accounts:
            self._put_away()
        reading = self._small.reading if self._small is not None else None
        if reading is not None and reading.account.sid not in accounts:
            self.close()

    def polled(self, watches: Sequence[Watch]) -> None:
        """Take in what a round of polling saw."""
        if self._showing is None:
            return
        good = [watch for watch in watches if watch.view.error is None]
        seen = {one.challenge.sid: one.challenge for w in good for one in w.view.requests}
        # Of a long list a poll sees the newest alone. What it doesn't show of these accounts may
        # wait all the same: it is never taken for gone, but looked up.
        asked = {watch.account.sid for watch in good}
        self._tell(self.pane, seen, asked)
        self._say_what_to_do()
        if self._small is not None:
            self._small.set_requests(self._showing.all_requests())
            self._tell(self._small.pane, seen, asked)

    def close(self) -> None:
        """Close the small window; nothing is answered by that."""
        if self._small is not None:
            self._small.close()

    async def settled(self) -> None:
        """End in order: wait for what is on its way."""
        await self.pane.settled()
        if self._small is not None:
            await self._small.settled()
            self._small.close()
            self._small.deleteLater()

    def _tell(self, pane: RequestPane, seen: dict[str, Challenge], asked: set[str]) -> None:
        view = pane.presenter.view
        if view is not None:
            pane.set_reachable(self._reach(view.factor_sid))
        pane.seen_in_poll(seen, asked)

    def _keep_to(self, account_sid: str) -> None:
        """Put away what the list doesn't show, now that another account was chosen."""
        view = self.pane.presenter.view
        if view is not None and account_sid not in {"", view.factor_sid}:
            self._put_away()

    def _put_away(self) -> None:
        if self._panes is not None:
            self._panes.inbox.inbox.select("")
        self.pane.show_empty(self._words)

    def _say_what_to_do(self) -> None:
        waits = self._showing is not None and bool(self._showing.requests())
        words = self.tr("Choose a request to read it.") if waits else ""
        if self.pane.presenter.view is None and words != self._words:
            self._words = words
            self.pane.show_empty(words)

    def _close_small(self, sid: str) -> None:
        """Close the small window over a request that was answered here."""
        reading = self._small.reading if self._small is not None else None
        if reading is not None and reading.challenge.sid == sid:
            self.close()

    def _look_at(self, sid: str) -> None:
        """Have the pane look at a request that was answered in the small window."""
        view = self.pane.presenter.view
        if view is not None and view.sid == sid:
            self.pane.seen_in_poll({}, {view.factor_sid})

    def _take_off(self, pane: RequestPane, sid: str) -> None:
        """Take what is over off the list, in so far as polls can't tell."""
        view = pane.presenter.view
        over = view is not None and view.sid == sid and view.phase in _OVER
        if over and self._showing is not None:
            self._showing.over(sid)

    def _set_outcome(self, sid: str, status: str) -> None:
        if self._panes is not None:
            self._panes.inbox.inbox.set_outcome(sid, status)

    def _selected(self) -> str:
        return "" if self._panes is None else self._panes.inbox.inbox.selected()

    def _asks(self) -> bool:
        return self.asks_pin()

    def _reach(self, account_sid: str) -> bool:
        return self._showing is None or self._showing.reachable(account_sid)

    def _back_to_main(self, sid: str) -> None:
        self._window.to_front()
        self.read(sid)

    def _make_small_pane(self, parent: QWidget) -> RequestPane:
        return self._make_pane(parent, compact=True)

    def _make_pane(self, parent: QWidget | None, *, compact: bool = False) -> RequestPane:
        pane = RequestPane(
            self._theme,
            self._device,
            self._decisions,
            parent,
            compact=compact,
            mutes=self._mutes,
            flooded=lambda sid: self._showing.bursts.guard(sid) if self._showing else 0.0,
            asks_pin=self._asks,
        )
        window = self._window
        pane.requestReady.connect(window.requestReady)
        pane.requestChanged.connect(window.requestChanged)
        pane.requestExpired.connect(window.requestExpired)
        pane.decisionUnknown.connect(window.decisionUnknown)
        pane.decisionFailed.connect(window.decisionFailed)
        pane.decisionFailed.connect(lambda _, code: window.errorShown.emit(code))
        pane.decisionConfirmed.connect(window.decisionConfirmed)
        for signal in (pane.decisionConfirmed, pane.decisionFailed, pane.requestExpired):
            signal.connect(lambda sid, *_: self._take_off(pane, sid))
        for signal in (
            pane.decisionConfirmed,
            pane.decisionFailed,
            pane.decisionUnknown,
            pane.requestMarked,
        ):
            signal.connect(self.answered)
        pane.decisionConfirmed.connect(self._set_outcome)
        pane.requestExpired.connect(lambda sid: self._set_outcome(sid, "expired"))
        pane.removeAccountRequested.connect(self.removeAccountRequested)
        pane.tasks.failed.connect(self.broke)
        return pane
