from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from countersign.push.backend import AccessToken, fetch_access_token
from countersign.push.errors import (
    AnswerLostError,
    BackendError,
    CountersignError,
    InputError,
    MappingError,
    NetworkError,
)
from tests.unit.push.push_support import (
    IDENTITY,
    LOST,
    SERVICE_SID,
    ScriptedHttp,
    answer,
    as_json,
    reply,
    run,
)

if TYPE_CHECKING:
    from countersign.push.http import Http, Reply
    from tests.unit.push.push_support import Server

FAR, NEAR = "https://company.example/token", "http://127.0.0.1:8000/token"
TOKEN = "head.key.iv.very-secret.tag"


def body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    return {
        "token": TOKEN,
        "serviceSid": SERVICE_SID,
        "identity": IDENTITY,
        "factorType": "push",
    } | changes


def fetch(said: Reply, url: str = FAR) -> AccessToken:
    return run(fetch_access_token(ScriptedHttp(said), url, "me"))


def refused(said: Reply, url: str = FAR) -> CountersignError:
    with pytest.raises(CountersignError) as caught:
        fetch(said, url)
    error = caught.value
    assert TOKEN not in f"{error!r} {error} {vars(error)} {error.__cause__!r} {error.__cause__}"
    return error


# --- What is sent --


async def test_the_identity_is_posted_as_a_form(server: Server, http: Http) -> None:
    server.answer_with(answer(200, body()))
    got = await fetch_access_token(http, f"{server.url}/access-token?tenant=7", "anna@x & co")
    (request,) = server.requests
    assert (request.method, request.target) == ("POST", "/access-token?tenant=7")
    assert request.form == [("identity", "anna@x & co")]
    assert "authorization" not in request.headers
    assert got == AccessToken(TOKEN, SERVICE_SID, IDENTITY, None)


async def test_a_code_and_the_companys_headers_go_along(server: Server, http: Http) -> None:
    server.answer_with(answer(200, body()))
    await fetch_access_token(http, server.url, "me", code="12+3", headers={"X-Tenant": "7"})
    (request,) = server.requests
    assert request.form == [("identity", "me"), ("code", "12+3")]
    assert request.headers["x-tenant"] == "7"


@pytest.mark.parametrize("url", ["", "http://company.example", "https://a@b", "ftp://a"])
def test_an_address_that_may_not_be_called_is_not(url: str) -> None:
    http = ScriptedHttp()
    with pytest.raises(InputError):
        run(fetch_access_token(http, url, "me"))
    assert http.sent == []


# --- What comes back --


def test_the_identity_that_comes_back_is_the_one_to_use() -> None:
    assert fetch(reply(200, as_json(body(identity="hashed")))).identity == "hashed"


def test_members_nobody_knows_are_no_harm() -> None:
    assert fetch(reply(201, as_json(body(ttl=60, factorSids=[])))).token == TOKEN


def test_a_token_never_shows() -> None:
    token = fetch(reply(200, as_json(body())))
    assert TOKEN not in f"{token!r} {token}"


@pytest.mark.parametrize("factor_type", ["totp", "", "Push"])
def test_an_account_for_something_else_is_refused(factor_type: str) -> None:
    error = refused(reply(200, as_json(body(factorType=factor_type))))
    assert (type(error), error.name) == (MappingError, "not_push")


@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in body()),
        *({name: 7} for name in body()),
        {"token": ""},
        {"token": "x" * (16 * 1024 + 1)},
        {"token": "très.secret"},
        {"token": "a\r\nb"},
        {"serviceSid": ""},
        {"serviceSid": "VA1"},
        {"serviceSid": "AC" + "0" * 32},
        {"serviceSid": "VA" + "0" * 32 + "/"},
        {"identity": ""},
        {"identity": "x" * 257},
        {"identity": "."},
        {"identity": ".."},
    ],
    ids=str,
)
def test_an_answer_with_an_odd_part_is_refused(changes: dict[str, object]) -> None:
    error = refused(reply(200, as_json(body(**changes))))
    assert (type(error), error.name) == (MappingError, "unexpected")
    assert "company.example" in error.message


@pytest.mark.parametrize("name", body())
def test_an_answer_that_lacks_a_part_is_refused(name: str) -> None:
    rest = {key: value for key, value in body().items() if key != name}
    assert refused(reply(200, as_json(rest))).name == "unexpected"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<!doctype html><title>Sign in</title>",
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b"\xef\xbb\xbf" + as_json(body()),
        b'{"identity":"other",' + as_json(body())[1:],
        b"[" * 100_000,
    ],
    ids=["empty", "html", "list", "null", "text", "latin1", "bom", "twice", "deep"],
)
def test_an_answer_that_is_no_plain_object_is_refused(text: bytes) -> None:
    assert refused(reply(200, text)).name == "unexpected"


# --- The API's address --


@pytest.mark.parametrize("api_url", ["http://127.0.0.1:9/v2", "http://localhost:9/v2/"])
def test_a_loopback_backend_may_point_to_a_loopback_api(api_url: str) -> None:
    token = fetch(reply(200, as_json(body(api_url=api_url))), NEAR)
    assert token.api_url == api_url.rstrip("/")


def test_no_address_is_none() -> None:
    assert fetch(reply(200, as_json(body(api_url=None)))).api_url is None


@pytest.mark.parametrize(
    ("url", "api_url"),
    [
        (FAR, "http://127.0.0.1:9/v2"),
        (FAR, "https://verify.twilio.com/v2"),
        (FAR, ""),
        (NEAR, "https://verify.twilio.com/v2"),
        (NEAR, "https://evil.example"),
        (NEAR, "http://evil.example"),
        (NEAR, "http://localhost.evil"),
        (NEAR, "http://127.0.0.1@evil.example"),
        (NEAR, "not an address"),
        (NEAR, ""),
    ],
)
def test_any_other_pointing_is_refused(url: str, api_url: str) -> None:
    error = refused(reply(200, as_json(body(api_url=api_url))), url)
    assert (type(error), error.name) == (MappingError, "unexpected")


# --- Refusals --


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (301, "sign_in_first"),
        (302, "sign_in_first"),
        (399, "sign_in_first"),
        (511, "sign_in_first"),
        (400, "refused_by_company"),
        (401, "refused_by_company"),
        (403, "refused_by_company"),
        (404, "unexpected"),
        (405, "unexpected"),
        (410, "unexpected"),
        (429, "busy"),
        (500, "busy"),
        (502, "busy"),
        (599, "busy"),
    ],
)
def test_each_status_has_its_refusal(status: int, name: str) -> None:
    error = refused(reply(status, as_json(body())))
    assert isinstance(error, BackendError)
    assert (error.name, error.status, error.code) == (name, status, 60404)
    assert "company.example" in error.message
    assert error.hint


@pytest.mark.parametrize(
    ("retry_after", "words"),
    [(None, "in a minute"), (0.0, "in a minute"), (7.4, "in 7 s"), (90.0, "in 90 s")],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_backend_says_when_to_come_back(
    status: int, retry_after: float | None, words: str
) -> None:
    assert words in refused(reply(status, retry_after=retry_after)).hint


async def test_a_lost_answer_is_no_unknown_fate(server: Server, http: Http) -> None:
    server.answer_with(LOST)
    with pytest.raises(NetworkError) as caught:
        await fetch_access_token(http, server.url, "me")
    assert not isinstance(caught.value, AnswerLostError)
    assert len(server.requests) == 1
