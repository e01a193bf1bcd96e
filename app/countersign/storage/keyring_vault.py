"""What happens in a key store's thread: keys are made, kept, used and removed, all blocking."""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING, TypeVar

from countersign.storage.key_kinds import KeyKinds
from countersign.storage.keyring_backends import is_locked, require_trusted, store_name
from countersign.storage.keyring_errors import (
    A_STORE,
    key_error,
    taken_error,
    translated,
    unusable_key_error,
)
from countersign.storage.keyring_seal import Seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.push.errors import KeyStorageError
    from countersign.storage.keyring_backends import Backend

_T = TypeVar("_T")


class Vault:
    """The keys of one namespace, for one thread.

    Methods raise what the keyring raises; whoever calls them does so through `attempt`.
    """

    def __init__(
        self, namespace: str, backend_factory: Callable[[], Backend], seal: Seal | None = None
    ) -> None:
        self._namespace = namespace
        self._backend_factory = backend_factory
        self._seal = seal or Seal()
        self._kinds = KeyKinds()
        self._chosen: Backend | None = None

    def attempt(self, operation: Callable[[], _T]) -> _T | KeyStorageError:
        """Return what an operation returns, or the error that it came to.

        The error isn't raised here, so that it carries no frame, and with it no variable, of
        what handled the secret.
        """
        try:
            return operation()
        except Exception as error:  # noqa: BLE001 - keyrings raise anything
            failure = translated(error, self._store_name)
            if failure.name == "missing":
                self._chosen = None  # another one may have been started by the next time
            return failure

    def create(self, key_id: str) -> bytes:
        """Make and keep a key; returns its public part."""
        self._seal.require_open()
        text, public_key = self._kinds.create(key_id)
        self._write_new(key_id, self._seal.close(text, key_id))
        return public_key

    def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign with a key."""
        return self._kinds.sign(self._read(key_id), data)

    def public_key(self, key_id: str) -> bytes:
        """Return a key's public part."""
        return self._kinds.public_key(self._read(key_id))

    def reseal(self, key_id: str) -> None:
        """Bring a key's entry into the form in which it is to be kept, in one write.

        One that is gone stays so.
        """
        self._seal.require_open()
        kept = self._kept(key_id)
        if kept is None or self._seal.fits(kept):
            return
        wanted = self._seal.close(self._seal.open(kept, key_id), key_id)
        backend = self._backend()
        backend.set_password(self._service(key_id), key_id, wanted)
        self._prove(backend, key_id, wanted)

    def delete(self, key_id: str) -> None:
        """Remove a key if it is there."""
        from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - slow to import

        backend, service = self._backend(), self._service(key_id)
        try:
            backend.delete_password(service, key_id)
        except PasswordDeleteError:
            # Backends raise it for an absent entry and for one that they can't delete.
            if _has_entry(backend, service, key_id):
                raise

    def locked(self) -> bool | None:
        """Tell whether the store would ask the user; None where that can't be told. Asks nobody."""
        return is_locked(self._backend())

    def check(self) -> str:
        """Prove that the store keeps what it is given; returns its name."""
        probe = f"probe-{secrets.token_hex(8)}"
        self._write_new(probe, secrets.token_urlsafe())
        self.delete(probe)
        return self._store_name()

    def _backend(self) -> Backend:
        if self._chosen is None:
            self._chosen = require_trusted(self._backend_factory())
        return self._chosen

    def _store_name(self) -> str:
        return A_STORE if self._chosen is None else store_name(self._chosen)

    def _service(self, name: str) -> str:
        # One service an entry: Windows tells credentials apart by it alone, and keyring moves a
        # second user's entry of the same service out of the way, which two processes can't share.
        return f"Countersign/{self._namespace}/{name}"

    def _read(self, key_id: str) -> str:
        self._seal.require_open()
        kept = self._kept(key_id)
        if kept is None:
            raise key_error("gone")
        return self._seal.open(kept, key_id)

    def _kept(self, key_id: str) -> str | None:
        try:
            return self._backend().get_password(self._service(key_id), key_id)
        except UnicodeDecodeError:
            raise unusable_key_error() from None

    def _write_new(self, name: str, secret: str) -> None:
        backend, service = self._backend(), self._service(name)
        # This comes first for the sake of a locked store too: had the write asked the user and
        # failed, tidying up would ask again.
        if _has_entry(backend, service, name):
            raise taken_error()
        try:
            backend.set_password(service, name, secret)
            self._prove(backend, name, secret)
        except BaseException:
            with contextlib.suppress(Exception):  # the first error says more
                backend.delete_password(service, name)
            raise

    def _prove(self, backend: Backend, name: str, secret: str) -> None:
        if backend.get_password(self._service(name), name) != secret:
            raise key_error("failed", self._store_name())


def _has_entry(backend: Backend, service: str, name: str) -> bool:
    try:
        return backend.get_password(service, name) is not None
    except UnicodeDecodeError:  # rubbish, but there
        return True
