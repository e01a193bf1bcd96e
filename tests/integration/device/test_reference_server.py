"""The rules of design §5 on real connections, against a server that shares no code with the app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.device import accounts, inbox
from countersign.device.decisions import Answer
from countersign.device.enrolment import EnrolmentRequest, UnfinishedError, enrol, finish
from countersign.device.errors import AlreadyDecidingError, DecisionError, UnknownFateError
from countersign.push import http
from countersign.push.errors import AnswerLostError, CountersignError, MappingError
from countersign.push.values import ChallengeStatus
from tests.contract import reference_server as reference

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from tests.contract.reference_server import ReferenceServer
    from tests.integration.device.device_support import Computer

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)
ANSWER = "POST */Challenges/*"
LOOK = "GET */Challenges/*"
CREATE = "POST */Factors"
CHECK = "POST */Factors/*"


@pytest.fixture
async def account(computer: Computer, server: ReferenceServer) -> Account:
    """Enrol."""
    return await computer.enrol(server.backend_url)


@pytest.fixture
async def opened(computer: Computer, server: ReferenceServer, account: Account) -> Request:
    """Open a request."""
    return await computer.open(server.add_challenge(account.sid))


def since(server: ReferenceServer, opened: Request) -> list[str]:
    """Return the methods of the requests about a challenge after it was opened."""
    sid = opened.challenge.sid
    return [one.method for one in server.requests if one.path.endswith(sid)][1:]


# --- Answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [APPROVE, DENY], ids=["approve", "deny"])
async def test_an_answer_is_one_request_on_the_open_connection(
    computer: Computer, server: ReferenceServer, opened: Request, answer: Answer
) -> None:
    before = server.connections
    answered = await computer.decisions.answer(opened, answer)
    assert answered.decision.server_status is answer.status
    assert server.status(opened.challenge.sid) == answer.status
    assert (since(server, opened), server.connections) == (["POST"], before)


async def test_a_suspicious_request_is_denied_and_marked(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    await computer.decisions.answer(opened, Answer(ChallengeStatus.DENIED, suspicious=True))
    metadata = server.service.challenges[opened.challenge.sid].metadata
    assert metadata == {"reason": "suspicious"}


TAKEN = {
    "dropped after it was taken": reference.TakeThenDrop(),
    "half an answer": reference.TruncatedBody(),
    "half the JSON": reference.MalformedJson(),
}
NOT_TAKEN = {
    "dropped before it was read": reference.CloseBeforeReading(),
    "dropped before it was taken": reference.CloseAfterReading(),
    "a proxy's page": reference.HtmlPage(502),
}


@pytest.mark.parametrize("fault", TAKEN.values(), ids=TAKEN)
async def test_an_answer_that_arrived_is_found_and_never_sent_again(
    computer: Computer, server: ReferenceServer, opened: Request, fault: reference.Behaviour
) -> None:
    server.fault(ANSWER, fault)
    answered = await computer.decisions.answer(opened, APPROVE)
    assert answered.decision.server_status is ChallengeStatus.APPROVED
    assert since(server, opened) == ["POST", "GET"]


@pytest.mark.parametrize("fault", NOT_TAKEN.values(), ids=NOT_TAKEN)
async def test_an_answer_that_did_not_arrive_is_said_to_be_so_and_never_sent_again(
    computer: Computer, server: ReferenceServer, opened: Request, fault: reference.Behaviour
) -> None:
    server.fault(ANSWER, fault)
    with pytest.raises(DecisionError) as raised:
        await computer.decisions.answer(opened, APPROVE)
    assert raised.value.name == "not_arrived"
    assert since(server, opened) == ["POST", "GET", "GET"]


async def test_an_answer_that_takes_too_long_is_looked_up(
    computer: Computer, server: ReferenceServer, opened: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = server.fault(ANSWER, reference.Hang(take=True))
    monkeypatch.setattr(http, "_DEADLINE", 1.0)
    answering = asyncio.ensure_future(computer.decisions.answer(opened, APPROVE))
    await asyncio.to_thread(fault.reached.wait)
    monkeypatch.undo()  # the look may take as long as it likes
    assert (await answering).decision.error is None
    assert since(server, opened) == ["POST", "GET"]


async def test_an_answer_that_can_not_be_looked_up_is_settled_later(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    server.fault(ANSWER, reference.TakeThenDrop())
    server.fault(LOOK, reference.CloseAfterReading())
    with pytest.raises(UnknownFateError):
        await computer.decisions.answer(opened, APPROVE)
    (settled,) = await computer.decisions.settle()
    assert settled.server_status is ChallengeStatus.APPROVED
    assert since(server, opened) == ["POST", "GET", "GET"]


async def test_a_double_click_is_one_request(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    outcomes = await asyncio.gather(
        computer.decisions.answer(opened, APPROVE),
        computer.decisions.answer(opened, DENY),
        return_exceptions=True,
    )
    assert [isinstance(one, AlreadyDecidingError) for one in outcomes] == [False, True]
    assert since(server, opened) == ["POST"]
    assert server.status(opened.challenge.sid) == "approved"


async def test_a_request_that_changed_after_it_was_opened_is_not_answered(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    with server.service.lock:
        server.service.challenges[opened.challenge.sid].details = {"message": "Pay", "fields": []}
    with pytest.raises(DecisionError) as raised:
        await computer.decisions.answer(opened, APPROVE)
    assert (raised.value.name, raised.value.code) == ("changed", 60324)
    assert server.status(opened.challenge.sid) == "pending"
    read_anew = await computer.open(opened.challenge.sid)
    assert (await computer.decisions.answer(read_anew, APPROVE)).decision.message == "Pay"


async def test_a_request_that_expired_after_it_was_opened_is_expired(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    server.expire(opened.challenge.sid)
    with pytest.raises(DecisionError) as raised:
        await computer.decisions.answer(opened, APPROVE)
    assert (raised.value.name, raised.value.code) == ("expired", 60323)


async def test_an_answer_that_somebody_else_gave_is_an_alarm(
    computer: Computer, server: ReferenceServer, opened: Request
) -> None:
    with server.service.lock:
        server.service.challenges[opened.challenge.sid].status = "approved"
    with pytest.raises(DecisionError) as raised:
        await computer.decisions.answer(opened, DENY)
    assert raised.value.name == "answered_elsewhere"


@pytest.mark.parametrize("hours", [-5, 5])
async def test_a_clock_that_is_hours_off_is_corrected(
    computer: Computer, server: ReferenceServer, account: Account, hours: int
) -> None:
    server.skew = hours * 3600.0
    opened = await computer.open(server.add_challenge(account.sid))
    await computer.decisions.answer(opened, APPROVE)
    kept = await accounts.get(computer.device, account.sid)
    assert kept.token_offset == pytest.approx(server.skew, abs=60)


async def test_without_the_header_a_request_can_be_shown_and_not_answered(
    computer: Computer, server: ReferenceServer, account: Account
) -> None:
    server.fault(LOOK, reference.NoSignatureHeader())
    opened = await computer.open(server.add_challenge(account.sid))
    with pytest.raises(MappingError):
        await computer.decisions.answer(opened, APPROVE)
    assert since(server, opened) == []


# --- The inbox -----------------------------------------------------------------------------------


async def test_every_page_of_every_account_is_read(
    computer: Computer, server: ReferenceServer
) -> None:
    factors = [await computer.enrol(server.backend_url, f"user-{number}") for number in range(2)]
    sids = {server.add_challenge(factor.sid) for factor in factors for _ in range(150)}
    views = await inbox.look(computer.device, factors, ChallengeStatus.PENDING)
    assert {one.challenge.sid for one in inbox.merged(views)} == sids
    assert [view.error for view in views] == [None, None]


async def test_a_request_is_found_by_the_account_that_it_belongs_to(
    computer: Computer, server: ReferenceServer
) -> None:
    factors = [await computer.enrol(server.backend_url, f"user-{number}") for number in range(2)]
    for factor in factors:
        opened = await computer.open(server.add_challenge(factor.sid))
        assert opened.account == factor


# --- Enrolment -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", TAKEN.values(), ids=TAKEN)
async def test_a_registration_whose_answer_is_lost_is_not_repeated_and_leaves_nothing_here(
    computer: Computer, server: ReferenceServer, fault: reference.Behaviour
) -> None:
    server.fault(CREATE, fault)
    with pytest.raises((AnswerLostError, MappingError)) as raised:
        await computer.enrol(server.backend_url)
    assert "may stay" in str(raised.value)
    assert len(server.factor_sids()) == 1
    assert (len(computer.keys), await computer.device.accounts.all()) == (0, [])


@pytest.mark.parametrize("fault", (TAKEN | NOT_TAKEN).values(), ids=TAKEN | NOT_TAKEN)
async def test_a_check_whose_answer_is_lost_can_be_done_again(
    computer: Computer, server: ReferenceServer, fault: reference.Behaviour
) -> None:
    server.fault(CHECK, fault)
    with pytest.raises(UnfinishedError) as raised:
        await enrol(computer.device, EnrolmentRequest(server.backend_url, "jane-at-work"))
    account = await finish(computer.device, raised.value.account)
    assert account.verified
    assert (server.factor(account.sid) or {})["status"] == "verified"


async def test_a_factor_that_was_forgotten_is_too_late_to_finish(
    computer: Computer, server: ReferenceServer
) -> None:
    server.fault(CHECK, reference.HtmlPage())
    with pytest.raises(UnfinishedError) as raised:
        await computer.enrol(server.backend_url)
    server.remove_factor(raised.value.account.sid)
    with pytest.raises(CountersignError) as too_late:
        await finish(computer.device, raised.value.account)
    assert too_late.value.name == "too_late"


# --- Removing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone_already", [True, False])
async def test_a_removed_account_leaves_nothing_anywhere(
    computer: Computer, server: ReferenceServer, account: Account, *, gone_already: bool
) -> None:
    if gone_already:
        server.remove_factor(account.sid)
    assert await accounts.remove(computer.device, account) is True
    assert server.factor_sids() == []
    assert (len(computer.keys), await computer.device.accounts.all()) == (0, [])
