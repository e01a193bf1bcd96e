"""What several of these tests need: backends that misbehave, and an independent verifier."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, cast

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from keyring.backends import SecretService
from keyring.errors import PasswordDeleteError

from countersign.push.errors import KeyStorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.ports import KeyStore
    from countersign.storage.keyring_backends import Backend

CALLS: dict[str, Callable[[KeyStore], Awaitable[object]]] = {
    "create": lambda store: store.create("another"),
    "sign": lambda store: store.sign("mine", b"data"),
    "public_key": lambda store: store.public_key("mine"),
    "delete": lambda store: store.delete("mine"),
    "check": lambda store: store.check(),
}


def check_signature(public_key: bytes, signature: bytes, data: bytes) -> None:
    """Raise InvalidSignature unless a P-256 key has signed the data."""
    key = serialization.load_der_public_key(public_key)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert isinstance(key.curve, ec.SECP256R1)
    key.verify(signature, data, ec.ECDSA(hashes.SHA256()))


def public_key_in(secret: str | bytes) -> bytes:
    """Return the public part of a key as the store should keep it, read by other means."""
    der = base64.b64decode(secret, validate=True)
    key = serialization.load_der_private_key(der, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    assert der == plain, "there is more in it than the key"
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


async def failure_of(call: Awaitable[object]) -> KeyStorageError:
    """Return the error that a call ends in, which must be this one and carry nothing along."""
    with pytest.raises(KeyStorageError) as caught:
        await call
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value


class Entries:
    """A keyring in a dict behind a backend that counts as the system's own.

    The methods may be replaced: they are set on an instance, as a class of ours isn't trusted.
    """

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.get: Callable[[str, str], str | None] = lambda *name: self.secrets.get(name)
        self.put: Callable[[str, str, str], None] = self.store
        self.drop: Callable[[str, str], None] = self.remove

    def store(self, service: str, user: str, secret: str) -> None:
        """Keep a secret."""
        self.secrets[service, user] = secret

    def remove(self, service: str, user: str) -> None:
        """Remove a secret."""
        if self.secrets.pop((service, user), None) is None:
            raise PasswordDeleteError

    def backend(self) -> Backend:
        """Return the backend."""
        backend = SecretService.Keyring()  # type: ignore[no-untyped-call]
        vars(backend)["get_password"] = self._get
        vars(backend)["set_password"] = self._put
        vars(backend)["delete_password"] = self._drop
        return cast("Backend", backend)

    def _get(self, service: str, user: str) -> str | None:
        return self.get(service, user)

    def _put(self, service: str, user: str, secret: str) -> None:
        self.put(service, user, secret)

    def _drop(self, service: str, user: str) -> None:
        self.drop(service, user)
