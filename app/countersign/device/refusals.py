"""What an error says about asking again: later, or never, since nobody knows us there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.push.api_errors import SIGN_IN_FIRST
from countersign.push.errors import ApiError, KeyStorageError, MappingError, NetworkError

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

_UNKNOWN: Final = frozenset({401, 404})
_BUSY: Final = 429
_SIGN_IN_FIRST: Final = 511  # RFC 6585, 6
_OURS: Final = frozenset({60401, 60402})
"""Codes of an ApiError whose body wasn't the API's: our own words for it."""


def unknown_there(error: CountersignError) -> bool:
    """Tell whether a service says that it knows no such factor, or no such key (protocol.md §2).

    The service itself: a network's sign-in page that answers 404 knows nothing of it.
    """
    return isinstance(error, ApiError) and error.status in _UNKNOWN and error.code not in _OURS


def somebody_else(error: CountersignError | None) -> bool:
    """Tell whether what answered isn't the service: a page, a redirect, anything but its JSON.

    That is how a network's sign-in page shows where it gets past TLS, and a company's proxy.
    """
    if isinstance(error, NetworkError):
        return error.name == SIGN_IN_FIRST
    if isinstance(error, MappingError):
        return error.name == "bad_answer"
    if not isinstance(error, ApiError) or error.code not in _OURS:
        return False
    return error.status == _SIGN_IN_FIRST or error.code == MappingError.default_code


def retry_after(error: CountersignError | None) -> float:
    """Return the seconds for which a service wants to be left alone; 0 where it doesn't say."""
    return (error.retry_after or 0.0) if isinstance(error, ApiError) else 0.0


def asked_to_wait(error: CountersignError | None) -> bool:
    """Tell whether a service wants to be asked less often, with or without a time."""
    return isinstance(error, ApiError) and (error.status == _BUSY or bool(error.retry_after))


def store_closed(error: CountersignError | None) -> bool:
    """Tell whether the user has to unlock the password store."""
    return isinstance(error, KeyStorageError) and error.name in {"locked", "dismissed"}
