"""Failures, removed accounts, other accounts, and the app started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.silent.arming import Ended
from countersign.device.silent.events import (
    Origin,
    SilentEnded,
    SilentFailed,
)
from countersign.push.errors import KeyStorageError
from tests.unit.device import device_support as support
from tests.unit.device.silent.stage import (
    SOON,
    TERMS,
    carrying,
    running,
    start,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from tests.unit.device.device_support import FakeService, Keys, Process
    from tests.unit.device.silent.stage import (
        Stage,
    )

pytestmark = pytest.mark.anyio


@pytest.fixture
def start_again(
    start: Callable[[], Awaitable[Process]], stage: Stage
) -> Callable[[], Awaitable[SilentApproval]]:
    """Start the app once more on the same profile."""

    async def again() -> SilentApproval:
        silent = stage.silent(await start())
        silent.set_active(active=True)
        return silent

    return again


async def test_nothing_is_remembered_after_a_restart(
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    account: Account,
    start_again: Callable[[], Awaitable[SilentApproval]],
) -> None:
    transaction = start(silent, account)
    await silent.everything(account, TERMS, Origin.CLICK)
    async with running(silent):
        await stage.until(lambda: stage.pauses == 2)
    service.add_challenge(account.sid, age=SOON, hidden_details=carrying(transaction))
    again = await start_again()
    async with running(again):
        other = await again.device.accounts.get(account.sid)
        assert other is not None
        begun = start(again, other)  # a look of the new process, at the old one's request
        await stage.until(lambda: stage.pauses == 3)
        assert begun != transaction
    assert service.count("POST") == 0


async def test_another_account_s_requests_are_not_even_looked_at(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        other = await process.add_account()
        transaction = start(on, account)
        await on.everything(account, TERMS, Origin.CLICK)
        sid = service.add_challenge(other.sid, age=SOON, hidden_details=carrying(transaction))
        await stage.until(lambda: stage.pauses == 2)
        await stage.pass_by()
        assert service.challenges[sid]["status"] == "pending"
        assert service.count("POST") == 0


async def test_a_failed_answer_is_told_and_not_repeated(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        service.on("POST", "/Challenges/", support.refuse(403, 60324))
        transaction = start(on, account)
        sid = service.add_challenge(account.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        (failed,) = stage.of(SilentFailed)
        assert failed.request is not None
        assert failed.request.challenge.sid == sid
        assert failed.error is not None
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.FAILED]
        assert service.count("POST") == 1


async def test_a_look_that_fails_is_told_once_until_one_works(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        service.on("GET", "/Challenges", support.refuse(500), times=3)
        start(on, account)
        await stage.until(lambda: stage.pauses == 1)
        for _ in range(3):
            await stage.pass_by(1.0)
        assert len(stage.of(SilentFailed)) == 1
        service.on("GET", "/Challenges", support.refuse(500))
        await stage.pass_by(1.0)
        assert len(stage.of(SilentFailed)) == 2
        assert on.status() != []


async def test_a_password_store_that_was_left_locked_is_not_made_to_ask_again(
    silent: SilentApproval, stage: Stage, keys: Keys, account: Account
) -> None:
    async with running(silent) as on:
        keys.lock("sign")
        start(on, account)
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        (failed,) = stage.of(SilentFailed)
        assert isinstance(failed.error, KeyStorageError)
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.FAILED]


async def test_an_account_that_was_removed_meanwhile(
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    process: Process,
    account: Account,
) -> None:
    transaction = start(silent, account)
    service.add_challenge(account.sid, hidden_details=carrying(transaction))
    await process.accounts.remove(account)
    async with running(silent):
        await stage.until(lambda: bool(stage.of(SilentEnded)))
    assert [event.reason for event in stage.of(SilentEnded)] == [Ended.ACCOUNT_GONE]
    assert service.count("POST") == 0
