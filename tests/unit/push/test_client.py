"""The calls of a device, over real HTTP."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.push.client import Credentials, FactorClient
from countersign.push.clock import ServiceClock
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    KeyStorageError,
    MappingError,
    TokenError,
)
from countersign.push.values import ChallengeStatus, parse_challenge
from tests.unit.push.push_support import (
    ACCOUNT_SID,
    CHALLENGE_SID,
    CREDENTIAL_SID,
    FACTOR_SID,
    HTTP_DATE,
    IDENTITY,
    LOST,
    NOW,
    SERVICE_SID,
    ScriptedHttp,
    answer,
    as_json,
    challenge_body,
    client,
    factor_body,
    reply,
    run,
    sign,
    verified,
    verify_der,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.push.http import Http
    from tests.unit.push.push_support import Answer, Received, Server

APPROVED, DENIED = ChallengeStatus.APPROVED, ChallengeStatus.DENIED
ENTITY = f"/v2/Services/{SERVICE_SID}/Entities/{IDENTITY}"
FACTOR = f"{ENTITY}/Factors/{FACTOR_SID}"
CHALLENGE = f"{ENTITY}/Challenges/{CHALLENGE_SID}"
SIGNED = (("Twilio-Verify-Signature-Fields", "sid,factor_sid,status,details"),)
DATE = (("Date", HTTP_DATE),)
REFUSED = answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
REFUSED_WITH_DATE = answer(
    401, {"code": 20003, "message": "Authenticate", "status": 401}, headers=DATE
)
VERIFIED = answer(200, factor_body(status="verified"))
FETCHED = answer(200, challenge_body(), headers=SIGNED)
PAGE = answer(200, {"challenges": [], "meta": {"next_page_url": None}})


@pytest.fixture
def device(server: Server, http: Http) -> FactorClient:
    return client(http, api_url=f"{server.url}/v2")


@pytest.fixture
def moving_clock() -> list[float]:
    return [float(NOW)]


@pytest.fixture
def timed_device(server: Server, http: Http, moving_clock: list[float]) -> FactorClient:
    clock = ServiceClock(local=lambda: moving_clock[0])
    return client(http, clock, api_url=f"{server.url}/v2")


def token(request: Received) -> str:
    """Return the device token of a request that is authorized as the protocol says."""
    user, password = request.basic
    assert user == "token"
    jws = verified(password)
    assert jws.header["kid"] == CREDENTIAL_SID
    assert jws.payload["sub"] == ACCOUNT_SID
    return password


def claimed(request: Received) -> int:
    """Return the moment from which on a request's token is good."""
    moment = verified(token(request)).payload["nbf"]
    assert isinstance(moment, int)
    return moment


# --- What each call sends --


async def test_verify_posts_a_proof(server: Server, device: FactorClient) -> None:
    server.answer_with(VERIFIED)
    await device.verify()
    (got,) = server.requests
    assert (got.method, got.target) == ("POST", FACTOR)
    ((name, proof),) = got.form
    assert name == "AuthPayload"
    verify_der(proof, FACTOR_SID.encode())
    token(got)


async def test_rename_posts_the_name(server: Server, device: FactorClient) -> None:
    server.answer_with(VERIFIED)
    assert (await device.rename("Büro & Co = 1+1")).sid == FACTOR_SID
    (got,) = server.requests
    assert (got.method, got.target) == ("POST", FACTOR)
    assert got.form == [("FriendlyName", "Büro & Co = 1+1")]
    token(got)


async def test_delete_deletes(server: Server, device: FactorClient) -> None:
    server.answer_with(answer(204))
    await device.delete()
    (got,) = server.requests
    assert (got.method, got.target, got.body) == ("DELETE", FACTOR, b"")
    token(got)


async def test_a_list_asks_for_this_factors_newest_first(
    server: Server, device: FactorClient
) -> None:
    server.answer_with(PAGE)
    await device.challenges()
    (got,) = server.requests
    assert got.method == "GET"
    assert got.target == f"{ENTITY}/Challenges?FactorSid={FACTOR_SID}&PageSize=100&Order=desc"
    token(got)


