"""Errors that an answer can end with, made as the device makes them."""

from __future__ import annotations

from countersign.device import fate
from countersign.device.errors import AlreadyDecidingError, UnknownFateError
from countersign.push.errors import (
    ApiError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
    TokenError,
)
from countersign.push.values import ChallengeStatus


def ended(name: str, status: ChallengeStatus | None = None) -> Exception:
    """Return what Decisions raises where an answer wasn't taken."""
    return fate.explain(fate.Verdict(status, name), ChallengeStatus.APPROVED)


UNKNOWN = UnknownFateError("unknown", "We don't know yet.")
BEING_ANSWERED = AlreadyDecidingError()
LOCKED = KeyStorageError("locked", "GNOME Keyring is locked.")
DISMISSED = KeyStorageError("dismissed", "GNOME Keyring is still locked.")
GONE_KEY = KeyStorageError("gone", "The key is gone.")
OFFLINE = NetworkError("unreachable", "Can't reach it.")
CLOCK = TokenError("clock", "This computer's clock is more than a day off.")
DISK_FULL = StorageError("disk_full", "The disk is full.")
NO_FIELDS = MappingError("no_signature_fields", "The service didn't say what to sign.")
NOT_FOUND = ApiError("not_found", "Not found.", code=20404, status=404)
BUSY = ApiError("too_many_requests", "Busy.", code=20429, status=429)
ODD = KeyStorageError("refused", "The password store keeps secrets unprotected: {this}.")
