"""What both ways of silent approval have in common, as a state machine that knows no clock.

`now` is in seconds, on one clock that also runs while the computer sleeps. A permission is for one
challenge, is given once, and is gone the moment that what it rests on is.
"""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.push.strict_json import canonical
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.push.values import Challenge

_SHOWN: Final = frozenset({"details", "hidden_details", "expiration_date", "date_created"})


class Ended(enum.Enum):
    """Why silent approval is over."""

    APPROVED = "approved"
    """The sign-in was approved: there is nothing more to wait for."""
    FAILED = "failed"
    """The one attempt failed, or looking can't go on; a failure was told."""
    TIME_UP = "time up"
    COUNT_REACHED = "count reached"
    STOPPED = "stopped"
    """By the user, or since another one of the same account was started."""
    LOCKED = "locked"
    CLOSED = "closed"
    SEVERAL_WAIT = "several wait"
    """Two requests waited at once."""
    TOO_MANY = "too many"
    """Three requests within a minute."""
    SAME_ID = "same id"
    """Two requests carried the id of one sign-in."""
    FORBIDDEN = "forbidden"
    """By the company, for this account, or by a PIN that each approval needs."""
    ACCOUNT_GONE = "account gone"


class Refused(enum.Enum):
    """Why a request that was found wasn't approved after it was read in full."""

    ENDED = "ended"
    CHANGED = "changed"
    """It isn't what the look-up showed."""
    NOT_PENDING = "not pending"
    """Somebody answered it, or it expired."""


@dataclass(frozen=True, slots=True, eq=False)
class Permission:
    """Leave to approve this challenge; it counts only while `Arming.holds` it."""

    challenge_sid: str


class Arming(ABC):
    """One silent approval of one account, from the click that began it to its end."""

    def __init__(self, factor_sid: str, until: float, count: int) -> None:
        self.factor_sid = factor_sid
        self.until = until
        self.left = count
        """How many more may be approved."""
        self.ended: Ended | None = None
        self._granted: Permission | None = None

    def end(self, reason: Ended) -> None:
        """End it; the first reason stays, and a permission that is still unused is withdrawn."""
        self.ended = self.ended or reason
        self._granted = None

    def over(self, now: float) -> bool:
        """Tell whether it is over, the time being what it is."""
        if now >= self.until:
            self.end(Ended.TIME_UP)
        return self.ended is not None

    def holds(self, permission: Permission, now: float) -> bool:
        """Tell whether this permission may still be used."""
        return not self.over(now) and self._granted is permission and self._may_act()

    def grant(self, listed: Challenge, fetched: Challenge, now: float) -> Permission | Refused:
        """Permit the approval of what `look` found and was then read in full; or say why not.

        Either way there is no second permission for this challenge.
        """
        if self.over(now) or self._granted is not None or not self._may_act() or self.left < 1:
            return Refused.ENDED
        refused = self._refusal(listed, fetched)
        if refused is not None:
            self._settled(approved=False)
            return refused
        self.left -= 1
        self._granted = Permission(fetched.sid)
        return self._granted

    def _refusal(self, listed: Challenge, fetched: Challenge) -> Refused | None:
        if not self._take(listed):
            return Refused.ENDED
        if fetched.sid != listed.sid or fetched.factor_sid != self.factor_sid:
            return Refused.CHANGED
        if fetched.status is not ChallengeStatus.PENDING:
            return Refused.NOT_PENDING
        return None if unchanged(listed, fetched) else Refused.CHANGED

    def settle(self, permission: Permission, *, approved: bool) -> None:
        """Take in what became of a permission; a failed approval has used it up too."""
        if self._granted is permission:
            self._granted = None
            self._settled(approved=approved)

    @abstractmethod
    def look(self, waiting: Sequence[Challenge], *, complete: bool, now: float) -> Challenge | None:
        """Take in what waits, and return the request that is to be read in full and approved.

        `complete` is whether nothing can be missing from it; otherwise nothing is approved.
        """

    def _mine(self, waiting: Sequence[Challenge]) -> list[Challenge]:
        return [
            one
            for one in waiting
            if one.factor_sid == self.factor_sid and one.status is ChallengeStatus.PENDING
        ]

    @abstractmethod
    def _take(self, listed: Challenge) -> bool:
        """Use up the one attempt at this challenge; False where there is none."""

    @abstractmethod
    def _settled(self, *, approved: bool) -> None:
        """Go on, or end, after an approval or its failure."""

    def _may_act(self) -> bool:
        return True


def unchanged(listed: Challenge, fetched: Challenge) -> bool:
    """Tell whether two readings of a challenge say the same, in what is shown and what is signed.

    Values are compared, not text; what one of them leaves out is a difference.
    """
    names = _SHOWN | set(fetched.signature_fields or ())
    return all(_value(listed, name) == _value(fetched, name) for name in names)


def _value(challenge: Challenge, name: str) -> object:
    value = challenge.members.get(name)
    return None if value is None else canonical(value)