async def test_a_list_is_narrowed_and_paged(server: Server, device: FactorClient) -> None:
    server.answer_with(PAGE)
    await device.challenges(ChallengeStatus.PENDING, page_size=1, page_token="a&b=/+é")
    assert server.requests[0].target == (
        f"{ENTITY}/Challenges?FactorSid={FACTOR_SID}&PageSize=1&Order=desc&Status=pending"
        "&PageToken=a%26b%3D%2F%2B%C3%A9"
    )


async def test_one_challenge_is_fetched_by_its_sid(server: Server, device: FactorClient) -> None:
    server.answer_with(FETCHED)
    challenge = await device.challenge(CHALLENGE_SID)
    (got,) = server.requests
    assert (got.method, got.target) == ("GET", CHALLENGE)
    assert challenge.signature_fields == ("sid", "factor_sid", "status", "details")
    token(got)


async def test_signature_fields_over_several_header_lines_are_one_list(
    server: Server, device: FactorClient
) -> None:
    name = "twilio-VERIFY-signature-fields"
    server.answer_with(
        answer(200, challenge_body(), headers=((name, "sid,factor_sid"), (name, "details")))
    )
    challenge = await device.challenge(CHALLENGE_SID)
    assert challenge.signature_fields == ("sid", "factor_sid", "details")


async def test_a_sid_cannot_leave_its_place_in_the_path(
    server: Server, device: FactorClient
) -> None:
    with pytest.raises(MappingError):
        await device.challenge("a/../../Factors?x=#")
    (got,) = server.requests
    assert got.target == f"{ENTITY}/Challenges/a%2F..%2F..%2FFactors%3Fx%3D%23"


@pytest.mark.parametrize("wanted", [APPROVED, DENIED])
async def test_an_answer_posts_what_was_fetched(
    server: Server, device: FactorClient, wanted: ChallengeStatus
) -> None:
    server.answer_with(FETCHED, answer(200, challenge_body(status=wanted.value)))
    said = await device.answer(await device.challenge(CHALLENGE_SID), wanted)
    got = server.requests[1]
    assert (got.method, got.target) == ("POST", CHALLENGE)
    ((name, payload),) = got.form
    assert name == "AuthPayload"
    body = challenge_body()
    assert verified(payload).payload == {
        "sid": CHALLENGE_SID,
        "factor_sid": FACTOR_SID,
        "details": body["details"],
        "status": wanted.value,
    }
    assert said is not None
    assert said.status is wanted


async def test_an_answer_may_bring_metadata(server: Server, device: FactorClient) -> None:
    server.answer_with(FETCHED)
    await device.answer(await device.challenge(CHALLENGE_SID), APPROVED, '{"a":"b"}')
    assert server.requests[1].form[1:] == [("Metadata", '{"a":"b"}')]


async def test_metadata_goes_alone_and_is_not_repeated(
    server: Server, device: FactorClient
) -> None:
    server.answer_with(answer(200, challenge_body(status="denied")), answer(500, {}))
    seen = await device.annotate(CHALLENGE_SID, '{"a":"b"}')
    assert seen is not None
    assert seen.status is DENIED
    [sent] = server.requests
    assert (sent.method, sent.target) == ("POST", CHALLENGE)
    assert sent.form == [("Metadata", '{"a":"b"}')]
    with pytest.raises(ApiError):
        await device.annotate(CHALLENGE_SID, '{"a":"b"}')
    assert len(server.requests) == 2


async def test_a_note_is_taken_whatever_the_service_says_of_it(
    server: Server, device: FactorClient
) -> None:
    server.answer_with(answer(200, {"ok": True}))
    assert await device.annotate(CHALLENGE_SID, "{}") is None


