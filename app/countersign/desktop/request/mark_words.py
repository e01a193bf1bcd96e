"""What became of "It wasn't me" that was pressed after denying: a sentence for each end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.request.endings import BUG
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    CountersignError,
    KeyStorageError,
    NetworkError,
    StorageError,
    TokenError,
)

if TYPE_CHECKING:
    from countersign.device.suspicion import Mark

translate = QCoreApplication.translate

_SERVER_TROUBLE: Final = 500


def advice_text(support: str) -> str:
    """Return what to do about somebody else's request."""
    return translate(
        "Request", "Someone may know your password. Change it, and tell {support}."
    ).format(support=support)


def telling_text(account: str) -> str:
    """Return what is said while the service is being told."""
    return translate("Request", "Telling {account}…").format(account=account)


def mark_text(mark: Mark | CountersignError, account: str) -> str:
    """Return where it is known now; an error means that not even history has it.

    "" where it was marked before: who was told then, history doesn't keep. All is safe to show.
    """
    if isinstance(mark, CountersignError):
        return _not_kept(mark)
    if mark.error is not None:
        return _not_told(mark.error).format(account=account)
    if mark.before:
        return ""
    return translate("Request", "{account} was told that it wasn't you.").format(account=account)


def _not_kept(error: CountersignError) -> str:
    if error.name == BUG:
        return translate("Request", "Something went wrong inside Countersign.")
    if error.name == "database_busy":
        why = translate("Request", "Another Countersign is busy. Try again.")
    elif isinstance(error, StorageError):
        why = translate(
            "Request", "Can't save that on this computer: the disk may be full or read-only."
        )
    else:
        why = translate("Request", "Your history here no longer has this denial.")
    nobody = translate("Request", "Nobody was told.")
    return f"{why} {nobody}"


def _not_told(error: CountersignError) -> str:
    noted = translate("Request", "Noted in your history here.")
    if isinstance(error, AnswerLostError):
        lost = translate("Request", "The connection broke, so {account} may not have been told.")
        return f"{noted} {lost}"
    if isinstance(error, ApiError) and error.status >= _SERVER_TROUBLE:
        trouble = translate("Request", "{account} has trouble, and may not have been told.")
        return f"{noted} {trouble}"
    why = _why(error)
    if not why:
        return f"{noted} " + translate("Request", "{account} couldn't be told.")
    return f"{noted} " + translate("Request", "{account} couldn't be told: {why}").replace(
        "{why}", why
    )


def _why(error: CountersignError) -> str:
    match error:
        case ApiError():
            return _refused(error.status)
        case KeyStorageError():
            return _no_key(error.name)
        case TokenError():
            return translate("Request", "this computer's date or time is wrong.")
        case NetworkError(name="certificate"):
            return translate("Request", "the connection to it isn't safe.")
        case NetworkError():
            return translate("Request", "it can't be reached.")
        case _:
            return _gone() if error.name == "account_removed" else ""


def _gone() -> str:
    return translate("Request", "the account was removed from this computer.")


def _refused(status: int) -> str:
    match status:
        case 401:
            return translate("Request", "it doesn't accept this computer's key.")
        case 404:
            return translate("Request", "it no longer has this request.")
        case 429:
            return translate("Request", "it is busy.")
        case _:
            return translate("Request", "it takes no such notes.")


def _no_key(name: str) -> str:
    match name:
        case "locked" | "dismissed":
            return translate("Request", "your password store is locked.")
        case "missing":
            return translate("Request", "no password store is running on this computer.")
        case "gone":
            return translate("Request", "the key for this account is gone.")
        case _:
            return translate("Request", "your password store can't be used.")
