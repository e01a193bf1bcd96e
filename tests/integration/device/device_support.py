"""A device with real HTTP and a real profile; only its keys are in memory."""

from __future__ import annotations

import ssl
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.device import inbox
from countersign.device.decisions import Decisions
from countersign.device.device import Device
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.push.http import Http
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.testing.keys import MemoryKeyStore


@dataclass(frozen=True)
class Computer:
    """What the app is made of while it runs, on one profile."""

    folder: Path
    device: Device
    log: DecisionTable
    decisions: Decisions
    keys: MemoryKeyStore

    async def enrol(self, backend_url: str, identity: str = "jane-at-work") -> Account:
        """Add an account."""
        return await enrol(self.device, EnrolmentRequest(backend_url, identity))

    async def open(self, sid: str) -> Request:
        """Fetch a request as it is opened."""
        return await inbox.find(self.device, sid)


@asynccontextmanager
async def running(folder: Path, keys: MemoryKeyStore) -> AsyncIterator[Computer]:
    """Run the app's Qt-free part on a profile."""
    async with AsyncExitStack() as stack:
        database = Database(folder)
        stack.push_async_callback(database.aclose)
        await database.open()
        # An empty store of certificates: plain HTTP over loopback needs none, and reads no disk.
        http = Http(verify=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        stack.push_async_callback(http.aclose)
        log = DecisionTable(database)
        device = Device(AccountTable(database), log, keys, http)
        yield Computer(folder, device, log, Decisions(device, second_look=0), keys)
