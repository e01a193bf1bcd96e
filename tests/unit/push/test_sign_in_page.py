"""A network's sign-in page in the service's place: told as that, and never taken for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.push.create import NewFactor, create_factor
from countersign.push.errors import AnswerLostError, MappingError, NetworkError
from countersign.push.values import ChallengeStatus, parse_challenge
from tests.unit.push.push_support import (
    CHALLENGE_SID,
    ScriptedHttp,
    access_token,
    as_json,
    challenge_body,
    client,
    reply,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from countersign.push.client import FactorClient

FIELDS = "sid,factor_sid,status,details"
PORTALS = [
    (200, b"<html><body>Welcome to our hotel</body></html>"),
    (200, b"\xef\xbb\xbf\r\n <!DOCTYPE html>"),
    (302, b""),
    (307, as_json({"code": 1})),
    (511, b"Network Authentication Required"),
]
CALLS: list[Callable[[FactorClient], Coroutine[object, object, object]]] = [
    lambda device: device.challenges(),
    lambda device: device.challenge(CHALLENGE_SID),
    lambda device: device.verify(),
    lambda device: device.rename("Desk"),
    lambda device: device.delete(),
    lambda device: device.annotate(CHALLENGE_SID, "{}"),
    lambda device: device.answer(
        parse_challenge(as_json(challenge_body()), FIELDS), ChallengeStatus.APPROVED
    ),
]


@pytest.mark.parametrize(("status", "body"), PORTALS)
@pytest.mark.parametrize("call", CALLS)
def test_no_call_takes_it_for_an_answer(
    status: int, body: bytes, call: Callable[[FactorClient], Coroutine[object, object, object]]
) -> None:
    http = ScriptedHttp(reply(status, body))
    with pytest.raises(NetworkError) as caught:
        run(call(client(http)))
    assert (caught.value.name, caught.value.code) == ("sign_in_first", 60401)
    assert "wants you to sign in first" in caught.value.message
    changes = http.sent[0][0] != "GET"
    # Only a page that looks like success may have been put in front of an answer that was taken.
    assert isinstance(caught.value, AnswerLostError) is (changes and status == 200)


@pytest.mark.parametrize(("status", "body"), PORTALS)
def test_a_factor_that_may_be_there_is_told_from_one_that_is_not(status: int, body: bytes) -> None:
    http = ScriptedHttp(reply(status, body))
    new = NewFactor("Desk", b"key", {})
    with pytest.raises(NetworkError) as caught:
        run(create_factor(http, "https://api.example/v2", access_token(), new))
    assert caught.value.name == "sign_in_first"
    assert isinstance(caught.value, AnswerLostError) is (status == 200)


def test_its_clock_is_not_believed() -> None:
    device = client(ScriptedHttp(reply(302, b"", date=5000.0)))
    before = device.clock.display_offset
    with pytest.raises(NetworkError):
        run(device.challenges())
    assert device.clock.display_offset == before


@pytest.mark.parametrize("body", [b"", b"Hello", b'"<html>"'])
def test_what_is_no_page_is_an_answer_that_cannot_be_read(body: bytes) -> None:
    with pytest.raises(MappingError):
        run(client(ScriptedHttp(reply(200, body))).challenges())