@given(st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_an_identity_is_one_percent_encoded_part_of_the_path(identity: str) -> None:
    http = ScriptedHttp(reply(204))
    who = Credentials("https://a.test/v2", ACCOUNT_SID, SERVICE_SID, identity, FACTOR_SID, "CR1")
    run(FactorClient(http, who, sign, ServiceClock()).delete())
    path = urlsplit(http.sent[0][1]).path.split("/")
    assert path[3] == SERVICE_SID
    assert path[4:] == ["Entities", path[5], "Factors", FACTOR_SID]
    assert unquote(path[5]) == identity


@pytest.mark.parametrize("identity", ["a b", "a/b", "a%2Fb", "a?b#c", "ä@x", "a..b", ".a", "%"])
async def test_an_identity_reaches_the_server_as_it_is(
    server: Server, http: Http, identity: str
) -> None:
    server.answer_with(answer(204))
    who = Credentials(server.url, ACCOUNT_SID, SERVICE_SID, identity, FACTOR_SID, "CR1")
    await FactorClient(http, who, sign, ServiceClock()).delete()
    part = server.requests[0].target.split("/")[4]
    assert unquote(part) == identity


# --- What each call makes of the answer --


async def test_a_list_gives_its_challenges_in_order(server: Server, device: FactorClient) -> None:
    items = [challenge_body(sid=f"YC{number}") for number in (3, 1, 2)]
    server.answer_with(answer(200, {"challenges": items, "meta": {}}))
    page = await device.challenges()
    assert [item.sid for item in page.challenges] == ["YC3", "YC1", "YC2"]
    assert [item.signature_fields for item in page.challenges] == [None] * 3
    assert (page.next_token, page.unreadable) == (None, 0)


async def test_odd_items_are_counted_and_hide_no_others(
    server: Server, device: FactorClient
) -> None:
    odd: list[object] = [
        None,
        1,
        "x",
        [],
        {},
        challenge_body(status="new"),
        challenge_body(factor_sid="YF0"),
    ]
    items = [*odd, challenge_body()]
    server.answer_with(answer(200, {"challenges": items, "meta": {"next_page_url": None}}))
    page = await device.challenges()
    assert [item.sid for item in page.challenges] == [CHALLENGE_SID]
    assert page.unreadable == len(odd)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (None, None),
        ("", None),
        ("https://elsewhere.example/x?Page=1&PageToken=a%2Fb%2B&PageSize=50", "a/b+"),
        ("/relative?pageToken=x", "x"),
        ("https://a.test/?PageToken=", None),
        ("https://a.test/?Page=1", None),
        ("https://[a.test/?PageToken=x", None),
    ],
)
def test_of_the_next_pages_link_only_the_token_is_used(
    link: str | None, expected: str | None
) -> None:
    body = as_json({"challenges": [], "meta": {"next_page_url": link}})
    http = ScriptedHttp(reply(200, body))
    assert run(client(http).challenges()).next_token == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"challenges":[]}',
        b'{"challenges":null,"meta":{}}',
        b'{"challenges":{},"meta":{}}',
        b'{"challenges":[],"meta":[]}',
        b'{"challenges":[],"meta":{"next_page_url":1}}',
        b'{"challenges":[],"challenges":[],"meta":{}}',
    ],
)
async def test_a_list_that_is_none_is_refused(
    server: Server, device: FactorClient, body: bytes
) -> None:
    server.answer_with(answer(200, body))
    with pytest.raises(MappingError):
        await device.challenges()


@pytest.mark.parametrize("changes", [{"sid": "YC" + "0" * 32}, {"factor_sid": "YF" + "0" * 32}])
async def test_a_challenge_of_another_is_refused(
    server: Server, device: FactorClient, changes: dict[str, object]
) -> None:
    server.answer_with(answer(200, challenge_body(**changes), headers=SIGNED))
    with pytest.raises(MappingError) as caught:
        await device.challenge(CHALLENGE_SID)
    assert caught.value.name == "wrong_factor"


async def test_a_challenge_of_another_is_never_signed(server: Server, device: FactorClient) -> None:
    foreign = parse_challenge(
        as_json(challenge_body(factor_sid="YF0")), "sid,factor_sid,status,details"
    )
    with pytest.raises(MappingError):
        await device.answer(foreign, APPROVED)
    assert server.requests == []


async def test_an_item_of_a_list_is_never_signed(server: Server, device: FactorClient) -> None:
    with pytest.raises(MappingError) as caught:
        await device.answer(parse_challenge(as_json(challenge_body())), APPROVED)
    assert caught.value.name == "no_signature_fields"
    assert server.requests == []


@pytest.mark.parametrize("body", [b"", b"Hello", b"{}", b'{"sid":1,"sid":2}'])
async def test_an_answer_that_was_taken_with_words_nobody_can_read_says_nothing(
    server: Server, device: FactorClient, body: bytes
) -> None:
    server.answer_with(FETCHED, answer(200, body))
    challenge = await device.challenge(CHALLENGE_SID)
    assert await device.answer(challenge, APPROVED) is None


async def test_verify_believes_only_a_verified_factor(server: Server, device: FactorClient) -> None:
    server.answer_with(answer(200, factor_body(status="unverified")))
    with pytest.raises(MappingError) as caught:
        await device.verify()
    assert caught.value.name == "check_failed"


