"""Fixtures of the device layer's tests: a profile on disk, everything else in memory."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.unit.device.device_support import FakeService, Keys, Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from countersign.device.inbox import Request
    from countersign.device.records import Account


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
async def start(
    tmp_path: Path, service: FakeService, keys: Keys
) -> AsyncIterator[Callable[[], Awaitable[Process]]]:
    """Start one more process on this test's profile."""
    async with AsyncExitStack() as stack:

        async def start() -> Process:
            process = await Process.start(tmp_path / "profile", service, keys)
            stack.push_async_callback(process.die)
            return process

        yield start


@pytest.fixture
async def process(start: Callable[[], Awaitable[Process]]) -> Process:
    """Start the process that most tests get by with."""
    return await start()


@pytest.fixture
async def account(process: Process) -> Account:
    """Add a verified account."""
    return await process.add_account()


@pytest.fixture
async def request_shown(process: Process, account: Account) -> Request:
    """Show a pending request, fetched as it is opened; the requests so far are forgotten."""
    return await process.ask(account)
