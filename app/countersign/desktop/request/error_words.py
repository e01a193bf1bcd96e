"""Why an answer wasn't sent, or a request couldn't be read: a sentence for each kind of error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import message_of
from countersign.desktop.request.endings import BUG
from countersign.push.errors import (
    ApiError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
    TokenError,
)

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView
    from countersign.push.errors import CountersignError

translate = QCoreApplication.translate

_BUSY: Final = 500


def error_text(error: CountersignError, view: RequestView, *, reading: bool) -> str:
    """Return what happened, and what is sure: that nothing was answered."""
    why = _why(error).format(account=view.label, host=view.host, error_says=message_of(error))
    if reading:
        return translate("Request", "Couldn't get the full request.") + f" {why}"
    if isinstance(error, (ApiError, MappingError)):
        sure = translate("Request", "Your answer was not taken.")
    else:
        sure = translate("Request", "Nothing was sent.")
    return f"{why} {sure}"


def _why(error: CountersignError) -> str:
    if isinstance(error, KeyStorageError):
        return _why_no_key(error.name)
    if isinstance(error, ApiError):
        return _why_refused(error)
    if error.name == "no_signature_fields":
        return translate("Request", "{host} didn't say what to sign.")
    if error.name == BUG:
        return translate("Request", "Something went wrong inside Countersign.")
    for kind, text in _by_kind().items():
        if isinstance(error, kind):
            return text
    return "{error_says}"


def _by_kind() -> dict[type[CountersignError], str]:
    return {
        MappingError: translate("Request", "{host} answered, but not as expected."),
        NetworkError: translate("Request", "Can't reach {host}. Check your connection."),
        TokenError: translate("Request", "This computer's date or time is wrong. Set it first."),
        StorageError: translate(
            "Request", "Can't save on this computer: the disk may be full or read-only."
        ),
    }


def _why_no_key(name: str) -> str:
    match name:
        case "locked":
            return translate("Request", "Your password store is locked. Unlock it to go on.")
        case "dismissed":
            return translate("Request", "Your password store is still locked.")
        case "missing":
            return translate("Request", "No password store is running on this computer.")
        case "gone":
            return translate(
                "Request",
                "The key for {account} is gone and can't be brought back."
                " Remove the account and add it again.",
            )
        case _:
            return "{error_says}"


def _why_refused(error: ApiError) -> str:
    if error.status == 429 or error.status >= _BUSY:  # noqa: PLR2004 - too many requests
        return translate("Request", "{host} is busy. Try again in a minute.")
    if error.status == 401:  # noqa: PLR2004 - not authorized
        return translate("Request", "{host} doesn't accept this computer's key.")
    return translate("Request", "{host} refused this.")
