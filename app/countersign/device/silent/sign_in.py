"""The first way: one sign-in that the user starts here, told by an id that only this app knew."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from countersign.device.silent.arming import Arming, Ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.push.values import Challenge

SECONDS: Final = 60.0
EVERY: Final = 1.0
"""Seconds between looks."""
MEMBER: Final = "transaction"
"""The member of hidden_details that carries the id, named as in the sign-in address."""


class SignIn(Arming):
    """Waits for the one challenge that carries `transaction`, and permits its approval once."""

    def __init__(self, factor_sid: str, transaction: str, now: float) -> None:
        super().__init__(factor_sid, now + SECONDS, 1)
        self._transaction = transaction
        self._seen: set[str] = set()
        self._tried = False

    def carries(self, challenge: Challenge) -> bool:
        """Tell whether a challenge has this sign-in's very id."""
        given = challenge.hidden_details.get(MEMBER, "")
        return hmac.compare_digest(given.encode(), self._transaction.encode())

    @override
    def look(self, waiting: Sequence[Challenge], *, complete: bool, now: float) -> Challenge | None:
        if self.over(now):
            return None
        found = [one for one in self._mine(waiting) if self.carries(one)]
        # One that was there before and is gone counts: who saw the id once can send it again.
        self._seen.update(one.sid for one in found)
        if len(self._seen) > 1:
            self.end(Ended.SAME_ID)
            return None
        return found[0] if found and complete and not self._tried else None

    @override
    def _take(self, listed: Challenge) -> bool:
        fresh = not self._tried and self._seen == {listed.sid} and self.carries(listed)
        self._tried = True
        return fresh

    @override
    def _settled(self, *, approved: bool) -> None:
        self.end(Ended.APPROVED if approved else Ended.FAILED)
