"""Feeds the inbox: what polls saw and further pages, fetched as the user scrolls to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.tasks import Tasks
from countersign.device.paging import Backlog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.desktop.lists.inbox_view import InboxView
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.polling import Watch


class InboxFeed(QObject):
    """Shows the requests that are known to wait in the accounts that are shown.

    What is folded away elsewhere `hides` tells. `tasks.failed` tells of bugs alone: a page that
    can't be had is said under the list.
    """

    def __init__(
        self, view: InboxView, device: Device, hides: Callable[[Request], bool] = lambda _: False
    ) -> None:
        super().__init__(view)
        self._hides = hides
        self._view = view
        self._backlog = Backlog(device)
        self._accounts: list[str] = []
        self._all = True
        self.tasks = Tasks(self)
        view.moreWanted.connect(self._load)

    def follow(self, watches: Sequence[Watch]) -> None:
        """Take in what polls saw."""
        self._backlog.follow(watches)
        if self._all:
            self._accounts = [watch.account.sid for watch in watches]

    def show(self, account: str, *, keep_selected: bool = True) -> None:
        """Show an account's requests, or those of all with an empty sid."""
        self._all = not account
        self._accounts = [account] if account else self._backlog.accounts
        self._show(keep_selected=keep_selected)

    def requests(self, account: str = "") -> list[Request]:
        """Return what is known to wait in an account or in all, newest first."""
        found = self._backlog.requests()
        return [one for one in found if one.account.sid == account] if account else found

    def find(self, sid: str) -> Request | None:
        """Return a request that is known to wait."""
        return self._backlog.find(sid)

    def over(self, sid: str) -> None:
        """Take in that a request no longer waits, which polls can't tell of one behind their page.

        Its row stays until the user leaves it.
        """
        if self._backlog.forget(sid):
            self._show()

    def _load(self) -> None:
        extent = self._backlog.extent(self._accounts)
        if extent.more and not extent.loading:
            self._view.set_extent(replace(extent, loading=True, error=None))
            self.tasks.start(self._load_more(self._accounts), "further pages")

    async def _load_more(self, accounts: list[str]) -> None:
        try:
            await self._backlog.load(accounts)
        finally:
            self._show()

    def _show(self, *, keep_selected: bool = True) -> None:
        account = "" if self._all else self._accounts[0]
        self._view.set_extent(self._backlog.extent(self._accounts))
        shown = [one for one in self.requests(account) if not self._hides(one)]
        self._view.list.set_requests(shown, keep_selected=keep_selected)
