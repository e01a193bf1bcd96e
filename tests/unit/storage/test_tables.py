"""Accounts and decisions on disk: what goes in comes out, and each rule holds for all processes."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from countersign.device.errors import AlreadyDecidingError, DecisionError
from countersign.device.records import Account, Decision, Mode
from countersign.push.errors import InputError, StorageError
from countersign.push.values import ChallengeStatus, FactorStatus, Field
from countersign.storage.account_table import AccountTable
from countersign.storage.decision_table import KEPT, DecisionTable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.storage.database import Database

pytestmark = pytest.mark.anyio

ODD_TEXT: Final = "Zürich \u202e\x00'\"; DROP TABLE accounts --\n\U0001f600"
CHALLENGE: Final = "YC" + "c" * 32


def account(number: int = 1) -> Account:
    """Return an account whose every value is its own."""
    return Account(
        sid=f"YF{number:032x}",
        account_sid="AC" + "a" * 32,
        service_sid="VA" + "b" * 32,
        entity_sid=None if number % 2 else "YE" + "e" * 32,
        identity=ODD_TEXT,
        friendly_name=f"{ODD_TEXT} 2",
        label=f"{ODD_TEXT} 3",
        status=FactorStatus.UNVERIFIED,
        credential_sid="CR" + "d" * 32,
        key_id=f"key-{number}",
        api_url="https://verify.twilio.com/v2",
        backend_url="https://login.example.com/access-token",
        date_created=datetime(2026, 1, number, 3, 4, 5, tzinfo=UTC),
        token_offset=-1.5,
    )


def decision(challenge_sid: str = CHALLENGE, *, age: timedelta = timedelta()) -> Decision:
    """Return an open decision."""
    return Decision(
        id=uuid.uuid4().hex,
        challenge_sid=challenge_sid,
        factor_sid="YF" + "f" * 32,
        message=ODD_TEXT,
        fields=(Field("From", "Rome"), Field("", ODD_TEXT)),
        answer=ChallengeStatus.DENIED,
        mode=Mode.SILENT_WINDOW,
        decided_at=datetime.now(UTC) - age,
        suspicious=True,
    )


def done(one: Decision, status: ChallengeStatus | None, error: str | None = None) -> Decision:
    """Return a decision completed."""
    return one.finished(datetime.now(UTC), status, error)


@pytest.fixture
def accounts(database: Database) -> AccountTable:
    return AccountTable(database)


@pytest.fixture
def log(database: Database) -> DecisionTable:
    return DecisionTable(database)


@pytest.fixture
async def other(open_database: Callable[..., Awaitable[Database]]) -> Database:
    """Open the profile as another process would."""
    return await open_database()


# --- Accounts ------------------------------------------------------------------------------------


async def test_an_account_comes_back_as_it_was(accounts: AccountTable) -> None:
    for number in (1, 2):
        await accounts.add(account(number))
        assert await accounts.get(account(number).sid) == account(number)


async def test_accounts_come_oldest_first(accounts: AccountTable) -> None:
    for number in (3, 1, 2):
        await accounts.add(account(number))
    assert list(await accounts.all()) == [account(1), account(2), account(3)]


async def test_an_account_that_is_not_there_is_none(accounts: AccountTable) -> None:
    assert await accounts.get("YF") is None


async def test_a_factor_is_added_once(accounts: AccountTable) -> None:
    await accounts.add(account())
    with pytest.raises(InputError) as raised:
        await accounts.add(replace(account(), key_id="another", label="Other"))
    assert raised.value.name == "already_registered"
    assert list(await accounts.all()) == [account()]


async def test_an_update_replaces_all_but_the_sid(accounts: AccountTable) -> None:
    await accounts.add(account())
    await accounts.add(account(3))
    changed = replace(account(2), sid=account().sid)
    await accounts.update(changed)
    assert await accounts.get(changed.sid) == changed
    assert await accounts.get(account(3).sid) == account(3)


async def test_an_update_brings_nothing_back(accounts: AccountTable) -> None:
    await accounts.update(account())
    assert await accounts.all() == []


@pytest.mark.parametrize(
    "change", ["status = 'odd'", "date_created = 'yesterday'", "date_created = ''"]
)
async def test_an_account_that_can_not_be_read_is_damage(
    accounts: AccountTable, database: Database, change: str
) -> None:
    await accounts.add(account())
    statement = f"UPDATE accounts SET {change}"  # noqa: S608 - one of the rows above
    await database.write(lambda connection: connection.execute(statement))
    with pytest.raises(StorageError) as raised:
        await accounts.all()
    assert raised.value.name == "damaged"


# --- Notes of keys -------------------------------------------------------------------------------


async def test_a_noted_key_is_no_stray_while_its_process_runs(
    accounts: AccountTable, other: Database, database: Database
) -> None:
    await accounts.note_key("key-1")
    assert await accounts.stray_keys() == []
    assert await AccountTable(other).stray_keys() == []
    await database.aclose()
    assert await AccountTable(other).stray_keys() == ["key-1"]


async def test_a_key_that_an_account_has_is_no_stray(
    accounts: AccountTable, other: Database, database: Database
) -> None:
    await accounts.note_key(account().key_id)
    await accounts.add(account())
    await database.aclose()
    assert await AccountTable(other).stray_keys() == []


async def test_a_removed_account_s_key_is_a_stray_at_once_until_it_is_forgotten(
    accounts: AccountTable,
) -> None:
    await accounts.add(account())
    await accounts.remove(account())
    assert await accounts.stray_keys() == [account().key_id]
    await accounts.forget_key(account().key_id)
    assert await accounts.stray_keys() == []


# --- Decisions -----------------------------------------------------------------------------------


async def test_a_decision_comes_back_as_it_was(log: DecisionTable) -> None:
    one = decision()
    await log.begin(one)
    assert list(await log.find(CHALLENGE)) == [one]
    completed = done(one, ChallengeStatus.DENIED)
    await log.finish(completed)
    assert list(await log.all()) == [completed]


async def test_a_decision_is_completed_once(log: DecisionTable) -> None:
    one = decision()
    await log.begin(one)
    first = done(one, None, "not_arrived")
    await log.finish(first)
    await log.finish(done(one, ChallengeStatus.DENIED))
    assert list(await log.all()) == [first]


async def test_a_challenge_has_one_open_decision(log: DecisionTable) -> None:
    await log.begin(decision())
    with pytest.raises(AlreadyDecidingError):
        await log.begin(decision())
    await log.begin(decision("YC" + "d" * 32))
    assert len(await log.all()) == 2


async def test_a_challenge_has_one_open_decision_over_all_processes(
    log: DecisionTable, other: Database
) -> None:
    logs = [log, DecisionTable(other)] * 5
    outcomes = await asyncio.gather(
        *(each.begin(decision()) for each in logs), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes if outcome] == [AlreadyDecidingError] * 9
    assert len(await log.all()) == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (None, "not_arrived"),
        (None, "locked"),
        (ChallengeStatus.EXPIRED, "expired"),
        (ChallengeStatus.APPROVED, "answered_elsewhere"),
    ],
)
async def test_after_one_that_was_not_taken_another_can_begin(
    log: DecisionTable, status: ChallengeStatus | None, error: str
) -> None:
    first = decision()
    await log.begin(first)
    await log.finish(done(first, status, error))
    await log.begin(decision())
    assert len(await log.find(CHALLENGE)) == 2


async def test_after_one_that_was_confirmed_none_can_begin(
    log: DecisionTable, other: Database
) -> None:
    first = decision()
    await log.begin(first)
    await log.finish(done(first, ChallengeStatus.DENIED))
    for each in (log, DecisionTable(other)):
        with pytest.raises(DecisionError) as raised:
            await each.begin(decision())
        assert raised.value.name == "already_answered"
        assert "denied" in raised.value.message


async def test_an_open_decision_is_its_process_s_until_that_ends(
    log: DecisionTable, database: Database, other: Database
) -> None:
    one = decision()
    await log.begin(one)
    assert await DecisionTable(other).unresolved() == []
    assert list(await log.unresolved()) == [one]
    await database.aclose()
    assert list(await DecisionTable(other).unresolved()) == [one]


async def test_what_a_process_left_is_claimed_by_one_alone(
    log: DecisionTable,
    database: Database,
    open_database: Callable[..., Awaitable[Database]],
) -> None:
    for number in range(3):
        await log.begin(decision(f"YC{number:032x}"))
    heirs = [DecisionTable(await open_database()) for _ in range(3)]
    await database.aclose()
    claimed = await asyncio.gather(*(heir.unresolved() for heir in heirs))
    assert sorted(map(len, claimed)) == [0, 0, 3]


async def test_all_come_newest_first_and_no_more_than_asked_for(log: DecisionTable) -> None:
    ages = [timedelta(hours=hours) for hours in (2, 0, 1)]
    made = [decision(f"YC{age.seconds:032x}", age=age) for age in ages]
    for one in made:
        await log.begin(one)
    newest_first = sorted(made, key=lambda one: one.decided_at, reverse=True)
    assert list(await log.all()) == newest_first
    assert list(await log.all(2)) == newest_first[:2]
    assert await log.all(0) == []


async def test_one_challenge_s_decisions_come_oldest_first(log: DecisionTable) -> None:
    for hours in (1, 2):
        one = decision(age=timedelta(hours=hours))
        await log.begin(one)
        await log.finish(done(one, None, "not_arrived"))
    first, second = await log.find(CHALLENGE)
    assert first.decided_at < second.decided_at


async def test_a_mark_is_made_once_whichever_process_makes_it(
    log: DecisionTable, other: Database
) -> None:
    one = replace(decision(), suspicious=False)
    await log.begin(one)
    await log.finish(done(one, ChallengeStatus.DENIED))
    logs = (log, DecisionTable(other))
    made = await asyncio.gather(*(each.mark_suspicious(one.id) for each in logs))
    assert sorted(made) == [False, True]
    assert await log.mark_suspicious("another") is False
    [kept] = await log.find(CHALLENGE)
    assert (kept.suspicious, kept.server_status) == (True, ChallengeStatus.DENIED)


async def test_history_is_kept_for_90_days_and_what_is_open_for_ever(log: DecisionTable) -> None:
    minute = timedelta(minutes=1)
    old, open_one, young = (
        decision(f"YC{number:032x}", age=age)
        for number, age in enumerate((KEPT + minute, KEPT + minute, KEPT - minute))
    )
    for one in (old, open_one, young):
        await log.begin(one)
    for one in (old, young):
        await log.finish(done(one, ChallengeStatus.DENIED))
    await log.prune()
    assert {one.id for one in await log.all()} == {open_one.id, young.id}


@pytest.mark.parametrize(
    "change",
    [
        "fields = 'x'",
        "fields = '[1]'",
        "fields = 'null'",
        "answer = '?'",
        "mode = '?'",
        "decided_at = '?'",
        "server_status = '?'",
        "finished_at = '?'",
    ],
)
async def test_a_decision_that_can_not_be_read_is_damage(
    log: DecisionTable, database: Database, change: str
) -> None:
    await log.begin(decision())
    statement = f"UPDATE decisions SET {change}"  # noqa: S608 - one of the rows above
    await database.write(lambda connection: connection.execute(statement))
    with pytest.raises(StorageError) as raised:
        await log.all()
    assert raised.value.name == "damaged"
