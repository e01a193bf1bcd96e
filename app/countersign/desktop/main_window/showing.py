"""What the window shows of accounts and requests, the same number everywhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.lists.accounts_model import badge_text
from countersign.desktop.lists.times import checked_text, clock_text
from countersign.desktop.main_window.banner import Trouble, notices
from countersign.device.inbox import merged
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from countersign.desktop.main_window.banner import Notice
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.main_window.workspace import Workspace
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.polling import Watch
    from countersign.device.records import Account
    from countersign.push.errors import CountersignError


class Showing(QObject):
    """Turns what the last polls said into rows, badges, title, banner and words about time."""

    def __init__(self, window: MainWindow, panes: Workspace, device: Device) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._device = device
        self._watches: list[Watch] = []
        self._accounts: list[Account] = []
        self._chosen = ""
        self._number = 0
        self._problem: CountersignError | None = None
        panes.inbox.inbox.set_now(self._now)

    def set_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these accounts, the unfinished ones as such."""
        self._accounts = list(accounts)
        known = {account.sid: account for account in accounts}
        self._watches = [watch for watch in self._watches if watch.account.sid in known]
        for watch in self._watches:
            watch.account = known[watch.account.sid]
        if self._chosen not in known:
            self._chosen = ""
        self._render()

    def set_watches(self, watches: list[Watch]) -> None:
        """Show what a round of polling saw."""
        self._watches = watches
        self._render()

    def set_unknown(self, sids: Collection[str]) -> None:
        """Mark the requests whose answer's fate isn't known."""
        self._panes.inbox.inbox.set_unknown(sids)

    def set_problem(self, error: CountersignError) -> None:
        """Tell an error that belongs to no pane."""
        self._problem = error
        self._show_banner()

    def choose(self, sid: str) -> None:
        """Show one account's requests, or all with an empty sid."""
        self._chosen = sid
        self._panes.inbox.inbox.set_requests(self._requests(), keep_selected=False)
        unfinished = next((a for a in self._accounts if a.sid == sid and not a.verified), None)
        self._panes.show_unfinished(unfinished)
        self._render()

    def request(self, sid: str) -> Request | None:
        """Return a request that waits."""
        return next((one for one in self._all() if one.challenge.sid == sid), None)

    def others(self, sid: str) -> int:
        """Return how many other requests wait."""
        return sum(1 for one in self._all() if one.challenge.sid != sid)

    def following(self, sid: str) -> str:
        """Return the request to read after this one, or nothing."""
        return next((r.challenge.sid for r in self._requests() if r.challenge.sid != sid), "")

    def tell_time(self) -> None:
        """Say when the services were last asked."""
        self._panes.inbox.last_checked.setText(self._checked())

    def _render(self) -> None:
        requests = self._requests()
        panes = self._panes
        panes.sidebar.accounts.set_accounts(
            self._watches, [account for account in self._accounts if not account.verified]
        )
        panes.inbox.inbox.set_requests(requests)
        panes.inbox.inbox.set_offline(offline=bool(self._failing()))
        # A row that is still being read stays until the user leaves it, waiting or not.
        kept = bool(requests or panes.inbox.inbox.selected())
        panes.inbox.show_pending(empty="" if kept else self._why_empty())
        panes.request.set_next(self.others(panes.inbox.inbox.selected()))
        self._show_number(len(self._all()))
        self._show_banner()
        self.tell_time()

    def _show_number(self, number: int) -> None:
        badge = badge_text(number)
        self._panes.sidebar.all_requests.set_badge(number)
        self._panes.inbox.set_badge(len(self._requests()))
        self._window.show_number(badge)
        if number != self._number:
            self._number = number
            self._window.inboxChanged.emit(number)

    def _show_banner(self) -> None:
        offset = max(
            (self._device.clock(a).display_offset for a in self._accounts), key=abs, default=0.0
        )
        since = min((w.failing_since for w in self._watches if w.failing_since), default=0.0)
        found = notices(self._watches, offset, self._wall(since))
        if found:
            text, action = self._words(found[0])
            self._panes.banner.show_text(found[0].trouble, text, action, len(found) - 1)
        elif self._problem is not None:
            text = f"{visible(self._problem.message)} {visible(self._problem.hint)}".strip()
            self._panes.banner.show_text(Trouble.PROBLEM, text, "", 0)
        else:
            self._panes.banner.clear()

    def _words(self, notice: Notice) -> tuple[str, str]:
        match notice.trouble:
            case Trouble.PASSWORD_STORE:
                return self._store_words(notice)
            case Trouble.OFFLINE:
                text = self.tr("Offline since {time}. Countersign can't see new requests.")
                return text.format(time=clock_text(notice.since)), self.tr("Check now")
            case _:
                way = self.tr("slow") if notice.minutes > 0 else self.tr("fast")
                text = self.tr(
                    "This computer's clock is {minutes} min {way}. Times here are corrected."
                )
                return text.format(minutes=abs(notice.minutes), way=way), ""

    def _store_words(self, notice: Notice) -> tuple[str, str]:
        if notice.name in {"locked", "dismissed"}:
            text = self.tr(
                "Your password store is locked. "
                "Countersign can't check for requests or answer them."
            )
            return text, self.tr("Unlock")
        return visible(notice.message), self.tr("Try again")

    def _why_empty(self) -> str:
        if self._failing():
            return self.tr("Countersign can't see requests now.")
        if all(watch.checked_at is None for watch in self._watches):
            return self.tr("Looking for requests…")
        return self.tr("No requests.\nNew ones show up here by themselves.")

    def _checked(self) -> str:
        shown = [w for w in self._watches if self._chosen in {"", w.account.sid}]
        times = [watch.checked_at for watch in shown if watch.checked_at is not None]
        return checked_text(time.monotonic() - min(times)) if times else ""

    def _failing(self) -> bool:
        return bool(self._watches) and all(watch.failing_since for watch in self._watches)

    def _all(self) -> list[Request]:
        return merged([watch.view for watch in self._watches])

    def _requests(self) -> list[Request]:
        return [one for one in self._all() if self._chosen in {"", one.account.sid}]

    def _now(self) -> float:
        """Return the services' time: accounts may differ, the largest correction counts."""
        offsets = [self._device.clock(account).display_offset for account in self._accounts]
        return time.time() + max(offsets, key=abs, default=0.0)

    @staticmethod
    def _wall(monotonic: float) -> float:
        return time.time() - (time.monotonic() - monotonic)
