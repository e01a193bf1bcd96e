"""An answer whose fate is unknown is asked about and never sent again, now or after a crash."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from countersign.device.decisions import Answer, Decisions
from countersign.device.errors import DecisionError, UnknownFateError
from countersign.push.errors import ApiError, StorageError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.inbox import Request
    from countersign.device.records import Account, Decision
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)


async def leave_open(process: Process, request: Request, *, taken: bool) -> Decision:
    """Lose an answer, and every look for it."""
    lose = support.take_then_fail if taken else support.fail
    process.service.on("POST", "/Challenges/", lose(support.lost()))
    process.service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(UnknownFateError):
        await process.decisions.answer(request, APPROVE)
    process.service.sent.clear()
    (decision,) = await process.log.find(request.challenge.sid)
    assert decision.open
    return decision


async def made_long_ago(process: Process) -> None:
    then = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    await process.database.write(
        lambda connection: connection.execute("UPDATE decisions SET decided_at = ?", (then,))
    )


# --- Lost, and looked up at once -----------------------------------------------------------------


async def test_an_answer_taken_and_lost_is_found_by_one_look(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.take_then_fail(support.lost()))
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert [sent.method for sent in service.sent] == ["POST", "GET"]
    assert answered.decision.server_status is ChallengeStatus.APPROVED


async def test_an_answer_that_two_looks_find_pending_did_not_arrive(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.name == "not_arrived"
    assert [sent.method for sent in service.sent] == ["POST", "GET", "GET"]
    (decision,) = await process.log.all()
    assert (decision.server_status, decision.error) == (None, "not_arrived")


async def test_what_did_not_arrive_can_be_answered_again(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(DecisionError):
        await process.decisions.answer(request_shown, APPROVE)
    answered = await process.decisions.answer(request_shown, DENY)
    assert answered.decision.server_status is ChallengeStatus.DENIED


async def test_a_service_that_is_still_at_work_is_given_a_second_look(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))

    async def finish_after_the_first_look(take: support.Take) -> Reply:
        seen = take()
        service.challenges[request_shown.challenge.sid]["status"] = "approved"
        return seen

    service.on("GET", "/Challenges/", finish_after_the_first_look)
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert answered.decision.error is None
    assert service.count("POST") == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("taken", [True, False])
async def test_the_server_s_own_trouble_says_nothing_so_it_is_looked_up(
    process: Process, service: FakeService, request_shown: Request, status: int, *, taken: bool
) -> None:
    trouble = support.take_then_refuse(status) if taken else support.refuse(status)
    service.on("POST", "/Challenges/", trouble)
    if taken:
        assert (await process.decisions.answer(request_shown, APPROVE)).decision.error is None
    else:
        with pytest.raises(DecisionError) as raised:
            await process.decisions.answer(request_shown, APPROVE)
        assert raised.value.name == "not_arrived"
    assert service.count("POST") == 1


@pytest.mark.parametrize(
    ("found", "name", "code"),
    [("denied", "answered_elsewhere", 60322), ("expired", "expired", 60323)],
)
async def test_a_look_that_finds_something_else_says_so(  # noqa: PLR0913 - fixtures and one row
    process: Process,
    service: FakeService,
    request_shown: Request,
    *,
    found: str,
    name: str,
    code: int,
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    service.challenges[request_shown.challenge.sid]["status"] = found
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert (raised.value.name, raised.value.code) == (name, code)
    (decision,) = await process.log.all()
    assert (decision.server_status, decision.error) == (found, name)


@pytest.mark.parametrize(("status", "kept"), [("approved", "approved"), ("pending", None)])
async def test_a_look_that_finds_another_text_says_that_it_changed(
    process: Process, service: FakeService, request_shown: Request, status: str, kept: str | None
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    body = service.challenges[request_shown.challenge.sid]
    body |= {"status": status, "details": {"message": "Pay 1000?", "fields": []}}
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.name == "changed"
    (decision,) = await process.log.all()
    assert (decision.server_status, decision.error) == (kept, "changed")


async def test_a_look_that_finds_nothing_is_the_end_of_it(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    del service.challenges[request_shown.challenge.sid]
    with pytest.raises(ApiError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.status == 404
    (decision,) = await process.log.all()
    assert decision.error == "not_found"


# --- Unknown, and found out later ----------------------------------------------------------------

NO_LOOK = {
    "lost": support.fail(support.lost()),
    "busy": support.refuse(503),
    "too many": support.refuse(429, 20429),
    "not authorized": support.refuse(401, 20003),
    "unreadable": support.answer(200, {"sid": "?"}),
}


@pytest.mark.parametrize("look", NO_LOOK.values(), ids=NO_LOOK)
async def test_where_it_can_not_be_looked_up_it_stays_open(
    process: Process, service: FakeService, request_shown: Request, look: support.Behaviour
) -> None:
    service.on("POST", "/Challenges/", support.take_then_fail(support.lost()))
    service.on("GET", "/Challenges/", look)
    with pytest.raises(UnknownFateError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert "won't send it twice" in raised.value.hint
    (decision,) = await process.log.all()
    assert decision.open
    assert service.count("POST") == 1


async def test_the_second_look_failing_leaves_it_open_too(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))

    async def as_ever(take: support.Take) -> Reply:
        return take()

    service.on("GET", "/Challenges/", as_ever)
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(UnknownFateError):
        await process.decisions.answer(request_shown, APPROVE)


@pytest.mark.parametrize("answer", [APPROVE, DENY], ids=["approval", "denial"])
async def test_the_user_is_told_what_is_not_known(
    process: Process, service: FakeService, request_shown: Request, answer: Answer
) -> None:
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(UnknownFateError) as raised:
        await process.decisions.answer(request_shown, answer)
    assert ("approval" in raised.value.message) == (answer is APPROVE)


@pytest.mark.parametrize("taken", [True, False])
async def test_settle_finds_out_later_and_sends_nothing(
    process: Process, service: FakeService, request_shown: Request, *, taken: bool
) -> None:
    await leave_open(process, request_shown, taken=taken)
    (settled,) = await process.decisions.settle()
    expected = ("approved", None) if taken else (None, "not_arrived")
    assert (settled.server_status, settled.error) == expected
    assert (service.count("POST"), await process.decisions.settle()) == (0, [])


@pytest.mark.parametrize(
    ("found", "name"), [("denied", "answered_elsewhere"), ("expired", "expired")]
)
async def test_settle_tells_what_went_otherwise(
    process: Process, service: FakeService, request_shown: Request, found: str, name: str
) -> None:
    await leave_open(process, request_shown, taken=False)
    service.challenges[request_shown.challenge.sid]["status"] = found
    (settled,) = await process.decisions.settle()
    assert (settled.server_status, settled.error) == (found, name)


async def test_settle_leaves_open_what_can_still_not_be_looked_up(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await leave_open(process, request_shown, taken=True)
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    assert await process.decisions.settle() == []
    (settled,) = await process.decisions.settle()
    assert settled.error is None


async def test_settle_with_a_locked_key_store_leaves_it_open(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    keys: Keys,
    request_shown: Request,
) -> None:
    await leave_open(process, request_shown, taken=True)
    await process.die()
    again = await start()  # with no token from before
    keys.lock()
    assert await again.decisions.settle() == []
    keys.unlock()
    assert len(await again.decisions.settle()) == 1


async def test_settle_ends_what_the_service_no_longer_knows(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await leave_open(process, request_shown, taken=False)
    service.challenges.clear()
    (settled,) = await process.decisions.settle()
    assert settled.error == "not_found"


async def test_settle_ends_what_belongs_to_an_account_that_was_removed(
    process: Process, account: Account, request_shown: Request
) -> None:
    await leave_open(process, request_shown, taken=True)
    await process.accounts.remove(account)
    (settled,) = await process.decisions.settle()
    assert settled.error == "account_removed"


async def test_settle_finds_out_about_all_at_once_and_one_does_not_hide_another(
    process: Process, service: FakeService, account: Account
) -> None:
    for _ in range(3):
        await leave_open(process, await process.ask(account), taken=True)
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    settled = await process.decisions.settle()
    assert [one.server_status for one in settled] == ["approved"] * 2
    assert len(await process.decisions.settle()) == 1


async def test_settle_on_a_full_disk_says_so_and_leaves_no_look_behind(
    process: Process, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await leave_open(process, await process.ask(account), taken=True)
    finish, calls = process.log.finish, 0

    async def full_once(decision: Decision) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise StorageError("disk", "Full.")
        await finish(decision)

    monkeypatch.setattr(process.log, "finish", full_once)
    with pytest.raises(StorageError):
        await process.decisions.settle()
    assert len(await process.decisions.settle()) == 1


# --- Crashed -------------------------------------------------------------------------------------

STEPS = {
    "before it was sent": (False, (None, "not_arrived")),
    "after it was taken": (True, ("approved", None)),
}


@pytest.mark.parametrize(("taken", "expected"), STEPS.values(), ids=STEPS)
async def test_the_next_start_finds_out_what_a_crash_left_open(  # noqa: PLR0913 - fixtures and one row
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    request_shown: Request,
    *,
    taken: bool,
    expected: tuple[str | None, str | None],
) -> None:
    gate = support.Gate(taken=taken)
    service.on("POST", "/Challenges/", gate)
    answering = asyncio.ensure_future(process.decisions.answer(request_shown, APPROVE))
    await gate.reached.wait()
    answering.cancel()  # and with it all that this process would have done
    await process.die()
    service.sent.clear()
    (settled,) = await (await start()).decisions.settle()
    assert (settled.server_status, settled.error) == expected
    assert service.count("POST") == 0


async def test_two_starts_after_a_crash_never_settle_the_same_answer(
    process: Process, start: Callable[[], Awaitable[Process]], request_shown: Request
) -> None:
    await leave_open(process, request_shown, taken=True)
    await process.die()
    first, second = await start(), await start()
    settled = await asyncio.gather(first.decisions.settle(), second.decisions.settle())
    assert sorted(map(len, settled)) == [0, 1]


async def test_settle_never_touches_what_another_running_process_is_about(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    request_shown: Request,
) -> None:
    other, gate = await start(), support.Gate(taken=False)
    service.on("POST", "/Challenges/", gate)
    answering = asyncio.ensure_future(process.decisions.answer(request_shown, APPROVE))
    await gate.reached.wait()
    assert await other.decisions.settle() == []
    gate.opened.set()
    assert (await answering).decision.error is None


async def test_settle_never_touches_what_this_process_is_about(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    gate = support.Gate(taken=False)
    service.on("POST", "/Challenges/", gate)
    answering = asyncio.ensure_future(process.decisions.answer(request_shown, APPROVE))
    await gate.reached.wait()
    assert await process.decisions.settle() == []
    gate.opened.set()
    assert (await answering).decision.error is None
    assert service.count("GET") == 0


# --- Cancelled -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("taken", "expected"), STEPS.values(), ids=STEPS)
async def test_an_answer_cancelled_on_its_way_is_settled(
    process: Process,
    service: FakeService,
    request_shown: Request,
    *,
    taken: bool,
    expected: tuple[str | None, str | None],
) -> None:
    gate = support.Gate(taken=taken)
    service.on("POST", "/Challenges/", gate)
    answering = asyncio.ensure_future(process.decisions.answer(request_shown, APPROVE))
    await gate.reached.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    (decision,) = await process.log.all()
    assert decision.open
    (settled,) = await process.decisions.settle()
    assert (settled.server_status, settled.error) == expected
    assert service.count("POST") == 1


async def test_an_answer_cancelled_while_it_is_looked_up_is_settled(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    patient = Decisions(process.device, second_look=3600)
    service.on("POST", "/Challenges/", support.fail(support.lost()))
    looked = asyncio.Event()

    async def look(take: support.Take) -> Reply:
        looked.set()
        return take()

    service.on("GET", "/Challenges/", look)
    answering = asyncio.ensure_future(patient.answer(request_shown, APPROVE))
    await looked.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    (settled,) = await process.decisions.settle()
    assert settled.error == "not_arrived"


async def test_an_answer_given_long_ago_is_judged_by_one_look(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await leave_open(process, request_shown, taken=False)
    await made_long_ago(process)
    (settled,) = await process.decisions.settle()
    assert settled.error == "not_arrived"
    assert service.count("GET") == 1
