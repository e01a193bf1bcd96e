"""What surely wasn't taken is said to be so, and why; nothing stays open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device import inbox
from countersign.device.decisions import Answer
from countersign.device.errors import DecisionError
from countersign.push.errors import (
    ApiError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
    TokenError,
)
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.device.records import Account, Decision
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)


async def only_decision(process: Process) -> Decision:
    (decision,) = await process.log.all()
    assert not decision.open
    return decision


@pytest.mark.parametrize(
    ("status", "code", "name"),
    [
        (400, 60306, "refused"),
        (401, 20003, "not_authorized"),
        (403, 60318, "unfinished"),
        (403, 99999, "forbidden"),
        (404, 20404, "not_found"),
        (409, 99999, "conflict"),
        (429, 20429, "too_many_requests"),
        (403, None, "unexpected"),
    ],
)
async def test_a_refusal_is_final_and_kept_by_its_name(  # noqa: PLR0913 - fixtures and one row
    process: Process,
    service: FakeService,
    request_shown: Request,
    *,
    status: int,
    code: int | None,
    name: str,
) -> None:
    service.on("POST", "/Challenges/", support.refuse(status, code))
    with pytest.raises(ApiError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    decision = await only_decision(process)
    assert (raised.value.name, decision.error, decision.server_status) == (name, name, None)
    assert [sent.method for sent in service.sent] == ["POST"]


async def test_a_request_that_never_left_is_final(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.fail(NetworkError("unreachable", "Can't reach.")))
    with pytest.raises(NetworkError):
        await process.decisions.answer(request_shown, APPROVE)
    assert (await only_decision(process)).error == "unreachable"
    assert service.count("GET") == 0


async def test_a_clock_beyond_all_reason_is_final(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(401, 20003, date=1.0))
    with pytest.raises(TokenError):
        await process.decisions.answer(request_shown, APPROVE)
    assert (await only_decision(process)).error == "clock"


async def test_with_a_locked_key_store_nothing_is_sent(
    process: Process, service: FakeService, keys: Keys, request_shown: Request
) -> None:
    keys.lock()
    with pytest.raises(KeyStorageError):
        await process.decisions.answer(request_shown, APPROVE)
    assert service.sent == []
    assert (await only_decision(process)).error == "locked"


async def test_with_the_key_gone_nothing_is_sent(
    process: Process, service: FakeService, keys: Keys, request_shown: Request
) -> None:
    keys.memory._keys.clear()
    with pytest.raises(KeyStorageError):
        await process.decisions.answer(request_shown, APPROVE)
    assert service.sent == []
    assert (await only_decision(process)).error == "gone"


async def test_after_a_failure_it_can_be_answered_again(
    process: Process, keys: Keys, request_shown: Request
) -> None:
    keys.lock()
    with pytest.raises(KeyStorageError):
        await process.decisions.answer(request_shown, APPROVE)
    keys.unlock()
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert answered.decision.error is None


async def test_where_history_can_not_be_written_nothing_is_sent(
    process: Process,
    service: FakeService,
    request_shown: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def full(_decision: Decision) -> None:
        raise StorageError("disk", "Full.")

    monkeypatch.setattr(process.log, "begin", full)
    with pytest.raises(StorageError):
        await process.decisions.answer(request_shown, APPROVE)
    assert service.sent == []


async def test_where_history_can_not_be_completed_the_answer_stays_to_be_settled(
    process: Process,
    service: FakeService,
    request_shown: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def full(_decision: Decision) -> None:
        raise StorageError("disk", "Full.")

    with monkeypatch.context() as patch:
        patch.setattr(process.log, "finish", full)
        with pytest.raises(StorageError):
            await process.decisions.answer(request_shown, APPROVE)
    (settled,) = await process.decisions.settle()
    assert settled.server_status is ChallengeStatus.APPROVED
    assert service.count("POST") == 1


# --- Expired -------------------------------------------------------------------------------------


async def test_what_expired_is_refused_without_asking(
    process: Process, service: FakeService, account: Account
) -> None:
    shown = await process.ask(account, ttl=-1)
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(shown, APPROVE)
    assert (raised.value.name, raised.value.code) == ("expired", 60323)
    assert service.sent == []
    assert await process.log.all() == []


@pytest.mark.parametrize(("ahead", "name"), [(3600, "expired"), (-3600, None)])
async def test_expiry_goes_by_the_service_s_clock(
    process: Process, account: Account, ahead: float, name: str | None
) -> None:
    ttl = 300 if ahead > 0 else -300  # by our own clock the other way round
    shown = await process.ask(account, ttl=ttl)
    clock = process.device.clock(account)
    clock.observe(clock.local() + ahead)
    if name is None:
        assert (await process.decisions.answer(shown, APPROVE)).decision.error is None
        return
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(shown, APPROVE)
    assert raised.value.name == name


@pytest.mark.parametrize("can_look", [True, False])
async def test_60323_means_expired_even_where_it_can_not_be_looked_up(
    process: Process, service: FakeService, request_shown: Request, *, can_look: bool
) -> None:
    service.challenges[request_shown.challenge.sid]["status"] = "expired"
    if not can_look:
        service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    decision = await only_decision(process)
    assert (raised.value.name, raised.value.code) == ("expired", 60323)
    assert (decision.server_status, decision.error) == ("expired", "expired")


# --- Answered before -----------------------------------------------------------------------------


async def test_60322_that_history_knows_is_said_to_be_so(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, APPROVE)
    seen_again = await inbox.find(process.device, request_shown.challenge.sid)
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(seen_again, DENY)
    assert (raised.value.name, raised.value.code) == ("already_answered", 60322)
    assert service.count("POST") == 1


async def test_what_was_answered_is_not_sent_again_from_an_old_view(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, APPROVE)
    service.sent.clear()
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.name == "already_answered"
    assert service.sent == []


@pytest.mark.parametrize("word", ["approved", "denied"])
async def test_60322_that_history_does_not_know_is_an_alarm(
    process: Process, service: FakeService, request_shown: Request, word: str
) -> None:
    service.challenges[request_shown.challenge.sid]["status"] = word
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert (raised.value.name, raised.value.code) == ("answered_elsewhere", 60322)
    decision = await only_decision(process)
    assert (decision.server_status, decision.error) == (word, "answered_elsewhere")


@pytest.mark.parametrize("second", [APPROVE, DENY], ids=["approve", "deny"])
async def test_the_alarm_does_not_fall_silent_on_a_second_try(
    process: Process, service: FakeService, request_shown: Request, second: Answer
) -> None:
    service.challenges[request_shown.challenge.sid]["status"] = "approved"
    for answer in (APPROVE, second):
        with pytest.raises(DecisionError) as raised:
            await process.decisions.answer(request_shown, answer)
        assert raised.value.name == "answered_elsewhere"


@pytest.mark.parametrize("word", ["approved", "denied"])
async def test_what_is_seen_answered_by_somebody_else_is_an_alarm_without_asking(
    process: Process, service: FakeService, account: Account, word: str
) -> None:
    shown = await process.ask(account, status=word)
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(shown, APPROVE)
    assert raised.value.name == "answered_elsewhere"
    assert service.sent == []


async def test_60322_that_can_not_be_looked_up_is_the_service_s_own_word(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.challenges[request_shown.challenge.sid]["status"] = "approved"
    service.on("GET", "/Challenges/", support.fail(support.lost()))
    with pytest.raises(ApiError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.name == "already_answered"
    assert (await only_decision(process)).error == "already_answered"


# --- The signature refused -----------------------------------------------------------------------


async def test_60324_over_a_changed_body_means_that_the_request_changed(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(403, 60324))
    body = service.challenges[request_shown.challenge.sid]
    body["details"] = {"message": "Pay 1000?", "fields": []}
    with pytest.raises(DecisionError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert (raised.value.name, raised.value.code) == ("changed", 60324)
    assert (await only_decision(process)).error == "changed"
    assert [sent.method for sent in service.sent] == ["POST", "GET"]


async def test_60324_over_the_same_body_is_the_service_s_own_word(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(403, 60324))
    with pytest.raises(ApiError) as raised:
        await process.decisions.answer(request_shown, APPROVE)
    assert raised.value.code == 60324
    assert (await only_decision(process)).error == "signature_refused"


async def test_a_changed_request_is_not_signed_again_by_itself_but_by_a_new_click(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(403, 60324))
    service.challenges[request_shown.challenge.sid]["details"] = {"message": "New", "fields": []}
    with pytest.raises(DecisionError):
        await process.decisions.answer(request_shown, APPROVE)
    read_anew = await inbox.find(process.device, request_shown.challenge.sid)
    answered = await process.decisions.answer(read_anew, APPROVE)
    assert answered.decision.message == "New"


# --- Not answerable at all -----------------------------------------------------------------------


async def test_an_item_of_a_list_can_not_be_answered(
    process: Process, service: FakeService, account: Account
) -> None:
    service.add_challenge(account.sid)
    (view,) = await inbox.look(process.device, [account], ChallengeStatus.PENDING)
    service.sent.clear()
    with pytest.raises(MappingError) as raised:
        await process.decisions.answer(view.requests[0], APPROVE)
    assert raised.value.name == "no_signature_fields"
    assert (service.sent, await process.log.all()) == ([], [])


async def test_a_challenge_without_the_header_can_not_be_answered(
    process: Process, service: FakeService, account: Account
) -> None:
    service.signed_fields = None
    shown = await process.ask(account)
    with pytest.raises(MappingError):
        await process.decisions.answer(shown, APPROVE)
    assert service.sent == []


async def test_another_account_s_challenge_is_never_sent(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    stranger = replace(request_shown, account=await process.add_account())
    with pytest.raises(ApiError) as raised:
        await process.decisions.answer(stranger, APPROVE)
    assert raised.value.name == "not_found"
    assert service.count("POST") == 0
