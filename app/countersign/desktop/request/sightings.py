"""What polls tell of the request that is open: whether it is another one now, and when to ask.

A poll may have begun before the text on the screen was fetched, and a list may lag behind: its
word alone never moves what is being read, except where it is surely newer.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

import msgspec

from countersign.desktop.request.rows import differs
from countersign.push.dates import parse_date

if TYPE_CHECKING:
    from datetime import datetime

    from countersign.push.values import Challenge

_MOST: Final = 16


class Sighting(enum.Enum):
    """How a poll's copy of a request stands to the one that is shown."""

    SAME = enum.auto()
    OLDER = enum.auto()
    NEWER = enum.auto()
    UNCLEAR = enum.auto()  # differs, and its date doesn't say which one is newer


def compare(shown: Challenge, seen: Challenge) -> Sighting:
    """Compare by content, then by `date_updated`, which counts whole seconds alone."""
    if not differs(shown, seen):
        return Sighting.SAME
    ours, theirs = _updated(shown), _updated(seen)
    if ours is None or theirs is None or ours == theirs:
        return Sighting.UNCLEAR
    return Sighting.NEWER if theirs > ours else Sighting.OLDER


class Patience:
    """Lets more polls pass after each look that brought nothing: 1, 2, 4 and so on.

    Without it, a list that lags behind would cost one more request with each poll.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin anew: what was seen is in order."""
        self._to_pass, self._pause = 0, 1

    def spend(self) -> None:
        """Take in that a look brought nothing."""
        self._to_pass, self._pause = self._pause, min(2 * self._pause, _MOST)

    def over(self) -> bool:
        """Count one poll, and tell whether it is time to look."""
        if self._to_pass:
            self._to_pass -= 1
            return False
        return True


def _updated(challenge: Challenge) -> datetime | None:
    try:
        text = msgspec.json.decode(challenge.members["date_updated"], type=str)
        return parse_date(text)
    except (KeyError, ValueError):  # msgspec's errors are ValueErrors
        return None
