"""Keys in the operating system's own password store."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from countersign.push.errors import KeyStorageError
from countersign.storage.keyring_backends import system_backend
from countersign.storage.keyring_errors import busy_error, key_error
from countersign.storage.keyring_seal import Seal
from countersign.storage.keyring_vault import Vault
from countersign.storage.keyring_worker import Worker, WorkerBusyError, WorkerClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.storage.keyring_backends import Backend

_T = TypeVar("_T")


class OsKeyStore:
    """A `KeyStore` in Secret Service, KWallet, Keychain or Credential Manager.

    An entry holds the base64 of a key's DER PKCS#8, wrapped where `seal` is told of a PIN. Stores
    of different namespaces never see each other's keys. The system may ask the user to unlock its
    store, for as long as the user takes; to cancel a call never waits for that. A cancelled
    `create` removes what it made.
    `backend_factory` is for tests, and is held to the same list of backends that are trusted.
    """

    def __init__(
        self, namespace: str, *, backend_factory: Callable[[], Backend] = system_backend
    ) -> None:
        self.seal = Seal()
        self._vault = Vault(namespace, backend_factory, self.seal)
        self._worker = Worker("countersign-keyring")

    async def create(self, key_id: str) -> bytes:
        """Make a key; a name that is taken is refused with `failed`."""
        return await self._run(
            partial(self._vault.create, key_id), undo=partial(self._vault.delete, key_id)
        )

    async def sign(self, key_id: str, data: bytes) -> bytes:
        """Sign; the key is read anew each time and not kept."""
        return await self._run(partial(self._vault.sign, key_id, data))

    async def public_key(self, key_id: str) -> bytes:
        """Read a key's public part."""
        return await self._run(partial(self._vault.public_key, key_id))

    async def delete(self, key_id: str) -> None:
        """Remove a key, whatever its entry holds by now."""
        await self._run(partial(self._vault.delete, key_id))

    async def reseal(self, key_id: str) -> None:
        """Keep a key in the form that `seal` has by now; one that is gone stays so."""
        await self._run(partial(self._vault.reseal, key_id))

    async def locked(self) -> bool | None:
        """Tell whether the store would ask; known of a Secret Service alone."""
        return await self._run(self._vault.locked)

    async def check(self) -> str:
        """Write, read and delete an entry."""
        return await self._run(self._vault.check)

    async def aclose(self) -> None:
        """Finish what was begun and end the thread.

        Waits 2 s at most: a question that nobody answers must not hold up the program's end.
        """
        await self._worker.aclose()

    async def _run(
        self, operation: Callable[[], _T], *, undo: Callable[[], object] | None = None
    ) -> _T:
        def taken_back(outcome: _T | KeyStorageError) -> None:
            if undo is not None and not isinstance(outcome, KeyStorageError):
                self._vault.attempt(undo)

        try:
            outcome = await self._worker.run(partial(self._vault.attempt, operation), taken_back)
        except WorkerBusyError:
            outcome = busy_error()
        except WorkerClosedError:
            outcome = key_error("failed")
        if isinstance(outcome, KeyStorageError):
            raise outcome
        return outcome
