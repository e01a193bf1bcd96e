"""Only the system's own keyring is used, and is called what people call it."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import keyring
import pytest
from keyring.backends import SecretService, Windows, chainer, fail, kwallet, macOS, null
from keyring.errors import NoKeyringError

from countersign.storage import keyring_backends
from countersign.storage.keyring_backends import require_trusted, store_name, system_backend
from countersign.storage.keyring_store import OsKeyStore
from tests.unit.storage.keys.keys_support import CALLS, Entries, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from countersign.storage.keyring_backends import Backend


def _named(module: str, name: str) -> Callable[[], Backend]:
    """Return a class that only says that it comes from somewhere else."""
    kind = type(name, (Entries,), {"__module__": module, "__qualname__": name})
    return cast("Callable[[], Backend]", kind)


UNTRUSTED = {
    "null": null.Keyring,
    "fail": fail.Keyring,
    "chainer": chainer.ChainerBackend,
    "plain text": _named("keyrings.alt.file", "PlaintextKeyring"),
    "encrypted file": _named("keyrings.alt.file", "EncryptedKeyring"),
    "impostor": _named("keyring.backends.SecretService", "Keyring"),
    "nothing": lambda: None,
}


@pytest.mark.anyio
@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("name", UNTRUSTED)
async def test_others_are_refused(name: str, method: str) -> None:
    store = OsKeyStore("tests", backend_factory=cast("Callable[[], Backend]", UNTRUSTED[name]))
    error = await failure_of(CALLS[method](store))
    await store.aclose()
    assert error.name == "refused"
    assert error.message == (
        "The password store here keeps secrets unprotected, so Countersign won't use it."
    )


@pytest.mark.parametrize(
    "kind", [SecretService.Keyring, kwallet.DBusKeyring, macOS.Keyring, Windows.WinVaultKeyring]
)
def test_the_systems_own_are_trusted(kind: Callable[[], Backend]) -> None:
    backend = kind()
    assert require_trusted(backend) is backend


def test_settings_of_keyring_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("KEYRING_PROPERTY_GET_PREFERRED_COLLECTION", "rubbish")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings = tmp_path / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir()
    settings.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    assert isinstance(keyring.get_keyring(), null.Keyring)
    monkeypatch.setattr(sys, "platform", "linux")
    backend = system_backend()
    assert type(backend) is SecretService.Keyring
    assert callable(backend.get_preferred_collection)


def test_kwallet_stands_in_where_no_secret_service_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(kwallet.DBusKeyring, "viable", True)
    backend = system_backend()
    assert type(backend) is kwallet.DBusKeyring
    assert store_name(backend) == "KWallet"


@pytest.mark.anyio
async def test_a_missing_keyring_is_looked_for_again(entries: Entries) -> None:
    def none(*_: str) -> None:
        raise NoKeyringError

    absent = Entries()
    absent.get = none
    found = iter([absent, entries])
    store = OsKeyStore("tests", backend_factory=lambda: next(found).backend())
    assert (await failure_of(store.create("mine"))).name == "missing"
    await store.create("mine")
    await store.sign("mine", b"and keeps to the one that it has found")
    await store.aclose()


def test_the_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(macOS.Keyring, "keychain", "/from/KEYCHAIN_PATH")
    backend = system_backend()
    assert type(backend) is macOS.Keyring
    assert backend.keychain is None  # else each call would warn
    assert store_name(require_trusted(backend)) == "Keychain"


def test_the_credential_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    win32cred = SimpleNamespace(CRED_PERSIST_LOCAL_MACHINE=2, CRED_PERSIST_ENTERPRISE=3)
    monkeypatch.setattr(Windows, "win32cred", win32cred, raising=False)
    backend = system_backend()
    assert type(backend) is Windows.WinVaultKeyring
    assert backend.persist == 2  # never roams with the profile
    assert store_name(require_trusted(backend)) == "Credential Manager"


@pytest.mark.parametrize("provider", [None, "KeePassXC"])
def test_the_program_behind_the_secret_service(
    monkeypatch: pytest.MonkeyPatch, provider: str | None
) -> None:
    monkeypatch.setattr(keyring_backends, "_provider", lambda: provider)
    backend = SecretService.Keyring()  # type: ignore[no-untyped-call]
    assert store_name(backend) == (provider or "the Secret Service")


def test_a_bus_that_is_gone_leaves_the_common_name() -> None:
    backend = SecretService.Keyring()  # type: ignore[no-untyped-call]
    assert store_name(backend) == "the Secret Service"
