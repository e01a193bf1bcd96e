"""What the window shows of accounts and requests, the same number everywhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from countersign.desktop.bursts.cards import BurstCards
from countersign.desktop.bursts.watch import BurstWatch
from countersign.desktop.lists.accounts_model import badge_text
from countersign.desktop.lists.inbox_feed import InboxFeed
from countersign.desktop.main_window.attention import Attention, notes
from countersign.desktop.main_window.banners import Banners
from countersign.desktop.main_window.list_words import checked, why_empty
from countersign.desktop.notify.mutes import Mutes
from countersign.device.inbox import AccountView
from countersign.device.plain_text import visible
from countersign.device.polling import Watch
from countersign.push.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.account.unfinished import UnfinishedPane
    from countersign.desktop.main_window.removed import RemovedPane
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.main_window.workspace import Workspace
    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.records import Account

_NAME: Final = 28
"""Characters of an account's name that fit over a narrow list."""


class Showing(QObject):
    """Turns what the last polls said into rows, badges, title, banner and words about time."""

    def __init__(
        self,
        window: MainWindow,
        panes: Workspace,
        device: Device,
        decisions: Decisions,
        mutes: Mutes | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._device = device
        self._watches: list[Watch] = []
        self._accounts: list[Account] = []
        self._chosen = ""
        self._number = 0
        self._mutes = mutes or Mutes()
        self._mutes.listeners.append(self._follow_notes)
        self._notes: dict[str, str] = {}
        self._explained: tuple[str, QWidget] | None = None
        self.bursts = BurstWatch(device, self, panes.inbox.inbox.selected)
        self.cards = BurstCards(self.bursts, device, decisions, self._mutes)
        panes.inbox.add_cards(self.cards)
        self.bursts.unfolded.connect(lambda _: self._render())
        self._feed = InboxFeed(panes.inbox.inbox_view, device, self.bursts.hides)
        self.tasks = self._feed.tasks
        self.banners = Banners(panes.banner, device, self)
        self._attention = Attention(window)
        panes.inbox.inbox.set_now(self._now)

    def set_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these accounts, the unfinished ones as such."""
        self._accounts = list(accounts)
        known = {account.sid: account for account in accounts}
        watched = {watch.account.sid: watch for watch in self._watches}
        self._watches = [
            watched.get(account.sid) or Watch(account, AccountView(account))
            for account in accounts
            if account.verified
        ]
        for watch in self._watches:
            watch.account = known[watch.account.sid]
        if self._chosen not in known:
            self._chosen = ""
        self._feed.follow(self._watches)
        self.banners.set_watches(self._watches)
        self._render()

    def set_watches(self, watches: list[Watch]) -> None:
        """Show what a round of polling saw."""
        self._watches = watches
        self.bursts.follow(watches)
        self._feed.follow(watches)
        self._attention.heed(watches)
        self.banners.set_watches(watches)
        self._render()

    def set_unknown(self, sids: Collection[str]) -> None:
        """Mark the requests whose answer's fate isn't known."""
        self._panes.inbox.inbox.set_unknown(sids)

    async def settled(self) -> None:
        """End in order: pages are dropped, denials that were clicked are sent."""
        await self.tasks.settled()
        await self.cards.settled()

    def choose(self, sid: str) -> None:
        """Show one account's requests, or all with an empty sid."""
        self._chosen = sid
        self._feed.show(sid, keep_selected=False)
        self._follow_trouble(by_user=True)
        self._render()

    @property
    def chosen(self) -> str:
        """The account whose requests are shown; empty for all."""
        return self._chosen

    @property
    def only_account(self) -> str:
        """The one account that there is; empty where there are more, or none."""
        return self._accounts[0].sid if len(self._accounts) == 1 else ""

    def watch(self, account_sid: str) -> Watch | None:
        """Return what is known of an account that is asked for requests."""
        return next((w for w in self._watches if w.account.sid == account_sid), None)

    def request(self, sid: str) -> Request | None:
        """Return a request that waits, as far as it is known."""
        return self._feed.find(sid)

    def others(self, sid: str) -> int:
        """Return how many other requests are known to wait."""
        return len(self.all_requests()) - (self.request(sid) is not None)

    def over(self, sid: str) -> None:
        """Take in that a request no longer waits; its row stays until the user leaves it."""
        self._feed.over(sid)

    def neighbour(self, sid: str, step: int) -> str:
        """Return the request so many rows further down (or up, if negative), as far as there is."""
        sids = [one.challenge.sid for one in self.requests()]
        if sid not in sids:
            return sids[0] if sids else ""
        return sids[min(max(sids.index(sid) + step, 0), len(sids) - 1)]

    def following(self, sid: str) -> str:
        """Return the request to read after this one, or nothing."""
        return next((r.challenge.sid for r in self.requests() if r.challenge.sid != sid), "")

    def reachable(self, account_sid: str) -> bool:
        """Tell whether an answer could be sent, as far as the last poll knows."""
        watch = self.watch(account_sid)
        return watch is None or not isinstance(watch.view.error, NetworkError)

    def tell_time(self) -> None:
        """Say when the services were last asked, and when they are asked next."""
        self._panes.inbox.set_checked(checked(self._shown()))
        self._follow_notes()
        self.banners.refresh()

    def all_requests(self) -> list[Request]:
        """Return what is known to wait in all accounts, newest first."""
        return self._feed.requests()

    def requests(self) -> list[Request]:
        """Return what waits in the account that is chosen, newest first, but for what is folded."""
        known = self._feed.requests(self._chosen)
        return [one for one in known if not self.bursts.hides(one)]

    def _render(self) -> None:
        self._follow_trouble()
        panes = self._panes
        self._show_accounts()
        self.cards.show_account(self._chosen)
        self._feed.show(self._chosen)
        panes.inbox.inbox.set_offline(offline=self._failing())
        # A row that is still being read stays until the user leaves it, waiting or not.
        kept = bool(self.requests() or panes.inbox.inbox.selected() or self.cards.there)
        panes.inbox.show_pending(empty="" if kept else why_empty(self._shown()))
        panes.request.set_next(self.others(panes.inbox.inbox.selected()))
        panes.inbox.set_account(self._name_of_chosen())
        self._show_number()
        self.tell_time()

    def _follow_notes(self) -> None:
        """Say what is true now of the accounts: a wait may have ended, or a silence."""
        if notes(self._watches, self._mutes.until) != self._notes:
            self._show_accounts()

    def _show_accounts(self) -> None:
        self._notes = notes(self._watches, self._mutes.until)
        unfinished = [account for account in self._accounts if not account.verified]
        self._panes.sidebar.accounts.set_accounts(self._watches, unfinished, self._notes)

    def _follow_trouble(self, *, by_user: bool = False) -> None:
        """Explain an account without requests where the user chose it, and only while it is so."""
        account, watch = self._chosen_account(), self.watch(self._chosen)
        pane: UnfinishedPane | RemovedPane | None = None
        if account is not None and not account.verified:
            pane = self._panes.unfinished
        elif watch is not None and watch.removed:
            pane = self._panes.removed
        if pane is None or account is None:
            self._explained = None
            self._panes.leave_account()
        elif by_user or (self._explained and self._explained != (account.sid, pane)):
            self._explained = (account.sid, pane)
            self._panes.show_account(pane, account)

    def _chosen_account(self) -> Account | None:
        return next((one for one in self._accounts if one.sid == self._chosen), None)

    def _name_of_chosen(self) -> str:
        account = self._chosen_account()
        return self.tr("All requests") if account is None else visible(account.label, _NAME)

    def _show_number(self) -> None:
        """Show the number that polls see, the same for all: it mustn't grow by scrolling."""
        number = sum(watch.pending for watch in self._watches)
        self._panes.sidebar.all_requests.set_badge(number)
        self._panes.inbox.set_badge(sum(watch.pending for watch in self._shown()))
        self._window.show_number(badge_text(number))
        if number != self._number:
            self._number = number
            self._window.inboxChanged.emit(number)

    def _shown(self) -> list[Watch]:
        return [watch for watch in self._watches if self._chosen in {"", watch.account.sid}]

    def _failing(self) -> bool:
        shown = self._shown()
        return bool(shown) and all(watch.failing_since for watch in shown)

    def _now(self) -> float:
        """Return the services' time: accounts may differ, the largest correction counts."""
        offsets = [self._device.clock(account).display_offset for account in self._accounts]
        return time.time() + max(offsets, key=abs, default=0.0)
