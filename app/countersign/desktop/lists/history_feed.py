"""Feeds History: page after page off the disk, so that nothing waits for thousands of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countersign.desktop.lists.history import HistoryPane
    from countersign.device.ports import DecisionLog
    from countersign.device.records import Account, Decision

PAGE: Final = 200


class HistoryFeed:
    """Reads the newest page, and the others once `whole` has asked for them.

    An answer may change after it was written: each reading begins at the newest one again, and
    shows what differs. A reading that begins ends the one before it.
    """

    def __init__(self, pane: HistoryPane, log: DecisionLog) -> None:
        self._pane = pane
        self._log = log
        self._shown: list[Decision] = []
        self._doubtful: dict[str, Decision] = {}
        self._settled: dict[str, Decision] = {}
        self._accounts: Mapping[str, Account] = {}
        self._readings = 0

    @property
    def doubtful(self) -> list[Decision]:
        """The answers of which it isn't known whether they arrived, however old they are."""
        return list(self._doubtful.values())

    def find(self, decision_id: str) -> Decision | None:
        """Return an answer that has been read, as it was read last."""
        if (open_one := self._doubtful.get(decision_id)) is not None:
            return open_one
        listed = next((one for one in self._shown if one.id == decision_id), None)
        if listed is not None and not listed.open:
            return listed
        return self._settled.get(decision_id, listed)

    def clear(self) -> None:
        """Show nothing, and hold nothing; a reading that is under way shows nothing either."""
        self._readings += 1
        self._shown, self._doubtful, self._settled = [], {}, {}
        self._pane.set_decisions([], {})

    async def newest(self, accounts: Mapping[str, Account]) -> None:
        """Read the newest page again, and what is or was in doubt; raises StorageError."""
        await self._read(accounts, whole=False)
        doubtful = {one.id: one for one in await self._log.doubtful()}
        for sid in self._doubtful.keys() - doubtful.keys():
            found = await self._log.find(self._doubtful[sid].challenge_sid)
            self._settled |= {one.id: one for one in found if one.id == sid}
        self._doubtful = doubtful

    async def whole(self, accounts: Mapping[str, Account]) -> bool:
        """Read all pages again; False where another reading has taken over. Raises StorageError."""
        return await self._read(accounts, whole=True)

    async def _read(self, accounts: Mapping[str, Account], *, whole: bool) -> bool:
        self._readings += 1
        reading, place = self._readings, 0
        renamed, self._accounts = accounts != self._accounts, accounts
        after: Decision | None = None
        while True:
            page = await self._log.page(PAGE, after)
            if reading != self._readings:
                return False
            last = len(page) < PAGE
            self._take(page, place, last=last, renamed=renamed)
            if last or not whole:
                return True
            place, after, renamed = place + PAGE, page[-1], False

    def _take(self, page: Sequence[Decision], place: int, *, last: bool, renamed: bool) -> None:
        """Show a page that begins at this place; the rest stays as it was read before."""
        before = self._shown[place : None if last else place + len(page)]
        if before == list(page) and not renamed:
            return
        if place and place == len(self._shown):
            self._shown += page
            self._pane.add_older(page)
            return
        rest = [] if last else _older(self._shown[place:], page[-1])
        self._shown = [*self._shown[:place], *page, *rest]
        self._pane.set_decisions(self._shown, self._accounts)


def _older(decisions: Sequence[Decision], last: Decision) -> list[Decision]:
    """Return those that come after this one; with the same time, the id decides."""
    end = (-last.decided_at.timestamp(), last.id)
    return [one for one in decisions if (-one.decided_at.timestamp(), one.id) > end]
