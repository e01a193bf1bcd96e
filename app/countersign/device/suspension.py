"""Notices that the computer was asleep, on a clock that slept with it or one that did not."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SLEPT: Final = 5.0
_LATE: Final = 30.0
_NOISE: Final = 1.0

# Python's monotonic clock stands still during sleep on Linux and macOS, and these do not. On
# Windows it runs on by itself.
_RUNS_ON: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)
_CLOCK: Final[int | None] = getattr(time, _RUNS_ON, None) if _RUNS_ON else None


def seconds_asleep() -> float:
    """Return for how long this computer has slept, from an arbitrary start; 0 if nothing tells."""
    if _CLOCK is None:
        return 0.0
    return time.clock_gettime(_CLOCK) - time.monotonic()


@dataclass
class Suspension:
    """Is asked now and then whether the computer has slept meanwhile.

    `asleep` is `seconds_asleep` or a test's. Where it tells nothing, sleep is seen by a wait that
    took much longer than it should have; a process that was merely stopped looks the same.
    """

    asleep: Callable[[], float] = seconds_asleep
    _before: float = field(init=False)
    _expected: float | None = None

    def __post_init__(self) -> None:
        self._before = self.asleep()

    def expect(self, wake_at: float | None) -> None:
        """Take in when the wait that begins now is to end, in monotonic seconds; None: never."""
        self._expected = wake_at

    def since(self, now: float) -> tuple[float, bool]:
        """Return the seconds that the clock has missed, and whether the computer has slept."""
        missed = self.asleep() - self._before
        if missed < _NOISE:
            missed = 0.0
        self._before += missed
        late = self._expected is not None and now - self._expected > _LATE
        self._expected = None
        return missed, missed > _SLEPT or late
