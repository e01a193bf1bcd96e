"""Whatever comes off the wire: a value, or one of our own errors. Never another exception."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from countersign.push.api_errors import api_error
from countersign.push.backend import AccessToken, fetch_access_token
from countersign.push.confirm import confirms
from countersign.push.create import NewFactor, create_factor
from countersign.push.errors import AnswerLostError, CountersignError
from countersign.push.http import parse_retry_after
from countersign.push.pages import ChallengePage
from countersign.push.signing import signed_text
from countersign.push.values import (
    Challenge,
    ChallengeStatus,
    Factor,
    parse_challenge,
    parse_factor,
)
from tests.unit.push.push_support import (
    CHALLENGE_SID,
    IDENTITY,
    SERVICE_SID,
    ScriptedHttp,
    access_token,
    challenge_body,
    client,
    factor_body,
    reply,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# Half surrogate pairs, infinite numbers and huge ones among them, as json.dumps writes them.
ODD_TEXT = st.text(st.characters(), max_size=10)
ODD_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**400, 10**401)
    | st.floats()
    | ODD_TEXT
    | st.sampled_from(["2020-07-21T19:15:02Z", "pending", "push", CHALLENGE_SID]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ODD_TEXT, inner, max_size=4),
    max_leaves=10,
)
PAGE: dict[str, Any] = {
    "challenges": [challenge_body()],
    "meta": {"next_page_url": "x?PageToken=y"},
}
ERROR: dict[str, Any] = {"code": 60323, "message": "m", "more_info": "i", "status": 403}
TOKEN: dict[str, Any] = {
    "token": "t",
    "serviceSid": SERVICE_SID,
    "identity": IDENTITY,
    "factorType": "push",
    "api_url": "http://127.0.0.1",
}


@st.composite
def bodies(draw: st.DrawFn, good: dict[str, Any]) -> bytes:
    """Draw rubbish, odd JSON, or a good body of which a part was changed, dropped or broken."""
    if draw(st.booleans()):
        return draw(st.binary() | ODD_JSON.map(lambda value: json.dumps(value).encode()))
    changed = _changed(draw, json.loads(json.dumps(good)))
    text = json.dumps(changed, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass")
    at, length = draw(st.integers(0, len(text))), draw(st.sampled_from([0, 0, 0, 1, 9]))
    return text[:at] + draw(st.binary(max_size=length)) + text[at + length :]


def _changed(draw: st.DrawFn, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 3)) == 0:
        return draw(ODD_JSON)
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    place = draw(st.sampled_from(places))
    if draw(st.integers(0, 4)) == 0:
        del value[place]
    else:
        value[place] = _changed(draw, value[place])
    return value


def outcome(call: Callable[[], object]) -> object:
    """Return what a call returns, or None where it raises an error of ours."""
    with suppress(CountersignError):
        return call()
    return None


HEADERS = (
    st.none()
    | st.text()
    | st.lists(st.sampled_from([*challenge_body(), "", " ", "x"])).map(",".join)
    | st.just("sid,factor_sid,details")
)


@given(bodies(challenge_body()), HEADERS)
def test_a_challenge_or_an_error(body: bytes, header: str | None) -> None:
    challenge = outcome(lambda: parse_challenge(body, header))
    if not isinstance(challenge, Challenge):
        assert challenge is None
        return
    assert isinstance(challenge.hidden_details, dict)
    with suppress(CountersignError):
        json.loads(signed_text(challenge, ChallengeStatus.APPROVED))
    # What names no field to sign was never answered, so nothing can confirm it.
    signed = challenge.signature_fields is not None
    assert confirms(challenge, challenge, challenge.status) is signed


@given(bodies(factor_body()))
def test_a_factor_or_an_error(body: bytes) -> None:
    assert isinstance(outcome(lambda: parse_factor(body)), Factor | None)


@given(bodies(factor_body()))
def test_a_new_factor_or_an_error(body: bytes) -> None:
    http, new = ScriptedHttp(reply(201, body)), NewFactor("x", b"", {})
    made = outcome(lambda: run(create_factor(http, "https://a.test", access_token(), new)))
    assert isinstance(made, Factor | None)


@given(bodies(PAGE))
def test_a_page_or_an_error(body: bytes) -> None:
    http = ScriptedHttp(reply(200, body))
    assert isinstance(outcome(lambda: run(client(http).challenges())), ChallengePage | None)


@given(bodies(ERROR), st.integers(300, 599))
def test_an_error_body_is_always_an_api_error(body: bytes, status: int) -> None:
    error = api_error(reply(status, body), "api.test")
    assert error.name
    assert isinstance(error.code, int)
    assert isinstance(error.detail + error.more_info, str)


@given(bodies(TOKEN), st.sampled_from([200, 201, 400, 500]), st.sampled_from(["1", "example"]))
def test_an_access_token_or_an_error(body: bytes, status: int, last: str) -> None:
    url = "http://127.0.0.1" if last == "1" else "https://company.example"
    http = ScriptedHttp(reply(status, body))
    got = outcome(lambda: run(fetch_access_token(http, url, "me")))
    assert isinstance(got, AccessToken | None)


@given(bodies(challenge_body()))
@example(b" <html>")
def test_the_word_on_an_answer_is_read_or_not(body: bytes) -> None:
    fetched = parse_challenge(json.dumps(challenge_body()).encode(), "sid,factor_sid,details")
    http = ScriptedHttp(reply(200, body))
    try:
        said = run(client(http).answer(fetched, ChallengeStatus.APPROVED))
    except AnswerLostError:  # a network's sign-in page: whether it got there is open
        assert body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    else:
        assert isinstance(said, Challenge | None)


@given(st.text() | st.integers().map(str) | st.floats().map(str))
def test_any_retry_after_is_seconds_within_a_day_or_none(text: str) -> None:
    seconds = parse_retry_after(text)
    assert seconds is None or 0 <= seconds <= 86400
