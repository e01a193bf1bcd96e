"""A denial can be marked afterwards: history first, then the service, and that once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device.decisions import Answer
from countersign.device.suspicion import SUSPICIOUS, Mark
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    InputError,
    KeyStorageError,
    NetworkError,
    StorageError,
)
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.push.errors import CountersignError
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)
TAKEN = support.answer(200, {})


async def kept(process: Process, request: Request) -> bool:
    [decision] = await process.log.find(request.challenge.sid)
    return decision.suspicious


async def mark(process: Process, request: Request) -> Mark:
    return await process.decisions.mark_suspicious(request.account.sid, request.challenge.sid)


async def test_the_mark_is_sent_alone_and_kept(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", TAKEN)
    marked = await mark(process, request_shown)
    assert marked.told
    assert service.sent[-1].form == {"Metadata": SUSPICIOUS}
    assert await kept(process, request_shown)


async def test_the_services_word_comes_back_where_it_can_be_read(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    sid = request_shown.challenge.sid
    service.on("POST", sid, support.answer(200, service.challenges[sid]))
    seen = (await mark(process, request_shown)).challenge
    assert seen is not None
    assert (seen.sid, seen.status) == (sid, ChallengeStatus.DENIED)


async def test_history_has_the_mark_before_it_is_sent(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)

    async def look(_take: support.Take) -> Reply:
        assert await kept(process, request_shown)
        return support.reply(200, {})

    service.on("POST", "/Challenges/", look)
    assert (await mark(process, request_shown)).told


async def test_a_second_mark_is_told_to_nobody(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", TAKEN)
    await mark(process, request_shown)
    before = len(service.sent)
    assert await mark(process, request_shown) == Mark(before=True)
    assert len(service.sent) == before


async def test_two_at_once_are_one(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", TAKEN, times=2)
    before = len(service.sent)
    marks = await asyncio.gather(*(mark(process, request_shown) for _ in range(3)))
    assert sorted(one.before for one in marks) == [False, True, True]
    assert len(service.sent) == before + 1


async def test_what_was_denied_as_suspicious_is_marked_already(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, replace(DENY, suspicious=True))
    before = len(service.sent)
    assert (await mark(process, request_shown)).before
    assert len(service.sent) == before


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        pytest.param(support.refuse(400, 60306), ApiError, id="takes no metadata"),
        pytest.param(support.fail(NetworkError("x", "Away.")), NetworkError, id="away"),
        pytest.param(support.fail(support.lost()), AnswerLostError, id="no answer"),
    ],
)
async def test_the_mark_is_kept_and_not_sent_again_where_the_service_does_not_take_it(
    process: Process,
    service: FakeService,
    request_shown: Request,
    behaviour: support.Behaviour,
    error: type[CountersignError],
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", behaviour)
    marked = await mark(process, request_shown)
    assert (marked.told, type(marked.error)) == (False, error)
    assert await kept(process, request_shown)
    before = len(service.sent)
    assert (await mark(process, request_shown)).before
    assert len(service.sent) == before


async def test_a_locked_password_store_is_only_a_reason_not_to_tell(
    process: Process, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    process.keys.lock()
    assert isinstance((await mark(process, request_shown)).error, KeyStorageError)
    assert await kept(process, request_shown)


async def test_history_is_marked_where_the_account_is_gone(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    await process.accounts.remove(request_shown.account)
    before = len(service.sent)
    error = (await mark(process, request_shown)).error
    assert error is not None
    assert error.name == "account_removed"
    assert (len(service.sent), await kept(process, request_shown)) == (before, True)


@pytest.mark.parametrize("answered", [True, False])
async def test_what_is_no_denial_is_never_marked(
    process: Process, service: FakeService, request_shown: Request, *, answered: bool
) -> None:
    if answered:
        await process.decisions.answer(request_shown, APPROVE)
    before = len(service.sent)
    with pytest.raises(InputError) as raised:
        await mark(process, request_shown)
    assert raised.value.name == "no_denial"
    assert len(service.sent) == before
    marked = [one.suspicious for one in await process.log.find(request_shown.challenge.sid)]
    assert marked == [False] * answered


async def test_a_denial_whose_fate_is_open_is_not_marked(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.log.begin(replace(support.decision(request_shown), answer=ChallengeStatus.DENIED))
    with pytest.raises(InputError):
        await mark(process, request_shown)
    assert service.sent == []


async def test_nothing_is_sent_where_the_mark_cannot_be_kept(
    process: Process,
    service: FakeService,
    request_shown: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await process.decisions.answer(request_shown, DENY)
    before = len(service.sent)

    async def full(_id: str) -> bool:
        raise StorageError("disk_full", "The disk is full.")

    monkeypatch.setattr(process.device.decisions, "mark_suspicious", full)
    with pytest.raises(StorageError):
        await mark(process, request_shown)
    assert len(service.sent) == before


async def test_a_mark_outlives_whoever_asked_for_it(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    gate, before = support.Gate(taken=False), len(service.sent)
    answered: list[str] = []

    async def hold(_take: support.Take) -> Reply:
        gate.reached.set()
        await gate.opened.wait()
        answered.append(service.sent[-1].form["Metadata"])
        return support.reply(200, {})

    service.on("POST", "/Challenges/", hold)
    asking = asyncio.create_task(mark(process, request_shown))
    await gate.reached.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    ending = asyncio.create_task(process.decisions.idle())
    await asyncio.sleep(0)
    assert not ending.done()
    gate.opened.set()
    await ending
    assert answered == [SUSPICIOUS]
    assert len(service.sent) == before + 1
