"""Fixtures of the storage layer's tests."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from countersign.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a profile's folder, not made yet."""
    return tmp_path / "profile"


@pytest.fixture
async def open_database(
    folder: Path,
) -> AsyncIterator[Callable[..., Awaitable[Database]]]:
    """Open one more database on this test's profile, or on another folder."""
    async with AsyncExitStack() as stack:

        async def open_database(where: Path = folder) -> Database:
            database = Database(where)
            stack.push_async_callback(database.aclose)
            await database.open()
            return database

        yield open_database


@pytest.fixture
async def database(open_database: Callable[..., Awaitable[Database]]) -> Database:
    """Open a fresh profile."""
    return await open_database()
