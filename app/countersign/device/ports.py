"""What this layer needs from outside, as protocols; `storage` and `testing` have the ends.

All of it is awaited: a keyring may ask the user, a disk may be slow, and neither may hold up
anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.records import Account, Decision


class KeyStore(Protocol):
    """Keeps P-256 keys and never gives one out.

    Each method raises KeyStorageError alone, whatever the store behind it does, with one of the
    names `missing` (no usable store runs), `locked`, `dismissed` (the user closed its question),
    `refused` (a store that keeps secrets in the clear), `gone` (no such key), `pin` (the PIN that
    wraps the keys wasn't entered), `failed`.
    """

    async def create(self, key_id: str) -> bytes:
        """Make a key under a name of the caller's and return its DER SubjectPublicKeyInfo.

        On return the key is in the store and was read back; on an error nothing stays there.
        """

    async def sign(self, key_id: str, data: bytes) -> bytes:
        """Return the DER ECDSA-SHA256 signature over `data`."""

    async def public_key(self, key_id: str) -> bytes:
        """Return the DER SubjectPublicKeyInfo of a key, for its fingerprint and for checks."""

    async def delete(self, key_id: str) -> None:
        """Remove a key; one that isn't there is no error."""

    async def locked(self) -> bool | None:
        """Tell whether using a key would ask the user first; None where that can't be told.

        Asks nobody, so that an app that was refused once can wait for the user to come back.
        """

    async def check(self) -> str:
        """Return the store's name for people ("GNOME Keyring"), proven by writing and reading."""


class AccountStore(Protocol):
    """Keeps accounts, and the names of keys that no account uses; raises StorageError.

    A key is noted before it is made and until an account has it or it is removed, so that a
    crash at any point leaves no key behind that nobody knows of.
    """

    async def add(self, account: Account) -> None:
        """Add an account; its key is no longer a stray one."""

    async def update(self, account: Account) -> None:
        """Replace the account of the same sid."""

    async def remove(self, account: Account) -> None:
        """Forget an account and note its key as a stray one; its history stays."""

    async def get(self, factor_sid: str) -> Account | None:
        """Return one account."""

    async def all(self) -> Sequence[Account]:
        """Return all accounts, oldest first."""

    async def note_key(self, key_id: str) -> None:
        """Note a key that is about to be made."""

    async def forget_key(self, key_id: str) -> None:
        """Take that note back: the key is gone from the key store."""

    async def stray_keys(self) -> Sequence[str]:
        """Return noted keys that no running process is busy with."""


class DecisionLog(Protocol):
    """Keeps what was decided; each method raises StorageError."""

    async def begin(self, decision: Decision) -> None:
        """Write a decision down before it is sent.

        Raises AlreadyDecidingError where an open one on the same challenge exists, and
        DecisionError (`already_answered`) where a confirmed one does, in this process or
        another: that is what makes twice once.
        """

    async def finish(self, decision: Decision) -> None:
        """Complete it with what the service said (`server_status`) or with what went wrong."""

    async def mark_suspicious(self, decision_id: str) -> bool:
        """Mark a decision as one that somebody else asked for; False where it was marked before."""

    async def unresolved(self) -> Sequence[Decision]:
        """Return open decisions of this process and of processes that no longer run.

        The latter are claimed for this process: no two ever resolve the same one.
        """

    async def find(self, challenge_sid: str) -> Sequence[Decision]:
        """Return all decisions on one challenge, oldest first."""

    async def all(self, limit: int | None = None) -> Sequence[Decision]:
        """Return decisions, newest first."""

    async def page(self, limit: int, after: Decision | None = None) -> Sequence[Decision]:
        """Return decisions, newest first; `after` is the last one of the page before."""

    async def doubtful(self) -> Sequence[Decision]:
        """Return open decisions, whichever process made them, newest first."""

    async def prune(self, days: int) -> None:
        """Forget what is older than so many days; what is open stays."""
