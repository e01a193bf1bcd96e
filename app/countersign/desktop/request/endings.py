"""What an error, or an answer's fate as history has it, means for an open request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.desktop.request.view import Phase, Say
from countersign.device.errors import (
    ANSWERED,
    EXPIRED,
    SIGNATURE,
    AlreadyDecidingError,
    DecisionError,
    UnknownFateError,
)
from countersign.push.errors import ApiError, InitializationError, NetworkError

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

BUG: Final = "internal"
_NOT_FOUND: Final = 404
_GONE: Final = 20404  # the API's own code for what isn't there


@dataclass(frozen=True, slots=True)
class Ending:
    """The state that follows; `reread` where the text must be fetched anew before it is."""

    phase: Phase
    say: Say
    code: int = 0
    reread: bool = False


_TOO_LATE: Final = Ending(Phase.EXPIRED, Say.TOO_LATE, EXPIRED)
_ALREADY: Final = Ending(Phase.CLOSED, Say.ALREADY_ANSWERED, ANSWERED)
_ELSEWHERE: Final = Ending(Phase.CLOSED, Say.ELSEWHERE, ANSWERED)
_TAKEN_BACK: Final = Ending(Phase.CLOSED, Say.GONE, _GONE)
_CHANGED: Final = Ending(Phase.LOADING, Say.CHANGED_ON_CLICK, SIGNATURE, reread=True)
UNKNOWN: Final = Ending(Phase.UNKNOWN, Say.UNKNOWN)

_BY_NAME: Final = {
    "expired": _TOO_LATE,
    "already_answered": _ALREADY,
    "answered_elsewhere": _ELSEWHERE,
    "changed": _CHANGED,
    "not_arrived": Ending(Phase.LOADING, Say.NOT_ARRIVED, NetworkError.default_code, reread=True),
    "no_signature_fields": Ending(Phase.UNREADABLE, Say.UNREADABLE),
}
_BY_FATE: Final = _BY_NAME | {
    "expired": Ending(Phase.EXPIRED, Say.EXPIRED_FIRST, EXPIRED),
    "not_found": _TAKEN_BACK,
    "account_removed": _TAKEN_BACK,
}


def bug() -> CountersignError:
    """Return what stands for an exception that nobody expected; it is logged elsewhere."""
    return InitializationError(BUG, "Something went wrong inside Countersign.")


def of_verdict(name: str | None) -> Ending:
    """Return what `fate.judge_before` on a fetched request means."""
    if name == "expired":
        return Ending(Phase.EXPIRED, Say.EXPIRED)
    return _BY_NAME.get(name or "", _ELSEWHERE)


def of_fate(name: str) -> Ending:
    """Return what history's word on an answer that failed means.

    Names that aren't listed are those of answers that never left this computer.
    """
    return _BY_FATE.get(name, _BY_NAME["not_arrived"])


def of_error(error: CountersignError) -> Ending:
    """Return what an error of answering means."""
    if isinstance(error, UnknownFateError):
        return UNKNOWN
    if isinstance(error, AlreadyDecidingError):
        return Ending(Phase.UNKNOWN, Say.BEING_ANSWERED, error.code)
    if isinstance(error, ApiError) and error.status == _NOT_FOUND:
        return Ending(Phase.CLOSED, Say.GONE, error.code)
    if isinstance(error, (DecisionError, ApiError)) or error.name == "no_signature_fields":
        known = _BY_NAME.get(error.name)
        if known is not None:
            return Ending(known.phase, known.say, error.code, known.reread)
    return Ending(Phase.READY, Say.NOT_TAKEN, error.code)
