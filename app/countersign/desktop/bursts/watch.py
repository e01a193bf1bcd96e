"""Which accounts are flooded with requests now, and which of these the list folds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from countersign.device.bursts import Bursts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.device.bursts import Burst
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.polling import Watch
    from countersign.device.records import Account


_OWN: Final = 1.5
"""Seconds of the guard of three requests: as many as somebody may cause who tries again."""


class BurstWatch(QObject):
    """Follows the polls. `unfolded`: the user wants to see one account's one by one.

    What is being read is never folded away under the reader: `reading` tells its sid.
    """

    unfolded = Signal(str)

    def __init__(self, device: Device, parent: QObject, reading: Callable[[], str]) -> None:
        super().__init__(parent)
        self._device = device
        self._reading = reading
        self._bursts = Bursts()
        self._found: dict[str, Burst] = {}
        self._accounts: dict[str, Account] = {}
        self._open: set[str] = set()

    def follow(self, watches: Sequence[Watch]) -> None:
        """Take in what waits in each account."""
        found: dict[str, Burst] = {}
        for watch in watches:
            sid, now = watch.account.sid, self._device.clock(watch.account).now()
            burst = self._bursts.look(sid, watch.view.requests, now)
            if burst is not None:
                found[sid] = burst
        for sid in self._accounts.keys() - {watch.account.sid for watch in watches}:
            self._bursts.forget(sid)
        self._found = found
        self._accounts = {watch.account.sid: watch.account for watch in watches}
        self._open &= found.keys()  # the next burst asks anew

    def folded(self, account: str) -> list[Burst]:
        """Return what the list folds of an account, or of all with an empty sid."""
        return [
            burst
            for sid, burst in self._found.items()
            if account in {"", sid} and sid not in self._open and burst.requests
        ]

    def hides(self, request: Request) -> bool:
        """Tell whether a request is folded away."""
        sid = request.account.sid
        return (
            sid in self._found
            and sid not in self._open
            and request.challenge.sid != self._reading()
        )

    def unfold(self, account: str) -> None:
        """Show an account's requests one by one, until this burst is over."""
        self._open.add(account)
        self.unfolded.emit(account)

    def guard(self, account: str) -> float:
        """Return for how many seconds Approve waits; Deny never does.

        It grows with each request from the fourth within two minutes on: three may be one's own.
        """
        known = self._accounts.get(account)
        if known is None:
            return 0.0
        seconds = self._bursts.guard(account, self._device.clock(known).now())
        return seconds if seconds > _OWN else 0.0
