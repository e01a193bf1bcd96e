"""The sandbox's own clock. Expiry, tokens and every date come from it, so a test can move time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_OFFSET = 10 * 365 * 86_400
"""Seconds a clock may be moved either way: keeps every date within four-digit years."""


class Clock:
    """Real time plus an offset. Safe to read and move from several threads."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0

    @property
    def offset(self) -> float:
        """Seconds that this clock is ahead of real time; negative when behind."""
        return self._offset

    def now(self) -> float:
        """Seconds since 1970 by this clock, with fractions."""
        return self._source() + self._offset

    def move(self, offset: float) -> None:
        """Set the offset, in seconds, counted from real time and not from the offset before.

        Raises ValueError beyond `MAX_OFFSET` either way.
        """
        if not -MAX_OFFSET <= offset <= MAX_OFFSET:
            raise ValueError(f"The clock can be moved by {MAX_OFFSET} seconds at most.")
        self._offset = float(offset)
