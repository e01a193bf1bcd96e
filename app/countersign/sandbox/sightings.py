"""When each device was last heard of."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countersign.sandbox.changes import Changes

FRESH = 1.0
"""Seconds within which another call is no news."""
MAX_KEPT = 10_000


class Sightings:
    """Factor sids and the sandbox's time of their last authenticated call; in memory alone."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}

    def note(self, factor_sid: str, now: float) -> None:
        """Note that a device proved to be there."""
        with self._lock:
            before = self._last.pop(factor_sid, None)
            self._last[factor_sid] = now  # at the end: the first one is the longest unseen
            if len(self._last) > MAX_KEPT:
                del self._last[next(iter(self._last))]
        if before is None or abs(now - before) >= FRESH:
            self._changes.bump()

    def last(self, factor_sid: str) -> float | None:
        """Give the time, or None if it wasn't heard of since the sandbox started."""
        with self._lock:
            return self._last.get(factor_sid)
