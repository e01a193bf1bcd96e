"""What can become of an answer other than what the user wanted."""

from __future__ import annotations

from typing import Final

from countersign.push.errors import CountersignError, InputError, StorageError

EXPIRED: Final = 60323
ANSWERED: Final = 60322
SIGNATURE: Final = 60324


class DecisionError(CountersignError):
    """An answer that wasn't taken as wanted, by what this device saw for itself.

    Names: `expired`, `already_answered` (by this device, as its history knows),
    `answered_elsewhere` (with this key, but not by this device: an alarm), `changed` (the
    request is no longer what was shown), `not_arrived` (surely not taken).
    """

    default_code = EXPIRED


def restored_error(aside: str) -> StorageError:
    """Return what is told of a database that had to be made anew; `aside`: the old file's name."""
    return StorageError(
        "restored",
        "Your accounts were restored from a copy: the profile's database was damaged.",
        f"Some of the history may be missing. The damaged file is kept as {aside}.",
    )


class UnknownFateError(CountersignError):
    """Whether an answer arrived isn't known yet; it is kept open and asked about, never resent."""

    default_code = 60401


class AlreadyDecidingError(InputError):
    """Another window, command or click is answering this very challenge."""

    def __init__(self) -> None:
        super().__init__(
            "being_answered",
            "An answer to this request is on its way, or what became of it isn't known yet.",
            "See: countersign history",
        )
