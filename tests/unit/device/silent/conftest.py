"""Fixtures: silent approval on a clock of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.device.silent.stage import (
    Stage,
)

if TYPE_CHECKING:
    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from tests.unit.device.device_support import Process


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def silent(stage: Stage, process: Process) -> SilentApproval:
    silent = stage.silent(process)
    silent.set_active(active=True)
    return silent


@pytest.fixture
async def remote(process: Process) -> Account:
    """Add an account of a service that isn't on loopback."""
    return await process.add_account(api_url="https://api.example/v2")
