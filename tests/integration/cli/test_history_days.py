"""Answers are kept for as long as the settings say, whoever opens the profile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from countersign.cli import session
from countersign.device.settings import Settings
from countersign.push.values import ChallengeStatus
from countersign.storage import settings_file
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import FailingKeyStore
from tests.unit.storage.test_tables import decision, done

if TYPE_CHECKING:
    from pathlib import Path


class Keys(FailingKeyStore):
    """A password store that is there and empty."""

    def __init__(self, _namespace: str) -> None:
        super().__init__("locked", on=())


@pytest.mark.parametrize(("days", "left"), [(30, 1), (90, 2), (365, 3)])
async def test_history_is_kept_for_the_days_that_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    database = Database(tmp_path)
    await database.open()
    log = DecisionTable(database)
    for number, age in enumerate((1, 60, 200, 400)):
        one = decision(f"YC{number:032x}", age=timedelta(days=age))
        await log.begin(one)
        await log.finish(done(one, ChallengeStatus.DENIED))
    await database.aclose()
    await asyncio.to_thread(settings_file.write, tmp_path, Settings(history_days=days))
    monkeypatch.setattr(session, "OsKeyStore", Keys)
    async with session.open_device(tmp_path) as device:
        assert len(await device.decisions.all()) == left
