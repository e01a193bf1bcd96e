from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.push.api_errors import api_error
from tests.unit.push.push_support import as_json, reply

if TYPE_CHECKING:
    from countersign.push.errors import ApiError

HOST = "api.example"


def said(status: int, code: object = 1, **more: object) -> ApiError:
    return api_error(reply(status, as_json({"code": code, "status": status} | more)), HOST)


@pytest.mark.parametrize(
    ("code", "status", "name", "words"),
    [
        (20003, 401, "not_authorized", "doesn't accept this computer's key"),
        (20404, 404, "not_found", "doesn't know this request or account"),
        (60300, 400, "refused", "refused this request"),
        (60301, 409, "conflict", "exists already"),
        (60305, 400, "refused", "refused this request"),
        (60306, 400, "refused", "refused this request"),
        (60307, 400, "refused", "refused this request"),
        (60309, 429, "too_many_requests", "is busy"),
        (60311, 403, "check_failed", "didn't accept the proof"),
        (60313, 403, "token_expired", "Nothing was added"),
        (60314, 400, "refused", "refused this request"),
        (60315, 400, "too_many_devices", "20 devices"),
        (60317, 409, "already_registered", "already registered"),
        (60318, 403, "unfinished", "isn't finished"),
        (60322, 403, "already_answered", "already answered"),
        (60323, 403, "expired", "expired. Nothing was approved"),
        (60324, 403, "signature_refused", "didn't accept the signature"),
        (60326, 429, "too_many_tries", "Too many tries today"),
        (60330, 400, "refused", "refused this request"),
        (60373, 400, "refused", "refused this request"),
        (60374, 400, "refused", "refused this request"),
        (99999, 403, "forbidden", "refused this"),
        (99999, 500, "busy", "is busy"),
    ],
)
def test_each_code_has_its_name_and_sentence(code: int, status: int, name: str, words: str) -> None:
    more_info = f"https://www.twilio.com/docs/errors/{code}"
    error = said(status, code, message="As the API puts it", more_info=more_info)
    assert (error.name, error.code, error.status) == (name, code, status)
    assert words in error.message
    assert (error.detail, error.more_info) == ("As the API puts it", more_info)


def test_a_known_code_counts_more_than_its_status() -> None:
    assert said(500, 60323).name == "expired"


def test_a_body_may_be_nothing_but_a_code() -> None:
    error = api_error(reply(404, b'{"code":20404}'), HOST)
    assert (error.code, error.detail, error.more_info) == (20404, "", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><h1>502 Bad Gateway</h1></html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"20404",
        b"{}",
        b'{"code":"20404"}',
        b'{"code":true}',
        b'{"code":null}',
        b'{"code":20404.5}',
        b'{"code":' + b"9" * 5000 + b"}",
        b'{"code":20404,"message":7}',
        b'{"code":20404,"message":null}',
        b'{"code":20404,"more_info":{}}',
        b'{"code":20404',
        b"[" * 100_000,
        b'{"error":{"message":"x"}}',
    ],
    ids=lambda body: f"{body[:24]!r}",
)
@pytest.mark.parametrize(
    ("status", "name", "code"),
    [
        (302, "unexpected", 60402),
        (400, "unexpected", 60402),
        (401, "not_authorized", 60402),
        (403, "unexpected", 60402),
        (404, "unexpected", 60402),
        (429, "too_many_requests", 60401),
        (500, "busy", 60401),
        (503, "busy", 60401),
    ],
)
def test_a_body_that_is_not_the_apis_leaves_the_status_to_speak(
    body: bytes, status: int, name: str, code: int
) -> None:
    error = api_error(reply(status, body), HOST)
    assert (error.name, error.code, error.status) == (name, code, status)
    assert (error.detail, error.more_info) == ("", "")
    assert HOST in error.message


def test_the_apis_words_are_bounded() -> None:
    error = said(400, 60300, message="m" * 9999, more_info="i" * 9999)
    assert (error.detail, error.more_info) == ("m" * 500, "i" * 500)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0, "in 0 s"), (7.6, "in 8 s"), (90.0, "in 90 s")]
)
def test_when_to_come_back_is_said(seconds: float, words: str) -> None:
    error = api_error(reply(429, retry_after=seconds), HOST)
    assert words in error.hint
    assert error.retry_after == seconds


def test_braces_in_a_hosts_words_are_plain_text() -> None:
    assert said(400, 60300, message="{host} {0}").detail == "{host} {0}"
