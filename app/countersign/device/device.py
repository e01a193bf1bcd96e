"""This device: its stores, its connections, and one client for each account."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from countersign.device.pin import NoPin
from countersign.device.policy import Policy
from countersign.push.client import FactorClient
from countersign.push.clock import ServiceClock
from countersign.push.errors import KeyStorageError, StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from countersign.device.pin import PinLock
    from countersign.device.policy import PolicyState
    from countersign.device.ports import AccountStore, DecisionLog, KeyStore
    from countersign.device.records import Account
    from countersign.push.http import Http

_log = logging.getLogger(__name__)


@dataclass
class Device:
    """The parts that everything in this layer works with; each is somebody else's end of a port."""

    accounts: AccountStore
    decisions: DecisionLog
    keys: KeyStore
    http: Http
    policy: PolicyState = field(default_factory=Policy)
    """What the company has set, read once at the start: a later change holds from the next one."""
    pin: PinLock = field(default_factory=NoPin)
    restored: str = ""
    """The name of the damaged database that was set aside at this start; "" for none."""
    hardware: bool = False
    """Whether a key can be made in this computer's TPM, as was seen at the start."""
    _clients: dict[str, FactorClient] = field(default_factory=dict)
    _page_limits: dict[tuple[str, str], int] = field(default_factory=dict)

    @asynccontextmanager
    async def speaking_for(self, account: Account) -> AsyncIterator[FactorClient]:
        """Give the client of an account; what it learns of the service's clock is kept."""
        client = self._clients.get(account.sid)
        if client is None or client.credentials != account.credentials:
            client = self._clients[account.sid] = self._new_client(account)
        before = client.clock.token_offset
        try:
            yield client
        finally:
            if client.clock.token_offset != before:
                await self._keep_offset(account.sid, client.clock.token_offset)

    def clock(self, account: Account) -> ServiceClock:
        """Return the clock of an account's service as far as it is known."""
        client = self._clients.get(account.sid)
        return client.clock if client else ServiceClock(account.token_offset, account.token_offset)

    async def verified_accounts(self) -> Sequence[Account]:
        """Return the accounts that can have requests."""
        return [account for account in await self.accounts.all() if account.verified]

    def lock(self) -> None:
        """Let go of the keys, and of the tokens that were signed with them, until the PIN comes.

        Does nothing where there is no PIN.
        """
        self.pin.lock()
        if self.pin.locked:
            self._clients.clear()

    async def remove_stray_keys(self) -> None:
        """Remove keys that a crash, or a key store that was locked then, has left behind."""
        for key_id in await self.accounts.stray_keys():
            try:
                await self.keys.delete(key_id)
            except KeyStorageError:
                _log.info("a key that is no longer needed couldn't be removed yet")
            else:
                await self.accounts.forget_key(key_id)

    def _new_client(self, account: Account) -> FactorClient:
        async def sign(data: bytes) -> bytes:
            return await self.keys.sign(account.key_id, data)

        clock = ServiceClock(account.token_offset, account.token_offset)
        return FactorClient(self.http, account.credentials, sign, clock, self._page_limits)

    async def _keep_offset(self, sid: str, offset: float) -> None:
        """Remember the offset: a nicety, learnt anew by the next 401 if it can't be written."""
        try:
            account = await asyncio.shield(self.accounts.get(sid))
            if account is not None:
                await asyncio.shield(self.accounts.update(replace(account, token_offset=offset)))
        except StorageError:
            _log.info("the service's clock offset couldn't be kept")
