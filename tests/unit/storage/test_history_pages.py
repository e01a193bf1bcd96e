"""History off the disk: page by page, and kept for as long as the user wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from countersign.device.records import Decision, Mode
from countersign.push.values import ChallengeStatus
from countersign.storage.decision_table import DecisionTable

if TYPE_CHECKING:
    from countersign.storage.database import Database

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)


async def write(
    log: DecisionTable, name: str, age: timedelta, *, open_one: bool = False
) -> Decision:
    """Write an answer down."""
    made = Decision(
        id=name,
        challenge_sid=f"YC-{name}",
        factor_sid="YF" + "f" * 32,
        message="Sign in?",
        fields=(),
        answer=ChallengeStatus.DENIED,
        mode=Mode.HAND,
        decided_at=NOW - age,
    )
    await log.begin(made)
    if not open_one:
        await log.finish(made.finished(NOW, ChallengeStatus.DENIED))
    return made


@pytest.fixture
def log(database: Database) -> DecisionTable:
    return DecisionTable(database)


async def test_pages_follow_one_another_without_a_gap_or_a_double(log: DecisionTable) -> None:
    """Also where several have the same time, as answers to a fold of requests do."""
    for number in range(23):
        await write(log, f"{number:02}", timedelta(seconds=number // 5))
    found: list[Decision] = []
    after = None
    while page := await log.page(4, after):
        found += page
        after = page[-1]
    assert found == list(await log.all())
    assert [one.id for one in found] == [f"{number:02}" for number in range(23)]


async def test_what_comes_in_meanwhile_moves_no_page(log: DecisionTable) -> None:
    for number in range(1, 9):
        await write(log, str(number), timedelta(hours=number))
    first = await log.page(4)
    await write(log, "0", timedelta())
    second = await log.page(4, first[-1])
    assert [one.id for one in (*first, *second)] == list("12345678")


async def test_open_ones_are_found_however_old_they_are(log: DecisionTable) -> None:
    await write(log, "old", timedelta(days=300), open_one=True)
    await write(log, "new", timedelta(), open_one=True)
    await write(log, "done", timedelta(hours=1))
    assert [one.id for one in await log.doubtful()] == ["new", "old"]


@pytest.mark.parametrize(
    ("days", "left"), [(90, {"1", "30"}), (30, {"1"}), (365, {"1", "30", "91"})]
)
async def test_history_is_kept_as_long_as_the_user_wants(
    log: DecisionTable, days: int, left: set[str]
) -> None:
    for age in (1, 30, 91):
        await write(log, str(age), timedelta(days=age, minutes=1))
    await write(log, "open", timedelta(days=500), open_one=True)
    await log.prune(days)
    assert {one.id for one in await log.all()} == left | {"open"}
