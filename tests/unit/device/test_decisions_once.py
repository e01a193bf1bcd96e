"""Twice is once: one open decision a challenge, over clicks and processes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.device import inbox
from countersign.device.decisions import Answer, Answered
from countersign.device.errors import AlreadyDecidingError, DecisionError, UnknownFateError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from tests.unit.device.device_support import FakeService, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)


@pytest.mark.parametrize("second", [APPROVE, DENY], ids=["the same", "the other"])
async def test_a_double_click_sends_one_answer(
    process: Process, service: FakeService, request_shown: Request, second: Answer
) -> None:
    outcomes = await asyncio.gather(
        process.decisions.answer(request_shown, APPROVE),
        process.decisions.answer(request_shown, second),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Answered, AlreadyDecidingError]
    assert service.count("POST") == 1
    assert len(await process.log.all()) == 1


async def test_two_processes_at_once_send_one_answer(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    request_shown: Request,
) -> None:
    other = await start()
    same = await inbox.find(other.device, request_shown.challenge.sid)
    outcomes = await asyncio.gather(
        process.decisions.answer(request_shown, APPROVE),
        other.decisions.answer(same, APPROVE),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Answered) for outcome in outcomes) == 1
    assert sum(isinstance(one, AlreadyDecidingError | DecisionError) for one in outcomes) == 1
    assert service.count("POST") == 1


async def test_what_another_process_answered_meanwhile_is_not_sent(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    request_shown: Request,
) -> None:
    other = await start()
    same = await inbox.find(other.device, request_shown.challenge.sid)
    await process.decisions.answer(request_shown, APPROVE)
    with pytest.raises(DecisionError) as raised:
        await other.decisions.answer(same, DENY)
    assert raised.value.name == "already_answered"
    assert service.count("POST") == 1


async def test_while_an_answer_s_fate_is_unknown_no_other_is_sent(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.take_then_fail(support.lost()))
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(UnknownFateError):
        await process.decisions.answer(request_shown, APPROVE)
    with pytest.raises(AlreadyDecidingError) as raised:
        await process.decisions.answer(request_shown, DENY)
    assert raised.value.name == "being_answered"
    assert service.count("POST") == 1


async def test_two_requests_are_answered_side_by_side(
    process: Process, service: FakeService, account: Account
) -> None:
    one, two = await process.ask(account), await process.ask(account)
    await asyncio.gather(
        process.decisions.answer(one, APPROVE), process.decisions.answer(two, DENY)
    )
    statuses = [service.challenges[each.challenge.sid]["status"] for each in (one, two)]
    assert statuses == ["approved", "denied"]
