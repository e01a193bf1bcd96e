"""Fixtures: a device on real HTTP, before the reference server or the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.testing.keys import MemoryKeyStore
from tests.contract.reference_server import ReferenceServer
from tests.integration.device.device_support import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.integration.device.device_support import Computer


@pytest.fixture
def server() -> Iterator[ReferenceServer]:
    """Run a server that was written from protocol.md alone."""
    with ReferenceServer() as server:
        yield server


@pytest.fixture
async def computer(tmp_path: Path) -> AsyncIterator[Computer]:
    """Run the app on a fresh profile."""
    async with running(tmp_path / "profile", MemoryKeyStore()) as computer:
        yield computer
