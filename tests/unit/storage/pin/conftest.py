"""Fixtures of the PIN's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.storage.keys.keys_support import Entries
from tests.unit.storage.pin.pin_support import Profile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def profile(tmp_path: Path) -> AsyncIterator[Profile]:
    """Return a profile with two accounts and no PIN."""
    made = Profile(tmp_path / "profile", Entries())
    await made.open()
    await made.add("one")
    await made.add("two")
    yield made
    await made.close()
