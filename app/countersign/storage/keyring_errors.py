"""Turns whatever a keyring raises into the one error that the rest of the app knows.

Nothing of the original is kept but a class name in the debug log: its text, its context and the
variables of its frames may hold a secret.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Literal, get_args

from countersign.push.errors import KeyStorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ErrorName = Literal["missing", "locked", "dismissed", "refused", "gone", "failed", "pin"]
"""What `KeyStore` may complain of."""

NAMES: Final[frozenset[str]] = frozenset(get_args(ErrorName))
A_STORE: Final = "the password store"
"""What to call a store of which nothing better is known."""

_log = logging.getLogger(__name__)

_GONE_HINT: Final = "Remove the account and add it again."
_SENTENCES: Final[dict[ErrorName, tuple[str, str]]] = {
    "missing": (
        "No password store is running on this computer. Countersign needs one for its keys.",
        "Start GNOME Keyring, KWallet or another Secret Service, then try again.",
    ),
    "locked": (
        "{Store} is locked. Countersign can't check for requests or answer them.",
        "Unlock it, then try again.",
    ),
    "dismissed": (
        "{Store} is locked. Its question was closed, so Countersign can't see or answer requests.",
        "Try again, and answer the question.",
    ),
    "refused": (
        "The password store here keeps secrets unprotected, so Countersign won't use it.",
        "Use GNOME Keyring, KWallet, Keychain or Credential Manager, then try again.",
    ),
    "gone": ("The key for this account is gone and can't be brought back.", _GONE_HINT),
    "pin": (
        "Countersign is locked by its PIN, so its keys can't be used.",
        "Unlock Countersign in its window. The command line can't use keys that a PIN protects.",
    ),
    "failed": (
        "{Store} didn't do what Countersign asked of it.",
        "Try again. If that doesn't help, sign out of this computer and in again.",
    ),
}

# By name and not by class: most of these modules exist on one system only, and importing them
# all takes longer than a signature.
_BY_CLASS: Final[dict[str, ErrorName]] = {
    "builtins.ConnectionError": "missing",
    "builtins.FileNotFoundError": "missing",
    "keyring.backends.macOS.api.KeychainDenied": "dismissed",  # errSecUserCanceled
    "keyring.errors.InitError": "missing",
    "keyring.errors.KeyringLocked": "locked",
    "keyring.errors.NoKeyringError": "missing",
    "secretstorage.exceptions.LockedException": "locked",
    "secretstorage.exceptions.PromptDismissedException": "dismissed",
    "secretstorage.exceptions.SecretServiceNotAvailableException": "missing",
}
_BY_DBUS_NAME: Final[dict[str, ErrorName]] = {"org.freedesktop.Secret.Error.IsLocked": "locked"}
_BY_WINDOWS_CODE: Final[dict[int, ErrorName]] = {
    1312: "missing",  # ERROR_NO_SUCH_LOGON_SESSION: a network logon has no Credential Manager
}
_BY_KEYCHAIN_STATUS: Final[dict[int, ErrorName]] = {
    -25308: "locked",  # errSecInteractionNotAllowed: locked, and nobody can be asked
}


def key_error(name: ErrorName, store: str = A_STORE) -> KeyStorageError:
    """Return the error of that name, with the usual sentences about a store called `store`."""
    message, hint = _SENTENCES[name]
    return KeyStorageError(name, message.format(Store=store[:1].upper() + store[1:]), hint)


def unusable_key_error() -> KeyStorageError:
    """Return the error for an entry that somebody else has written over."""
    return KeyStorageError(
        "gone", "The key for this account was changed in the password store.", _GONE_HINT
    )


def taken_error() -> KeyStorageError:
    """Return the error for a name under which a key is kept already."""
    return KeyStorageError(
        "failed",
        "The password store has a key of that name already. Nothing was changed.",
        "Start again: the next key gets another name.",
    )


def busy_error() -> KeyStorageError:
    """Return the error for a store that waits for an answer that we no longer wait for."""
    return KeyStorageError(
        "locked",
        "The password store still waits for an answer to its last question.",
        "Answer it or close it, then try again.",
    )


def translated(error: Exception, store: Callable[[], str]) -> KeyStorageError:
    """Return a fresh error for what a keyring raised; `store` is asked for its name at need."""
    if isinstance(error, KeyStorageError):
        return KeyStorageError(error.name, error.message, error.hint)
    chain = list(_causes(error))
    _log.debug("keyring: %s", " from ".join(map(_class_name, map(type, chain))))
    # The deepest cause knows best: a dismissed prompt comes wrapped as a failed start.
    names = (_by_code(cause) or _by_class(cause) for cause in reversed(chain))
    return key_error(next(filter(None, names), "failed"), store())


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _by_class(error: BaseException) -> ErrorName | None:
    names = (_BY_CLASS.get(_class_name(kind)) for kind in type(error).__mro__)
    return next(filter(None, names), None)


def _by_code(error: BaseException) -> ErrorName | None:
    kind = _class_name(type(error))
    if kind == "jeepney.wrappers.DBusErrorResponse":
        return _BY_DBUS_NAME.get(str(getattr(error, "name", "")))
    if kind == "keyring.backends.macOS.api.Error" and error.args:
        return _BY_KEYCHAIN_STATUS.get(error.args[0])
    return _BY_WINDOWS_CODE.get(getattr(error, "winerror", None) or 0)


def _class_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