@pytest.mark.parametrize("call", [FactorClient.verify, lambda device: device.rename("x")])
async def test_a_factor_of_another_is_refused(
    server: Server, device: FactorClient, call: Callable[[FactorClient], Awaitable[object]]
) -> None:
    server.answer_with(answer(200, factor_body(sid="YF" + "0" * 32, status="verified")))
    with pytest.raises(MappingError) as caught:
        await call(device)
    assert caught.value.name == "wrong_factor"


CALLS: dict[str, Callable[[FactorClient], Awaitable[object]]] = {
    "verify": FactorClient.verify,
    "rename": lambda device: device.rename("x"),
    "delete": FactorClient.delete,
    "challenges": FactorClient.challenges,
    "challenge": lambda device: device.challenge(CHALLENGE_SID),
    "answer": lambda device: device.answer(
        parse_challenge(as_json(challenge_body()), "sid,factor_sid,details"), APPROVED
    ),
}
each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@each_call
async def test_a_refusal_keeps_the_apis_own_words(
    server: Server, device: FactorClient, call: Callable[[FactorClient], Awaitable[object]]
) -> None:
    url = "https://www.twilio.com/docs/errors/60318"
    server.answer_with(
        answer(403, {"code": 60318, "message": "no", "more_info": url, "status": 403})
    )
    with pytest.raises(ApiError) as caught:
        await call(device)
    error = caught.value
    assert (error.name, error.code, error.status) == ("unfinished", 60318, 403)
    assert (error.detail, error.more_info) == ("no", url)
    assert len(server.requests) == 1


@each_call
async def test_nothing_is_repeated_when_the_answer_is_lost(
    server: Server, device: FactorClient, call: Callable[[FactorClient], Awaitable[object]]
) -> None:
    server.answer_with(LOST)
    with pytest.raises(AnswerLostError):
        await call(device)
    assert len(server.requests) == 1


@each_call
@pytest.mark.parametrize("status", [400, 403, 409, 429, 500, 503])
async def test_nothing_is_repeated_when_it_is_refused(
    server: Server,
    device: FactorClient,
    call: Callable[[FactorClient], Awaitable[object]],
    status: int,
) -> None:
    server.answer_with(answer(status, headers=(*DATE, ("Location", "/"), ("Retry-After", "0"))))
    with pytest.raises(ApiError):
        await call(device)
    assert len(server.requests) == 1


async def test_a_key_store_that_fails_sends_nothing(server: Server, http: Http) -> None:
    async def locked(data: bytes) -> bytes:
        raise KeyStorageError("locked", f"{len(data)} bytes not signed")

    who = client(http, api_url=server.url).credentials
    with pytest.raises(KeyStorageError):
        await FactorClient(http, who, locked, ServiceClock()).challenges()
    assert server.requests == []


# --- Delete --


async def test_a_factor_that_is_gone_is_deleted(server: Server, device: FactorClient) -> None:
    server.answer_with(answer(404, {"code": 20404, "message": "", "status": 404}))
    await device.delete()


async def test_a_key_that_no_corrected_clock_makes_good_is_deleted(
    server: Server, device: FactorClient
) -> None:
    server.answer_with(REFUSED_WITH_DATE)
    await device.delete()
    assert len(server.requests) == 2


async def test_a_401_without_a_date_is_no_proof_that_a_factor_is_gone(
    server: Server, device: FactorClient
) -> None:
    server.answer_with(REFUSED)
    with pytest.raises(ApiError) as caught:
        await device.delete()
    assert caught.value.status == 401


# --- Tokens --


async def test_gets_share_a_token_until_a_minute_before_its_end(
    server: Server, timed_device: FactorClient, moving_clock: list[float]
) -> None:
    server.answer_with(PAGE)
    for later in (0, 539.9, 540, 1079, 1080):
        moving_clock[0] = NOW + later
        await timed_device.challenges()
    assert [claimed(request) - NOW for request in server.requests] == [0, 0, 540, 540, 1080]


