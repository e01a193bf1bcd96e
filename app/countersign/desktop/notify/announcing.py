"""Decides of which requests a notice tells, and when that goes again. Knows no Qt and no desktop.

One notice a request, until there would be many: then one notice for all, brought up to date in
its place, so that neither a burst nor a night asleep fills the screen.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from countersign.desktop.request.rows import differs
from countersign.device.settings import Notices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from countersign.desktop.notify.mutes import Mutes
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.device.settings import Settings

SUMMARY: Final = "waiting"
"""Id of the notice that stands for many; a request's own notice has its sid."""
MOST: Final = 3
"""Requests that have a notice each at the same time."""
BURST: Final = 5
BURST_TIME: Final = 120.0
"""More than so many of one account within so many seconds are a burst (screens.md 11)."""
_REMEMBERED: Final = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice tells of: one request, or several; `waiting` counts all that wait."""

    id: str
    requests: tuple[Request, ...]
    waiting: int
    new: bool = True
    """False where only its text is brought up to date."""


class Board(Protocol):
    """Where notices hang."""

    def tell(self, told: Told) -> None:
        """Hang one up, in place of the one with the same id."""

    def withdraw(self, ident: str) -> None:
        """Take one down."""


@dataclass
class Announcing:
    """Follows what waits. `now` is monotonic."""

    board: Board
    settings: Callable[[], Settings]
    mutes: Mutes
    now: Callable[[], float] = time.monotonic
    _known: dict[str, None] = field(default_factory=dict)
    _waiting: dict[str, Request] = field(default_factory=dict)
    _up: dict[str, Request] = field(default_factory=dict)
    _folded: bool = False
    _arrivals: defaultdict[str, deque[float]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=BURST + 1))
    )

    def follow(self, requests: Sequence[Request], *, here: bool) -> list[Request]:
        """Take in all that waits; return what is new and wants attention.

        `here`: the user is in the app and sees for himself, so nothing needs a notice.
        """
        self._waiting = {request.challenge.sid: request for request in requests}
        new = [request for sid, request in self._waiting.items() if sid not in self._known]
        self._remember(new)
        heard = [one for one in new if not here and not self.mutes.muted(one.account.sid)]
        changed = self._take_in_changes()
        told = heard if self._wanted else []
        self._up |= {one.challenge.sid: one for one in told}
        self._render(told, changed)
        return heard

    def request(self, ident: str) -> Request | None:
        """Return the one request that a notice shows, exactly as it shows it."""
        return None if self._folded else self._up.get(ident)

    def sids(self, ident: str) -> list[str]:
        """Return the requests that a notice tells of."""
        if ident == SUMMARY and self._folded:
            return list(self._up)
        return [ident] if ident in self._up and not self._folded else []

    def answered(self, sid: str) -> None:
        """Take down what tells of a request that no longer waits."""
        self._waiting.pop(sid, None)
        if sid in self._up:
            self._drop([sid])
            self._render([], [])

    def closed(self, ident: str) -> None:
        """Take in that a notice is gone: it doesn't come again."""
        for sid in self.sids(ident):
            del self._up[sid]
        self._folded = self._folded and ident != SUMMARY

    def seen(self) -> None:
        """Take all down: the user sees the list."""
        for ident in [SUMMARY] if self._folded else list(self._up):
            self.board.withdraw(ident)
        self._up.clear()
        self._folded = False

    def refresh(self) -> None:
        """Follow the settings, and what was muted."""
        quiet = [sid for sid, one in self._up.items() if self.mutes.muted(one.account.sid)]
        if not self._wanted:
            self.seen()
            return
        self._drop(quiet)
        self._render([], list(self._up.values()))

    def expire(self, service_time: Callable[[Account], float]) -> None:
        """Take down what has expired by its service's clock, also where no poll could tell."""
        over = [
            sid
            for sid, one in self._up.items()
            if one.challenge.expiration_date.timestamp() <= service_time(one.account)
        ]
        for sid in over:
            self.answered(sid)

    @property
    def _wanted(self) -> bool:
        return self.settings().notices is not Notices.OFF

    def _remember(self, new: Iterable[Request]) -> None:
        """Never tell twice of one; a list that lags behind may leave it out once."""
        for one in new:
            self._known[one.challenge.sid] = None
            self._arrivals[one.account.sid].append(self.now())
        for sid in list(self._known)[: max(0, len(self._known) - _REMEMBERED)]:
            if sid not in self._waiting:
                del self._known[sid]

    def _take_in_changes(self) -> list[Request]:
        """Drop what no longer waits, and return what reads differently now."""
        self._drop([sid for sid in self._up if sid not in self._waiting])
        changed = [
            self._waiting[sid]
            for sid, one in self._up.items()
            if differs(one.challenge, self._waiting[sid].challenge)
        ]
        self._up |= {one.challenge.sid: one for one in changed}
        return changed

    def _drop(self, sids: Iterable[str]) -> None:
        for sid in sids:
            del self._up[sid]
            if not self._folded:
                self.board.withdraw(sid)

    def _render(self, new: Sequence[Request], changed: Sequence[Request]) -> None:
        before = self._folded
        self._folded = bool(self._up) and (before or self._many())
        if before and not self._folded:
            self.board.withdraw(SUMMARY)
        elif self._folded:
            if not before:
                for sid in self._up.keys() - {one.challenge.sid for one in new}:
                    self.board.withdraw(sid)
            self._tell(SUMMARY, self._up.values(), new=bool(new))
        else:
            for one in (*new, *changed):
                self._tell(one.challenge.sid, [one], new=one not in changed)

    def _many(self) -> bool:
        return len(self._up) > MOST or any(
            self._burst(one.account.sid) for one in self._up.values()
        )

    def _burst(self, account_sid: str) -> bool:
        arrivals = self._arrivals[account_sid]
        return len(arrivals) > BURST and self.now() - arrivals[0] < BURST_TIME

    def _tell(self, ident: str, requests: Iterable[Request], *, new: bool) -> None:
        waiting = sum(1 for one in self._waiting.values() if not self.mutes.muted(one.account.sid))
        self.board.tell(Told(ident, tuple(requests), waiting, new))
