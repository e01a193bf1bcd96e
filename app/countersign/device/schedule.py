"""How long to wait before an account is asked again, as design §5 has it.

All times are monotonic seconds; each interval is before jitter.
"""

from __future__ import annotations

import enum
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.device.watch import Pace
from countersign.push.address import is_loopback

if TYPE_CHECKING:
    from countersign.device.watch import Watch

EAGER: Final = 2.0
ACTIVE: Final = 5.0
BACKGROUND: Final = 10.0
AWAY: Final = 60.0
SLOWEST: Final = 300.0
INTENT: Final = 60.0
"""Seconds for which any sign that a request is about to come makes polling eager."""
JITTER: Final = 0.1
_MOST_DOUBLINGS: Final = 10


class Presence(enum.Enum):
    """Where the user is, as far as the desktop tells; AWAY: screen locked, computer asleep."""

    ACTIVE = "active"
    BACKGROUND = "background"
    AWAY = "away"


def any_jitter() -> float:
    """Return what to stretch or shorten a pause by, so that not all computers ask at once."""
    return random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load


@dataclass
class Schedule:
    """What the intervals depend on, other than each account's own state.

    `active` and `background` are the user's (seconds; 0 in the background for never), `connected`
    is whether the system knows of a network.
    """

    presence: Presence = Presence.BACKGROUND
    active: float = ACTIVE
    background: float = BACKGROUND
    connected: bool = True
    eager_until: float = 0.0

    def eager(self, now: float) -> bool:
        """Tell whether a request is likely to come within the minute."""
        return now < self.eager_until

    def off(self, now: float) -> bool:
        """Tell whether nobody is asked: the user wants no polling in the background.

        A sign of intent counts there as well, but not while the user is away.
        """
        if self.presence is Presence.ACTIVE or self.background > 0:
            return False
        return self.presence is Presence.AWAY or not self.eager(now)

    def interval(self, watch: Watch, now: float, *, pending: bool = False) -> float:
        """Return the seconds from one answer to the next question; `off` is another matter.

        `pending` is whether a request waits in any account. One that fails is never asked more
        often than if it worked.
        """
        pause = self._usual(now, pending=pending)
        if watch.store_closed:
            pause = max(pause, BACKGROUND)  # whether it is still closed is all that is looked at
        elif watch.failures:
            doubled = EAGER * 2.0 ** min(watch.failures, _MOST_DOUBLINGS)
            pause = max(pause, min(doubled, SLOWEST))
        return max(pause, AWAY) if self._without_network(watch) else pause

    def plan(self, watch: Watch, now: float, *, pending: bool = False) -> None:
        """Set when an account is asked next, and why then."""
        watch.pace = self._pace(watch, now)
        if watch.soon or watch.asked_at is None:
            due = 0.0  # not `now`: by the time that somebody compares, it is later
        else:
            due = watch.asked_at + self.interval(watch, now, pending=pending) * watch.spread
        watch.next_at = max(due, watch.not_before)

    def _usual(self, now: float, *, pending: bool) -> float:
        if self.presence is Presence.AWAY:
            return max(AWAY, self.background)
        if self.eager(now):
            return EAGER
        if self.presence is Presence.ACTIVE:
            return EAGER if pending else self.active
        return self.background

    def _pace(self, watch: Watch, now: float) -> Pace:
        if self.off(now):
            return Pace.OFF
        if self.presence is Presence.AWAY:
            return Pace.AWAY
        return Pace.NO_NETWORK if self._without_network(watch) else Pace.USUAL

    def _without_network(self, watch: Watch) -> bool:
        return not self.connected and not is_loopback(watch.account.api_url)