async def test_each_answer_has_a_token_of_its_own(
    server: Server, timed_device: FactorClient, moving_clock: list[float]
) -> None:
    server.answer_with(FETCHED)
    challenge = await timed_device.challenge(CHALLENGE_SID)
    for later in (1, 2):
        moving_clock[0] = NOW + later
        await timed_device.answer(challenge, APPROVED)
    await timed_device.challenge(CHALLENGE_SID)
    assert [claimed(request) - NOW for request in server.requests] == [0, 1, 2, 0]


async def test_a_tokens_time_is_the_services(server: Server, http: Http) -> None:
    server.answer_with(PAGE)
    clock = ServiceClock(token_offset=-100.0, local=lambda: NOW + 0.9)
    await client(http, clock, api_url=server.url).challenges()
    (got,) = server.requests
    assert verified(token(got)).payload == {
        "sub": ACCOUNT_SID,
        "nbf": NOW - 100,
        "exp": NOW + 500,
    }


# --- 401 and the clock --

GOOD = {
    "verify": VERIFIED,
    "rename": VERIFIED,
    "delete": answer(204),
    "challenges": PAGE,
    "challenge": FETCHED,
    "answer": FETCHED,
}


@pytest.mark.parametrize("name", CALLS)
async def test_a_401_with_a_date_is_followed_by_one_corrected_try(
    server: Server, timed_device: FactorClient, moving_clock: list[float], name: str
) -> None:
    moving_clock[0] = NOW + 7200.0
    server.answer_with(REFUSED_WITH_DATE, GOOD[name])
    await CALLS[name](timed_device)
    first, second = server.requests
    assert (second.method, second.target) == (first.method, first.target)
    assert [claimed(first), claimed(second)] == [NOW + 7200, NOW]
    assert timed_device.clock.token_offset == -7200.0


async def test_what_is_sent_again_is_the_same_answer(server: Server, device: FactorClient) -> None:
    server.answer_with(FETCHED, REFUSED_WITH_DATE, FETCHED)
    await device.answer(await device.challenge(CHALLENGE_SID), APPROVED)
    _, first, second = server.requests
    assert first.body == second.body


async def test_after_a_correction_the_kept_token_is_a_new_one(
    server: Server, timed_device: FactorClient, moving_clock: list[float]
) -> None:
    server.answer_with(PAGE, REFUSED_WITH_DATE, PAGE)
    moving_clock[0] = NOW + 300.0
    for _ in range(3):
        await timed_device.challenges()
    moments = [claimed(request) - NOW for request in server.requests]
    assert moments == [300, 300, 0, 0]


@each_call
async def test_a_401_without_a_date_is_final(
    server: Server, device: FactorClient, call: Callable[[FactorClient], Awaitable[object]]
) -> None:
    server.answer_with(REFUSED)
    with pytest.raises(ApiError) as caught:
        await call(device)
    assert (caught.value.name, caught.value.code) == ("not_authorized", 20003)
    assert len(server.requests) == 1
    assert device.clock.token_offset == 0.0


@pytest.mark.parametrize("name", [name for name in CALLS if name != "delete"])
async def test_a_second_401_is_final(server: Server, device: FactorClient, name: str) -> None:
    server.answer_with(REFUSED_WITH_DATE)
    with pytest.raises(ApiError) as caught:
        await CALLS[name](device)
    assert caught.value.status == 401
    assert len(server.requests) == 2


@each_call
async def test_a_clock_that_is_more_than_a_day_off_is_the_users_to_set(
    server: Server,
    timed_device: FactorClient,
    moving_clock: list[float],
    call: Callable[[FactorClient], Awaitable[object]],
) -> None:
    moving_clock[0] = NOW + 24 * 3600 + 1.0
    server.answer_with(REFUSED_WITH_DATE)
    with pytest.raises(TokenError):
        await call(timed_device)
    assert len(server.requests) == 1
    assert timed_device.clock.token_offset == timed_device.clock.display_offset == 0.0


@pytest.mark.parametrize(
    "given", [answer(200, challenge_body(), headers=(*SIGNED, *DATE)), answer(403, headers=DATE)]
)
async def test_any_answers_date_moves_what_is_shown_and_no_token(
    server: Server, timed_device: FactorClient, moving_clock: list[float], given: Answer
) -> None:
    moving_clock[0] = NOW + 100.0
    server.answer_with(given)
    with suppress(ApiError):  # one of the two answers is a refusal
        await timed_device.challenge(CHALLENGE_SID)
    assert timed_device.clock.now() == NOW
    assert timed_device.clock.token_offset == 0.0
