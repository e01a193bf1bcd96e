"""The second way: everything for a while, for tests and for those who know what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from countersign.device.silent.arming import Arming, Ended
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from countersign.push.values import Challenge

LONGEST: Final = 15 * 60.0
MOST: Final = 10
EVERY: Final = 2.0
"""Seconds between looks."""
_MINUTE: Final = 60.0
_TOO_MANY: Final = 3


@dataclass(frozen=True, slots=True)
class FieldIs:
    """Only requests that have exactly one field of this label, with exactly this value."""

    label: str
    value: str

    def fits(self, challenge: Challenge) -> bool:
        """Tell whether a challenge is one of those."""
        values = [field.value for field in challenge.fields if field.label == self.label]
        return values == [self.value]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user chose: for how many seconds, how many requests, and which only.

    Raises InputError beyond 15 minutes or 10 requests.
    """

    seconds: float
    count: int
    only: FieldIs | None = None

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= LONGEST or not 1 <= self.count <= MOST:
            raise InputError(
                "silent_terms", "Silent approval is for 15 minutes and 10 requests at most."
            )


@dataclass(frozen=True, slots=True)
class Before:
    """What the poll saw that came before: its requests' sids, and its Date in POSIX seconds."""

    sids: Collection[str]
    date: float


class Period(Arming):
    """Permits what came after it began, while the window is active; on loopback, always."""

    def __init__(
        self, factor_sid: str, terms: Terms, before: Before, now: float, *, loopback: bool
    ) -> None:
        super().__init__(factor_sid, now + terms.seconds, terms.count)
        self.terms = terms
        self.active = False
        self._before = before
        self._loopback = loopback
        self._tried: set[str] = set()
        self._came: dict[str, float] = {}

    @property
    def watching(self) -> bool:
        """Whether it may approve just now, as far as the window goes."""
        return self.active or self._loopback

    def covers(self, challenge: Challenge) -> bool:
        """Tell whether a challenge is one that was sent under these terms, and wasn't tried yet."""
        return (
            challenge.factor_sid == self.factor_sid
            and challenge.sid not in self._before.sids
            and challenge.sid not in self._tried
            and challenge.date_created.timestamp() > self._before.date
            and (self.terms.only is None or self.terms.only.fits(challenge))
        )

    @override
    def look(self, waiting: Sequence[Challenge], *, complete: bool, now: float) -> Challenge | None:
        if self.over(now):
            return None
        mine = self._mine(waiting)
        if not self._loopback and (reason := self._alarm(mine)) is not None:
            self.end(reason)
            return None
        if not complete or not self._may_act():
            return None
        return min(
            (one for one in mine if self.covers(one)),
            key=lambda one: one.date_created,
            default=None,
        )

    def _alarm(self, mine: Sequence[Challenge]) -> Ended | None:
        """Return why somebody else may be at work: nobody signs in that often, or twice at once."""
        if len(mine) > 1:
            return Ended.SEVERAL_WAIT
        for one in mine:
            if one.sid not in self._before.sids:
                self._came[one.sid] = one.date_created.timestamp()
        times = sorted(self._came.values())
        close = zip(times, times[_TOO_MANY - 1 :], strict=False)
        return Ended.TOO_MANY if any(b - a <= _MINUTE for a, b in close) else None

    @override
    def _take(self, listed: Challenge) -> bool:
        fresh = self.covers(listed)
        self._tried.add(listed.sid)
        return fresh

    @override
    def _settled(self, *, approved: bool) -> None:
        if self.left < 1:
            self.end(Ended.COUNT_REACHED)

    @override
    def _may_act(self) -> bool:
        return self.watching
