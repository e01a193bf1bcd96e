"""What every `KeyStore` must do, the real one over a real keyring included."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from cryptography.exceptions import InvalidSignature

from countersign.storage.keyring_store import OsKeyStore
from countersign.testing.keys import FailingKeyStore, MemoryKeyStore
from tests.unit.storage.keys.keys_support import check_signature, failure_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from countersign.device.ports import KeyStore

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["memory", "failing", "keyring"])
def unclosed(request: pytest.FixtureRequest) -> MemoryKeyStore | FailingKeyStore | OsKeyStore:
    if request.param == "memory":
        return MemoryKeyStore()
    if request.param == "failing":
        return FailingKeyStore("failed", on=())
    request.getfixturevalue("secret_service")
    return OsKeyStore("contract")


@pytest.fixture
async def store(
    unclosed: MemoryKeyStore | FailingKeyStore | OsKeyStore,
) -> AsyncIterator[KeyStore]:
    yield unclosed
    await unclosed.aclose()


async def test_a_new_key_signs(store: KeyStore) -> None:
    public_key = await store.create("mine")
    assert len(public_key) == 91
    check_signature(public_key, await store.sign("mine", b"data"), b"data")
    with pytest.raises(InvalidSignature):
        check_signature(public_key, await store.sign("mine", b"data"), b"other data")


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50_000], ids=["nothing", "much"])
async def test_anything_can_be_signed(store: KeyStore, data: bytes) -> None:
    check_signature(await store.create("mine"), await store.sign("mine", data), data)


async def test_its_public_key_can_be_read_again(store: KeyStore) -> None:
    assert await store.create("mine") == await store.public_key("mine")


async def test_keys_differ(store: KeyStore) -> None:
    first, second = await store.create("first"), await store.create("second")
    assert first != second
    assert [await store.public_key(name) for name in ("first", "second")] == [first, second]


async def test_a_deleted_key_is_gone(store: KeyStore) -> None:
    await store.create("mine")
    other = await store.create("other")
    await store.delete("mine")
    assert (await failure_of(store.sign("mine", b"data"))).name == "gone"
    assert (await failure_of(store.public_key("mine"))).name == "gone"
    assert await store.public_key("other") == other


async def test_an_absent_key_can_be_deleted(store: KeyStore) -> None:
    await store.delete("mine")
    await store.create("mine")
    await store.delete("mine")
    await store.delete("mine")


async def test_an_absent_key_is_gone(store: KeyStore) -> None:
    error = await failure_of(store.sign("mine", b"data"))
    assert (error.name, error.code) == ("gone", 60405)
    assert error.message == "The key for this account is gone and can't be brought back."
    assert error.hint == "Remove the account and add it again."


async def test_a_key_is_never_written_over(store: KeyStore) -> None:
    public_key = await store.create("mine")
    error = await failure_of(store.create("mine"))
    assert (error.name, error.code) == ("failed", 60405)
    assert await store.public_key("mine") == public_key


async def test_a_name_can_be_used_again(store: KeyStore) -> None:
    before = await store.create("mine")
    await store.delete("mine")
    assert await store.create("mine") != before


async def test_many_at_once(store: KeyStore) -> None:
    names = [f"key {number}" for number in range(8)]
    made = await asyncio.gather(*map(store.create, names))
    assert len(set(made)) == len(names)
    signed = await asyncio.gather(*(store.sign(name, name.encode()) for name in names))
    for name, public_key, signature in zip(names, made, signed, strict=True):
        check_signature(public_key, signature, name.encode())


async def test_two_tasks_make_the_same_key_once(store: KeyStore) -> None:
    outcomes = await asyncio.gather(
        store.create("mine"), store.create("mine"), return_exceptions=True
    )
    (made,) = [outcome for outcome in outcomes if isinstance(outcome, bytes)]
    assert await store.public_key("mine") == made


async def test_the_check_names_the_store_and_changes_nothing(store: KeyStore) -> None:
    public_key = await store.create("mine")
    assert await store.check() in {"GNOME Keyring", "the Secret Service", "memory"}
    assert await store.public_key("mine") == public_key
