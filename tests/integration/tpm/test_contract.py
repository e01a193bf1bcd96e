"""The contract of every `KeyStore`, held by keys in a TPM: the same tests, by import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from countersign.storage.keyring_store import OsKeyStore
from tests.unit.storage.keys import test_contract as contract
from tests.unit.storage.keys.keys_support import Entries

if TYPE_CHECKING:
    from tests.integration.tpm.conftest import SoftTpm

pytestmark = pytest.mark.anyio
store = contract.store
globals().update({name: what for name, what in vars(contract).items() if name.startswith("test_")})


class InHardware(OsKeyStore):
    """Gives each key a name that puts it into the TPM."""

    @override
    async def create(self, key_id: str) -> bytes:
        return await super().create(f"tpm2-{key_id}")

    @override
    async def sign(self, key_id: str, data: bytes) -> bytes:
        return await super().sign(f"tpm2-{key_id}", data)

    @override
    async def public_key(self, key_id: str) -> bytes:
        return await super().public_key(f"tpm2-{key_id}")

    @override
    async def delete(self, key_id: str) -> None:
        await super().delete(f"tpm2-{key_id}")


@pytest.fixture
def entries() -> Entries:
    return Entries()


@pytest.fixture(params=["as it is", "wrapped by a PIN"])
def unclosed(request: pytest.FixtureRequest, soft_tpm: SoftTpm, entries: Entries) -> OsKeyStore:
    assert soft_tpm.tcti
    made = InHardware("contract", backend_factory=entries.backend)
    if request.param == "wrapped by a PIN":
        made.seal.unlock(bytes(range(32)))
    return made


async def test_the_store_never_holds_what_signs(unclosed: OsKeyStore, entries: Entries) -> None:
    await unclosed.create("mine")
    (text,) = entries.secrets.values()
    assert text.startswith("pin1:" if unclosed.seal.protected else "tpm2:")
    await unclosed.aclose()
