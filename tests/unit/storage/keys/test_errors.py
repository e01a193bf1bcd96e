"""Whatever a keyring raises, one error comes out, and no secret with it."""

from __future__ import annotations

import base64
import importlib
import logging
import pkgutil
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import jeepney
import keyring.errors
import pytest
import secretstorage.exceptions
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from jeepney.low_level import HeaderFields

import countersign
from countersign.push.errors import KeyStorageError
from countersign.storage.keyring_errors import key_error
from tests.unit.storage.keys.keys_support import CALLS, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from countersign.storage.keyring_store import OsKeyStore
    from tests.unit.storage.keys.keys_support import Entries

pytestmark = pytest.mark.anyio

SECRET = "the secret itself"
PACKAGE = Path(countersign.__file__).parent


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    """Import what of a package can be imported here, its own tests left out."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "tests" in found.name or found.name.endswith(("__main__", "trio")):
            continue
        yield importlib.import_module(found.name)


def _defined_in(modules: Iterator[ModuleType]) -> set[type[Exception]]:
    return {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and value.__module__ == module.__name__
    }


def _dbus_error(name: str) -> Exception:
    target = jeepney.DBusAddress("/", bus_name="org.freedesktop.secrets")
    message = jeepney.new_method_call(target, "Any", "s", (SECRET,))
    message.header.message_type = jeepney.MessageType.error
    message.header.fields[HeaderFields.error_name] = name
    error: Exception = jeepney.DBusErrorResponse(message)
    return error


def _made(kind: type[Exception]) -> Exception:
    if kind is jeepney.DBusErrorResponse:
        return _dbus_error("org.freedesktop.DBus.Error.LimitsExceeded")
    return kind(SECRET)


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


DEFINED = (
    _defined_in(iter([keyring.errors]))
    | _defined_in(iter([secretstorage.exceptions]))
    | _defined_in(_modules_of(jeepney))
)
COMMON = {KeyError, RuntimeError, TypeError, ValueError, AssertionError, NameError, ImportError}
COMMON |= {OSError, PermissionError, TimeoutError, EOFError, NotImplementedError, MemoryError}
NAMED = {
    "KeyringLocked": "locked",
    "LockedException": "locked",
    "PromptDismissedException": "dismissed",
    "NoKeyringError": "missing",
    "InitError": "missing",
    "SecretServiceNotAvailableException": "missing",
    "FileNotFoundError": "missing",
    "ConnectionRefusedError": "missing",
    "ConnectionResetError": "missing",
    "BrokenPipeError": "missing",
}
ALL = DEFINED | COMMON | {FileNotFoundError, ConnectionRefusedError}
ALL |= {ConnectionResetError, BrokenPipeError}


def _raises(error: Exception) -> Callable[..., NoReturn]:
    def call(*_: object) -> NoReturn:
        raise error

    return call


def test_the_walk_has_found_them() -> None:
    names = {kind.__name__ for kind in DEFINED}
    assert {"SizeLimitError", "DBusErrorResponse", "AuthenticationError", "RouterClosed"} <= names
    assert {"PasswordSetError", "PasswordDeleteError", "ItemNotFoundException"} <= names


@pytest.mark.parametrize("kind", sorted(ALL, key=repr))
@pytest.mark.parametrize("broken", ["get", "put", "drop"])
async def test_each_has_its_name(
    entries: Entries, os_store: OsKeyStore, kind: type[Exception], broken: str
) -> None:
    await os_store.create("mine")
    before = dict(entries.secrets)
    setattr(entries, broken, _raises(_made(kind)))
    expected = NAMED.get(kind.__name__, "failed")
    calls = {"get": ("create", "sign", "public_key", "check"), "put": ("create", "check")}
    for method in calls.get(broken, ("delete",)):
        error = await failure_of(CALLS[method](os_store))
        assert error.name == expected
        assert SECRET not in f"{error} {error!r} {error.args} {error.hint} {vars(error)}"
    assert entries.secrets == before


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (_dbus_error("org.freedesktop.Secret.Error.IsLocked"), "locked"),
        (_dbus_error("org.freedesktop.DBus.Error.NoMemory"), "failed"),
        (
            # What keyring makes of a question that was closed while a collection is made.
            _caused(
                keyring.errors.InitError(), secretstorage.exceptions.PromptDismissedException()
            ),
            "dismissed",
        ),
        (_caused(keyring.errors.PasswordSetError(), ConnectionResetError()), "missing"),
    ],
    ids=["locked", "other D-Bus error", "dismissed inside", "reset inside"],
)
async def test_the_deepest_cause_decides(
    entries: Entries, os_store: OsKeyStore, error: Exception, name: str
) -> None:
    entries.get = _raises(error)
    assert (await failure_of(os_store.sign("mine", b"data"))).name == name


class _KeychainError(Exception):
    """As keyring's module for macOS has it, which can't be imported elsewhere."""


class _WindowsError(Exception):
    """As pywin32 has it."""

    def __init__(self, winerror: int) -> None:
        super().__init__(winerror)
        self.winerror = winerror


_KeychainError.__module__ = "keyring.backends.macOS.api"
_KeychainError.__qualname__ = "Error"
_KeychainDenied = type(
    "KeychainDenied", (_KeychainError,), {"__module__": _KeychainError.__module__}
)


@pytest.mark.parametrize(
    ("cause", "name"),
    [
        (_KeychainDenied(-128), "dismissed"),
        (_KeychainError(-25308), "locked"),
        (_KeychainError(-1), "failed"),
        (_KeychainError(), "failed"),
        (_WindowsError(1312), "missing"),
        (_WindowsError(5), "failed"),
    ],
)
async def test_codes_of_other_systems(
    entries: Entries, os_store: OsKeyStore, cause: Exception, name: str
) -> None:
    entries.get = _raises(_caused(keyring.errors.KeyringError(), cause))
    assert (await failure_of(os_store.sign("mine", b"data"))).name == name


async def test_no_frame_of_ours_holds_the_secret(entries: Entries, os_store: OsKeyStore) -> None:
    def leaks(_: str, __: str, secret: str) -> NoReturn:
        raise keyring.errors.PasswordSetError(secret)

    entries.put = leaks
    error = await failure_of(os_store.create("mine"))
    frames = traceback.StackSummary.extract(
        traceback.walk_tb(error.__traceback__), capture_locals=True
    )
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    shown = [text for frame in ours for text in (frame.locals or {}).values()]
    assert shown
    assert not [text for text in shown if "MIGHAgEA" in text]  # how each key begins


async def test_the_log_names_classes_only(
    entries: Entries, os_store: OsKeyStore, caplog: pytest.LogCaptureFixture
) -> None:
    entries.get = _raises(OSError(SECRET))
    with caplog.at_level(logging.DEBUG):
        await failure_of(os_store.sign("mine", b"data"))
    assert "keyring: builtins.OSError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "rubbish",
    ["", "rubbish", "é", "MIGH", "AAAA", "====", "a" * 100_000],
    ids=lambda text: text[:9],
)
async def test_rubbish_is_no_key(entries: Entries, os_store: OsKeyStore, rubbish: str) -> None:
    await os_store.create("mine")
    entries.secrets = dict.fromkeys(entries.secrets, rubbish)
    error = await failure_of(os_store.sign("mine", b"data"))
    assert error.name == "gone"
    assert error.message == "The key for this account was changed in the password store."
    await os_store.delete("mine")
    assert entries.secrets == {}


@pytest.mark.parametrize(
    "other",
    [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()],
    ids=["P-384", "Ed25519"],
)
async def test_a_key_of_another_kind_is_none(
    entries: Entries,
    os_store: OsKeyStore,
    other: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey,
) -> None:
    await os_store.create("mine")
    der = other.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    entries.secrets = dict.fromkeys(entries.secrets, base64.b64encode(der).decode())
    assert (await failure_of(os_store.sign("mine", b"data"))).name == "gone"


async def test_a_key_with_something_else_is_none(entries: Entries, os_store: OsKeyStore) -> None:
    await os_store.create("mine")
    entries.secrets = {name: f"!{secret}" for name, secret in entries.secrets.items()}
    assert (await failure_of(os_store.sign("mine", b"data"))).name == "gone"


@pytest.mark.parametrize("method", ["create", "check"])
async def test_a_keyring_that_garbles_is_found_out(
    entries: Entries, os_store: OsKeyStore, method: str
) -> None:
    entries.put = lambda service, user, secret: entries.store(service, user, secret[:20])
    assert (await failure_of(CALLS[method](os_store))).name == "failed"
    assert entries.secrets == {}


async def test_a_write_that_fails_half_way_is_tidied_up(
    entries: Entries, os_store: OsKeyStore
) -> None:
    def put(service: str, user: str, secret: str) -> None:
        entries.store(service, user, secret)
        raise keyring.errors.PasswordSetError

    entries.put = put
    assert (await failure_of(os_store.create("mine"))).name == "failed"
    assert entries.secrets == {}


async def test_a_failing_clean_up_hides_nothing(entries: Entries, os_store: OsKeyStore) -> None:
    entries.put = _raises(ConnectionResetError())
    entries.drop = _raises(KeyError())
    assert (await failure_of(os_store.create("mine"))).name == "missing"


def test_sentences_begin_with_a_capital_letter() -> None:
    error = key_error("locked", "the Secret Service")
    assert error.message.startswith("The Secret Service is locked.")
    assert isinstance(error, KeyStorageError)
    assert key_error("locked").message.startswith("The password store is locked.")
