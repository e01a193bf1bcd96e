"""A profile's PIN: whether there is one, and the way from it to keys that can be used.

The master key is in memory while unlocked, and the keys are read from the password store and
unwrapped for each signature. A crash at any point leaves each key in exactly one form, wrapped or
not; which of them are in the wrong one is seen and mended at the next unlocking.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from countersign.device.pin import checked_pin, no_pin, pin_set, pin_wait, wrong_pin
from countersign.push.errors import CountersignError, KeyStorageError
from countersign.storage import pin_record
from countersign.storage.keyring_seal import new_master
from countersign.storage.pin_record import PinRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.ports import AccountStore
    from countersign.storage.database import Database
    from countersign.storage.keyring_store import OsKeyStore

_log = logging.getLogger(__name__)


class OsPinLock:
    """The `PinLock` of a profile; `load` it first. `now` is the computer's clock."""

    def __init__(
        self,
        database: Database,
        accounts: AccountStore,
        keys: OsKeyStore,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._keys = keys
        self._now = now

    async def load(self) -> None:
        """Find out whether there is a PIN; locked if so."""
        if await self._database.read(pin_record.read) is not None:
            self._keys.seal.protect()

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN."""
        return self._keys.seal.protected

    @property
    def locked(self) -> bool:
        """Whether there is one that nobody has entered."""
        return self._keys.seal.locked

    async def choose(self, pin: str) -> None:
        """Set a first PIN; where a key can't be wrapped there is none afterwards."""
        master = new_master()
        record = await asyncio.to_thread(PinRecord.made, checked_pin(pin), master)
        if not await self._database.write_kept(lambda c: pin_record.write(c, record, first=True)):
            self._keys.seal.protect()  # another process was faster
            raise pin_set()
        self._keys.seal.unlock(master)
        try:
            await self._reseal()
        except CountersignError:
            await self._call_off()
            raise

    async def change(self, old: str, new: str) -> None:
        """Wrap the master key anew, in one write."""
        checked_pin(new)
        master = await self._master(old)
        record = await asyncio.to_thread(PinRecord.made, new, master)
        await self._database.write_kept(lambda c: pin_record.write(c, record, first=False))

    async def remove(self, pin: str) -> None:
        """Unwrap the keys; where one can't be unwrapped all is as before."""
        self._keys.seal.unlock(await self._master(pin))
        try:
            await self._leave()
        except CountersignError:
            await self._database.write_kept(lambda c: pin_record.set_leaving(c, leaving=False))
            self._keys.seal.protect()
            await self._reseal_quietly()
            raise

    async def unlock(self, pin: str) -> None:
        """Take the master key, and mend what a crash has left in the wrong form."""
        self._keys.seal.unlock(await self._master(pin))
        record = await self._database.read(pin_record.read)
        if record is not None and record.leaving:
            await self._leave()
        else:
            await self._reseal_quietly()

    async def confirm(self, pin: str) -> None:
        """Return if this is the PIN."""
        await self._master(pin)

    async def wait(self) -> float:
        """Return the seconds until a PIN may be tried."""
        now = self._now()
        return await self._database.read(lambda c: pin_record.seconds_to_wait(c, now))

    def lock(self) -> None:
        """Let go of the master key."""
        self._keys.seal.lock()

    async def forget(self) -> None:
        """Remove accounts one by one, so that a crash leaves a rest that is still locked."""
        for account in await self._accounts.all():
            await self._accounts.remove(account)
            try:
                await self._keys.delete(account.key_id)
            except KeyStorageError:
                _log.info("a key will be removed when the password store lets it")
            else:
                await self._accounts.forget_key(account.key_id)
        await self._database.write_kept(pin_record.delete)
        self._keys.seal.clear()

    async def _master(self, pin: str) -> bytes:
        """Try a PIN; raises PinError."""
        now = self._now()
        begun = await self._database.write(lambda c: pin_record.begin_try(c, now))
        if begun is None:
            raise no_pin()
        record, wait = begun
        if wait:
            raise pin_wait(wait)
        master = await asyncio.to_thread(record.master, pin)
        if master is None:
            raise wrong_pin(record.tries)
        await self._database.write(pin_record.right)
        return master

    async def _leave(self) -> None:
        """Unwrap each key, and forget the PIN once none needs it."""
        await self._database.write_kept(lambda c: pin_record.set_leaving(c, leaving=True))
        self._keys.seal.leave()
        await self._reseal()
        await self._database.write_kept(pin_record.delete)
        self._keys.seal.clear()

    async def _call_off(self) -> None:
        """Take a first PIN back; where that fails too, it is there, and opens what it wraps."""
        try:
            await self._leave()
        except CountersignError:
            self._keys.seal.protect()

    async def _reseal(self) -> None:
        """Bring each account's key into the form that is wanted now."""
        for account in await self._accounts.all():
            await self._keys.reseal(account.key_id)

    async def _reseal_quietly(self) -> None:
        try:
            await self._reseal()
        except KeyStorageError as error:
            _log.info("keys will be wrapped when the password store lets them: %s", error.name)
