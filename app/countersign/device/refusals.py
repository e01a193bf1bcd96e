"""What an error says about asking again: later, or never, since nobody knows us there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.push.errors import ApiError, KeyStorageError

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

_UNKNOWN: Final = frozenset({401, 404})


def unknown_there(error: CountersignError) -> bool:
    """Tell whether a service says that it knows no such factor, or no such key (protocol.md §2)."""
    return isinstance(error, ApiError) and error.status in _UNKNOWN


def retry_after(error: CountersignError | None) -> float:
    """Return the seconds for which a service wants to be left alone; 0 where it doesn't say."""
    return (error.retry_after or 0.0) if isinstance(error, ApiError) else 0.0


def store_closed(error: CountersignError | None) -> bool:
    """Tell whether the user has to unlock the password store."""
    return isinstance(error, KeyStorageError) and error.name in {"locked", "dismissed"}
