"""The service's clock as seen from here.

Two offsets, for two purposes (design §5): what is displayed follows the `Date` of every answer;
what tokens claim changes only on a 401, as the SDKs do it, so that one odd header can't make a
working token fail.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countersign.push.errors import TokenError

if TYPE_CHECKING:
    from collections.abc import Callable

NOTICEABLE = 60.0
"""Seconds of correction from which on the user is told."""
MAX_CORRECTION = 24 * 3600.0
"""Seconds of correction beyond which the service's date isn't believed."""


@dataclass
class ServiceClock:
    """Local time corrected by one service's; POSIX seconds, offsets are service minus local."""

    token_offset: float = 0.0
    display_offset: float = 0.0
    local: Callable[[], float] = field(default=time.time)

    def now(self) -> float:
        """Return the time to show and to judge expiry by."""
        return self.local() + self.display_offset

    def token_now(self) -> float:
        """Return the time that a device token claims."""
        return self.local() + self.token_offset

    def observe(self, date: float | None) -> None:
        """Take in an answer's `Date`; a date beyond all reason is left alone."""
        if date is not None and abs(date - self.local()) <= MAX_CORRECTION:
            self.display_offset = date - self.local()

    def correct_tokens(self, date: float) -> None:
        """Take the service's date for tokens too, after a 401 (protocol.md, "Clock").

        Raises TokenError where the two clocks are more than a day apart.
        """
        offset = date - self.local()
        if abs(offset) > MAX_CORRECTION:
            raise TokenError(
                "clock",
                "This computer's clock is more than a day off, so its answers aren't accepted.",
                "Set this computer's date and time, then try again.",
            )
        self.token_offset = self.display_offset = offset
