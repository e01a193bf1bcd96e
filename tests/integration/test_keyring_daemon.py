"""Keys in a real GNOME Keyring, seen from both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import keyring.backends.SecretService
import pytest

from countersign.push.errors import KeyStorageError
from countersign.storage import keyring_keys
from countersign.storage.keyring_backends import system_backend
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.keyring_worker import Worker
from tests.unit.storage.keys.keys_support import (
    CALLS,
    check_signature,
    failure_of,
    public_key_in,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from countersign.testing.secret_service import PrivateSecretService

# Nothing that fails may leave its connection to the garbage collector.
pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("error::ResourceWarning")]


@pytest.fixture
async def store(secret_service: PrivateSecretService) -> AsyncIterator[OsKeyStore]:
    del secret_service  # it is in the environment now
    store = OsKeyStore("daemon")
    yield store
    await store.aclose()


@pytest.fixture
async def aside() -> AsyncIterator[Worker]:
    """Return a thread for what blocks in a test itself."""
    worker = Worker("test")
    yield worker
    await worker.aclose()


def _keyring() -> Any:  # noqa: ANN401 - keyring is untyped
    return keyring.backends.SecretService.Keyring()  # type: ignore[no-untyped-call]


async def test_an_entry_is_the_key_and_nothing_else(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    public_key = await store.create("mine")
    (item,) = await aside.run(secret_service.items)
    assert public_key_in(item.secret) == public_key
    assert item.attributes["service"] == "Countersign/daemon/mine"
    assert item.attributes["username"] == "mine"
    await store.delete("mine")
    assert await aside.run(secret_service.items) == []


async def test_the_check_leaves_nothing(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    assert await store.check() == "GNOME Keyring"
    assert await aside.run(secret_service.items) == []


async def test_namespaces_share_nothing(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    other = OsKeyStore("other")
    mine, theirs = await store.create("same"), await other.create("same")
    assert mine != theirs
    await other.delete("same")
    await other.aclose()
    assert await store.public_key("same") == mine
    assert len(await aside.run(secret_service.items)) == 1


async def test_a_new_store_finds_the_keys_of_an_old_one(store: OsKeyStore) -> None:
    public_key = await store.create("mine")
    await store.aclose()
    again = OsKeyStore("daemon")
    check_signature(public_key, await again.sign("mine", b"data"), b"data")
    await again.aclose()


async def test_no_call_goes_by_the_alias(store: OsKeyStore, aside: Worker) -> None:
    del store  # GNOME Keyring garbles the alias when two programs use it at once

    def path() -> str:
        collection = cast("Any", system_backend()).get_preferred_collection()
        collection.connection.close()
        return str(collection.collection_path)

    assert await aside.run(path) == "/org/freedesktop/secrets/collection/login"


async def test_whether_it_is_locked_is_told_without_asking(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    assert await store.locked() is False
    await aside.run(secret_service.lock)
    assert await store.locked() is True
    await aside.run(secret_service.unlock)
    assert await store.locked() is False
    await aside.run(secret_service.kill)
    with pytest.raises(KeyStorageError) as caught:
        await store.locked()
    assert caught.value.name == "missing"


async def test_locked_it_says_so_and_leaves_nothing(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    public_key = await store.create("mine")
    await aside.run(secret_service.lock)
    for call in CALLS.values():
        error = await failure_of(call(store))
        assert error.name == "locked"
        assert error.message.startswith("GNOME Keyring is locked.")
    await aside.run(secret_service.unlock)
    assert len(await aside.run(secret_service.items)) == 1
    check_signature(public_key, await store.sign("mine", b"data"), b"data")


async def test_killed_it_is_missing(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    await store.create("mine")
    await aside.run(secret_service.kill)
    for call in CALLS.values():
        assert (await failure_of(call(store))).name == "missing"


async def test_killed_between_two_steps_it_is_missing(
    store: OsKeyStore, secret_service: PrivateSecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_text = keyring_keys.to_text

    def killing(key: EllipticCurvePrivateKey) -> str:
        secret_service.kill()
        return to_text(key)

    monkeypatch.setattr(keyring_keys, "to_text", killing)
    assert (await failure_of(store.create("mine"))).name == "missing"


async def test_removed_from_outside_it_is_gone(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker
) -> None:
    await store.create("mine")
    await aside.run(secret_service.wipe)
    assert (await failure_of(store.sign("mine", b"data"))).name == "gone"
    await store.delete("mine")


@pytest.mark.parametrize("rubbish", ["", "rubbish", b"\xff\xfe\x00"], ids=repr)
async def test_replaced_from_outside_it_is_gone(
    store: OsKeyStore, secret_service: PrivateSecretService, aside: Worker, rubbish: str | bytes
) -> None:
    await store.create("mine")
    await aside.run(lambda: _keyring().set_password("Countersign/daemon/mine", "mine", rubbish))
    for method in ("sign", "public_key"):
        error = await failure_of(CALLS[method](store))
        assert error.name == "gone"
        assert error.message == "The key for this account was changed in the password store."
    assert (await failure_of(store.create("mine"))).name == "failed"
    await store.delete("mine")
    assert await aside.run(secret_service.items) == []


async def test_too_much_for_the_bus_fails(
    store: OsKeyStore,
    secret_service: PrivateSecretService,
    aside: Worker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyring_keys, "to_text", lambda _: "A" * 2**27)
    error = await failure_of(store.create("mine"))
    assert error.name == "failed"
    assert error.message == "GNOME Keyring didn't do what Countersign asked of it."
    assert await aside.run(secret_service.items) == []
