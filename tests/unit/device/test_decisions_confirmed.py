"""An answer is confirmed by the service's own word, at the price of one request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from countersign.device.decisions import Answer
from countersign.device.records import Mode
from countersign.device.suspicion import SUSPICIOUS
from countersign.push.errors import ApiError, MappingError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)
OTHER_SID = "YC" + "9" * 32


@pytest.mark.parametrize("answer", [APPROVE, DENY], ids=["approve", "deny"])
async def test_an_answer_takes_one_request_after_the_request_was_opened(
    process: Process, service: FakeService, request_shown: Request, answer: Answer
) -> None:
    answered = await process.decisions.answer(request_shown, answer)
    assert [sent.method for sent in service.sent] == ["POST"]
    assert answered.challenge.status is answer.status
    assert service.challenges[request_shown.challenge.sid]["status"] == answer.status


async def test_a_confirmed_answer_is_in_history_whole(
    process: Process, request_shown: Request
) -> None:
    answer = Answer(ChallengeStatus.DENIED, Mode.COMMAND, suspicious=True)
    answered = await process.decisions.answer(request_shown, answer)
    (kept,) = await process.log.all()
    assert kept == answered.decision
    assert (kept.answer, kept.server_status, kept.error) == ("denied", "denied", None)
    assert (kept.mode, kept.suspicious, kept.message) == (Mode.COMMAND, True, "Sign in?")
    assert [(field.label, field.value) for field in kept.fields] == [("From", "Rome")]
    assert kept.finished_at is not None
    assert kept.finished_at >= kept.decided_at


async def test_it_is_in_history_before_it_is_sent(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    open_at_the_time: list[bool] = []

    async def look(take: support.Take) -> Reply:
        open_at_the_time.extend(one.open for one in await process.log.all())
        return take()

    service.on("POST", "/Challenges/", look)
    await process.decisions.answer(request_shown, APPROVE)
    assert open_at_the_time == [True]


DOUBTFUL = {
    "another sid": support.altered(sid=OTHER_SID),
    "another factor": support.altered(factor_sid="YF" + "9" * 32),
    "another status": support.altered(status="pending"),
    "a changed field": support.altered(details={"message": "Pay 1000?", "fields": []}),
    "a signed field left out": support.altered(hidden_details=...),
    "not a challenge": support.altered(details=...),
}


@pytest.mark.parametrize("doubt", DOUBTFUL.values(), ids=DOUBTFUL)
async def test_a_word_that_does_not_confirm_is_followed_by_one_look(
    process: Process, service: FakeService, request_shown: Request, doubt: support.Behaviour
) -> None:
    service.on("POST", "/Challenges/", doubt)
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert [sent.method for sent in service.sent] == ["POST", "GET"]
    assert answered.decision.server_status is ChallengeStatus.APPROVED


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"sid":1}', b"\xff", b'{"sid":"a","sid":"b"}'])
async def test_a_word_that_can_not_be_read_is_followed_by_one_look(
    process: Process, service: FakeService, request_shown: Request, body: bytes
) -> None:
    async def garbled(take: support.Take) -> Reply:
        take()
        return support.reply(200, body)

    service.on("POST", "/Challenges/", garbled)
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert [sent.method for sent in service.sent] == ["POST", "GET"]
    assert answered.decision.error is None


async def test_a_word_that_is_too_large_is_followed_by_one_look(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    too_large = MappingError("answer_too_large", "Too large.")
    service.on("POST", "/Challenges/", support.take_then_fail(too_large))
    answered = await process.decisions.answer(request_shown, APPROVE)
    assert [sent.method for sent in service.sent] == ["POST", "GET"]
    assert answered.challenge.status is ChallengeStatus.APPROVED


@pytest.mark.parametrize("member", ["date_updated", "expiration_date", "date_created"])
async def test_a_date_that_the_service_renews_is_no_doubt(
    process: Process, service: FakeService, request_shown: Request, member: str
) -> None:
    service.on("POST", "/Challenges/", support.altered(**{member: "2030-01-01T00:00:00Z"}))
    await process.decisions.answer(request_shown, APPROVE)
    assert service.count("GET") == 0


async def test_a_401_with_a_date_corrects_the_clock_and_tries_once_more(
    process: Process, service: FakeService, account: Account, request_shown: Request
) -> None:
    date = process.device.clock(account).local() + 3600
    service.on("POST", "/Challenges/", support.refuse(401, 20003, date=date))
    await process.decisions.answer(request_shown, APPROVE)
    assert [sent.method for sent in service.sent] == ["POST", "POST"]
    kept = await process.accounts.get(account.sid)
    assert kept is not None
    assert kept.token_offset == pytest.approx(3600, abs=60)


async def test_suspicious_is_told_as_metadata(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, Answer(ChallengeStatus.DENIED, suspicious=True))
    assert json.loads(service.sent[0].form["Metadata"]) == {"reason": "suspicious"}
    assert service.sent[0].form["Metadata"] == SUSPICIOUS


async def test_an_ordinary_answer_carries_no_metadata(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    assert set(service.sent[0].form) == {"AuthPayload"}


async def test_metadata_that_is_refused_is_left_out_once(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(400, 60306))
    answered = await process.decisions.answer(
        request_shown, Answer(ChallengeStatus.DENIED, suspicious=True)
    )
    assert ["Metadata" in sent.form for sent in service.sent] == [True, False]
    assert answered.decision.server_status is ChallengeStatus.DENIED


async def test_an_answer_that_is_refused_without_metadata_too_is_refused(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(400, 60306), times=9)
    with pytest.raises(ApiError):
        await process.decisions.answer(
            request_shown, Answer(ChallengeStatus.DENIED, suspicious=True)
        )
    assert service.count("POST") == 2
    assert await process.log.unresolved() == []


async def test_metadata_refused_for_another_reason_is_not_resent(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    service.on("POST", "/Challenges/", support.refuse(403, 60318))
    with pytest.raises(ApiError):
        await process.decisions.answer(
            request_shown, Answer(ChallengeStatus.DENIED, suspicious=True)
        )
    assert service.count("POST") == 1


async def test_what_is_signed_is_the_body_that_was_shown(
    process: Process, service: FakeService, account: Account
) -> None:
    details: dict[str, Any] = {"message": "Zürich \u202e ₂", "fields": [], "n": [1.0, 1e3]}
    shown = await process.ask(account, details=details)
    await process.decisions.answer(shown, APPROVE)
    signed = support.unpacked(service.sent[0].form["AuthPayload"].split(".")[1])
    assert signed["details"] == details
    assert signed["status"] == "approved"
    assert set(signed) == set(support.SIGNED.split(","))
