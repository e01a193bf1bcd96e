"""Key stores for tests, and for those who automate the app where no password store is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from countersign.storage import keyring_keys as keys
from countersign.storage.keyring_errors import key_error, taken_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from countersign.storage.keyring_errors import ErrorName

Method = Literal["create", "sign", "public_key", "delete", "check"]
METHODS: Final[frozenset[Method]] = frozenset(get_args(Method))
"""What a `KeyStore` can do, by name."""


class MemoryKeyStore:
    """A `KeyStore` whose keys end with it."""

    def __init__(self) -> None:
        self._keys: dict[str, EllipticCurvePrivateKey] = {}

    def __len__(self) -> int:
        """Return how many keys there are, so that a test can see that none is left."""
        return len(self._keys)

    async def create(self, key_id: str) -> bytes:
        """Make a key; a name that is taken is refused with `failed`."""
        if key_id in self._keys:
            raise taken_error()
        self._keys[key_id] = keys.new_key()
        return keys.public_der(self._keys[key_id])

    async def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign."""
        return keys.signature(self._key(key_id), data)

    async def public_key(self, key_id: str) -> bytes:
        """Return a key's public part."""
        return keys.public_der(self._key(key_id))

    async def delete(self, key_id: str) -> None:
        """Remove a key."""
        self._keys.pop(key_id, None)

    async def locked(self) -> bool | None:
        """Return False: it asks nobody."""
        return False

    async def check(self) -> str:
        """Return its name: there is nothing to prove."""
        return "memory"

    async def aclose(self) -> None:
        """Do nothing; it stands in for a store that has something to close."""

    def _key(self, key_id: str) -> EllipticCurvePrivateKey:
        key = self._keys.get(key_id)
        if key is None:
            raise key_error("gone")
        return key


class FailingKeyStore:
    """A `KeyStore` that refuses some methods with one of the errors that `KeyStore` names.

    `on` may be changed at any time: an empty one makes it a store without fault, with the keys
    that it has. `memory` is where they are, and never fails.
    """

    def __init__(self, error_name: ErrorName, on: Iterable[Method] = METHODS) -> None:
        self.error_name: ErrorName = error_name
        self.on = frozenset(on)
        self.memory = MemoryKeyStore()

    async def create(self, key_id: str) -> bytes:
        """Make a key or fail."""
        self._meet("create")
        return await self.memory.create(key_id)

    async def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign or fail."""
        self._meet("sign")
        return await self.memory.sign(key_id, data)

    async def public_key(self, key_id: str) -> bytes:
        """Return a key's public part or fail."""
        self._meet("public_key")
        return await self.memory.public_key(key_id)

    async def delete(self, key_id: str) -> None:
        """Remove a key or fail."""
        self._meet("delete")
        await self.memory.delete(key_id)

    async def locked(self) -> bool | None:
        """Tell whether it fails as a locked store does."""
        return bool(self.on) and self.error_name in {"locked", "dismissed"}

    async def check(self) -> str:
        """Return its name or fail."""
        self._meet("check")
        return await self.memory.check()

    async def aclose(self) -> None:
        """Do nothing; it stands in for a store that has something to close."""

    def _meet(self, method: Method) -> None:
        if method in self.on:
            raise key_error(self.error_name)
