"""Accounts that the user wants no notices of for a while. Knows no Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MUTE: Final = 20 * 60.0
"""Seconds for which "Stop notices for 20 min" holds."""


@dataclass
class Mutes:
    """Their requests still show. Not kept across starts.

    Each of `listeners` is called after a change by the user.

    `now` is POSIX time, which is also what is told to the user; a clock that is set back doesn't
    make a mute longer than it was meant to be.
    """

    now: Callable[[], float] = time.time
    listeners: list[Callable[[], None]] = field(default_factory=list)
    _muted: dict[str, tuple[float, float]] = field(default_factory=dict)

    def mute(self, account_sid: str, seconds: float = MUTE) -> None:
        """Show no notices of an account from now on, for so long."""
        self._muted[account_sid] = (self.now(), seconds)
        self._tell()

    def until(self, account_sid: str) -> float | None:
        """Return until when an account is muted, in POSIX time; None if it isn't."""
        since, seconds = self._muted.get(account_sid, (0.0, 0.0))
        if not 0 <= self.now() - since < seconds:
            self._muted.pop(account_sid, None)
            return None
        return since + seconds

    def muted(self, account_sid: str) -> bool:
        """Tell whether an account is muted now."""
        return self.until(account_sid) is not None

    @property
    def any(self) -> bool:
        """Whether any account is muted now."""
        return any(self.muted(sid) for sid in list(self._muted))

    def unmute(self, account_sid: str) -> None:
        """Turn an account's notices on again."""
        self._muted.pop(account_sid, None)
        self._tell()

    def clear(self) -> None:
        """Turn notices on again, for all accounts."""
        self._muted.clear()
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
