"""A profile with keys and a PIN, over a keyring that a test can look into and break."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from countersign.device.pin import PinError
from countersign.device.records import Account
from countersign.push.values import FactorStatus
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.pin_lock import OsPinLock

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

    from tests.unit.storage.keys.keys_support import Entries

PIN = "730915"
OTHER = "correct horse"


class Profile:
    """One process's hold on a profile: `again` is the next start, or another process."""

    def __init__(self, folder: Path, entries: Entries) -> None:
        self.folder = folder
        self.entries = entries
        self.time = 1_000_000.0
        self.database = Database(folder)
        self.accounts = AccountTable(self.database)
        self.keys = OsKeyStore("tests", backend_factory=entries.backend)
        self.pin = OsPinLock(self.database, self.accounts, self.keys, now=lambda: self.time)

    async def open(self) -> None:
        """Open it as the app does."""
        await self.database.open()
        await self.pin.load()

    async def close(self) -> None:
        """Close it."""
        await self.keys.aclose()
        await self.database.aclose()

    async def again(self) -> Profile:
        """Close this one and open the profile anew, at the same time of day."""
        await self.close()
        made = Profile(self.folder, self.entries)
        made.time = self.time
        await made.open()
        return made

    async def add(self, key_id: str) -> bytes:
        """Add an account with a new key; returns the public key."""
        sid = "YF" + key_id.encode().hex().ljust(32, "0")[:32]
        await self.accounts.note_key(key_id)
        public_key = await self.keys.create(key_id)
        await self.accounts.add(an_account(sid, key_id))
        return public_key

    def texts(self) -> list[str]:
        """Return what the keyring holds."""
        return list(self.entries.secrets.values())


async def refusal(call: Awaitable[object]) -> PinError:
    """Return the error of a PIN that was refused."""
    with pytest.raises(PinError) as caught:
        await call
    return caught.value


def an_account(sid: str, key_id: str) -> Account:
    """Return a verified account."""
    return Account(
        sid=sid,
        account_sid="AC" + 32 * "0",
        service_sid="VA" + 32 * "0",
        entity_sid=None,
        identity="u-1",
        friendly_name="Desk",
        label=key_id,
        status=FactorStatus.VERIFIED,
        credential_sid="CR" + 32 * "0",
        key_id=key_id,
        api_url="https://verify.example/v2",
        backend_url="https://login.example/token",
        date_created=datetime(2026, 11, 23, tzinfo=UTC),
    )
