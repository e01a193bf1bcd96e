"""What runs silent approval, before a service: what is sent, and what the banner shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from countersign.device.records import Mode
from countersign.device.silent.arming import Ended
from countersign.device.silent.events import (
    Origin,
    SilentApproved,
    SilentBegan,
    SilentEnded,
)
from tests.unit.device import device_support as support
from tests.unit.device.silent.stage import (
    SOON,
    TERMS,
    carrying,
    running,
    start,
)

if TYPE_CHECKING:
    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Process, Take
    from tests.unit.device.silent.stage import (
        Stage,
    )

pytestmark = pytest.mark.anyio


async def test_a_sign_in_from_here_is_approved_and_that_ends_it(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, account)
        other = service.add_challenge(account.sid)
        sid = service.add_challenge(account.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        assert service.challenges[sid]["status"] == "approved"
        assert service.challenges[other]["status"] == "pending"
        (approved,) = stage.of(SilentApproved)
        assert (approved.request.challenge.sid, approved.mode) == (sid, Mode.SILENT_SIGN_IN)
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.APPROVED]
        (decision,) = await process.log.all()
        assert (decision.mode, decision.server_status) == (Mode.SILENT_SIGN_IN, "approved")
        assert on.status() == []


async def test_it_looks_each_second_for_a_minute_then_leaves_requests_alone(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, account)
        await stage.until(lambda: stage.pauses == 1)
        for _ in range(60):
            await stage.pass_by(1.0)
        assert service.count("GET", "/Challenges") == 60
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.TIME_UP]
        service.add_challenge(account.sid, hidden_details=carrying(transaction))
        assert service.count("POST") == 0


async def test_everything_for_a_while_is_approved_up_to_the_count(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        await on.everything(account, TERMS, Origin.CLICK)
        sids = [service.add_challenge(account.sid, age=SOON) for _ in range(4)]
        while not stage.of(SilentEnded):
            await stage.pass_by()
        assert sorted(service.challenges[sid]["status"] for sid in sids) == [
            *["approved"] * 3,
            "pending",
        ]
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.COUNT_REACHED]
        assert [event.left for event in stage.of(SilentApproved)] == [2, 1, 0]
        assert {decision.mode for decision in await process.log.all()} == {Mode.SILENT_WINDOW}


async def test_what_waited_before_is_never_answered(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        sids = [service.add_challenge(account.sid, age=SOON) for _ in range(120)]
        await on.everything(account, TERMS, Origin.CLICK)
        assert service.count("GET", "/Challenges") == 2, "each page was read before it began"
        for sid in sids[:30]:
            service.challenges[sid]["status"] = "expired"
        await stage.until(lambda: stage.pauses == 1)
        await stage.pass_by()
        assert service.count("POST") == 0


async def test_what_was_created_before_the_look_s_date_is_never_answered(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:

        async def an_hour_ahead(take: Take) -> Reply:
            done = take()
            return support.reply(done.status, done.body, date=time.time() + 3600)

        service.on("GET", "/Challenges", an_hour_ahead)
        await on.everything(account, TERMS, Origin.CLICK)
        service.add_challenge(account.sid, age=-3590, ttl=7200)
        later = service.add_challenge(account.sid, age=-3610, ttl=7200)
        await stage.until(lambda: bool(stage.of(SilentApproved)))
        await stage.until(lambda: stage.pauses == 1)
        await stage.pass_by()
        assert [event.request.challenge.sid for event in stage.of(SilentApproved)] == [later]
        assert service.count("POST") == 1


async def test_a_sign_in_goes_on_whatever_has_the_focus(
    silent: SilentApproval, stage: Stage, service: FakeService, remote: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, remote)
        on.set_active(active=False)
        on.window_closed()
        service.add_challenge(remote.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentApproved)))


async def test_a_new_sign_in_takes_the_old_one_s_place(
    silent: SilentApproval, stage: Stage, account: Account
) -> None:
    first, second = start(silent, account), start(silent, account)
    assert first != second
    assert len(silent.status()) == 1
    assert [event.reason for event in stage.of(SilentEnded)] == [Ended.STOPPED]


async def test_what_the_banner_shows(
    silent: SilentApproval, stage: Stage, account: Account
) -> None:
    await silent.everything(account, TERMS, Origin.CLICK)
    stage.now += 100
    (status,) = silent.status()
    assert (status.mode, status.seconds_left, status.left, status.most) == (
        Mode.SILENT_WINDOW,
        200,
        3,
        3,
    )
    assert len(stage.of(SilentBegan)) == 1


async def test_which_requests_need_no_notice(
    silent: SilentApproval, process: Process, account: Account
) -> None:
    transaction = start(silent, account)
    ours = await process.ask(account, hidden_details=carrying(transaction))
    other = await process.ask(account, age=SOON)
    assert (silent.expects(ours), silent.expects(other)) == (True, False)
    silent.stop()
    assert not silent.expects(ours)
