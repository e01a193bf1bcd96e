"""Fixtures of the key stores' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.storage.keyring_store import OsKeyStore
from tests.unit.storage.keys.keys_support import Entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def entries() -> Entries:
    return Entries()


@pytest.fixture
async def os_store(entries: Entries) -> AsyncIterator[OsKeyStore]:
    """Return the real store over a keyring that a test can break."""
    store = OsKeyStore("tests", backend_factory=entries.backend)
    yield store
    await store.aclose()
