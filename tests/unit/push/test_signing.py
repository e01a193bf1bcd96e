"""Whatever challenge a server serves, the answer signs its values exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from countersign.push.errors import MappingError
from countersign.push.signing import answer_payload, device_token, factor_proof, signed_text
from countersign.push.values import ChallengeStatus, parse_challenge
from tests.unit.push.push_support import (
    ACCOUNT_SID,
    CHALLENGE_SID,
    CREDENTIAL_SID,
    FACTOR_SID,
    NOW,
    ScriptedHttp,
    as_json,
    challenge_body,
    client,
    reply,
    run,
    sign,
    verified,
    verify_der,
)

if TYPE_CHECKING:
    from random import Random

APPROVED, DENIED = ChallengeStatus.APPROVED, ChallengeStatus.DENIED

# --- Any challenge, written in any way --


class Number(str):
    """A number by its digits, which no float could keep."""

    __slots__ = ()


NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?", fullmatch=True
).map(Number)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=15,
)
KNOWN = set(challenge_body())
EXTRA = st.dictionaries(
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True).filter(lambda name: name not in KNOWN),
    VALUES,
    max_size=3,
)
FIELDS = st.lists(
    st.fixed_dictionaries({"label": st.text(), "value": st.text()}, optional={"odd": VALUES}),
    max_size=20,
)
DETAILS = st.builds(
    lambda plain, odd: odd | plain,
    st.fixed_dictionaries(
        {"message": st.text(max_size=256)}, optional={"fields": FIELDS, "date": VALUES}
    ),
    st.dictionaries(
        st.text(max_size=8).filter(lambda name: name not in {"message", "fields"}),
        VALUES,
        max_size=3,
    ),
)
BODIES = st.builds(
    lambda details, hidden, extra: extra | challenge_body(details=details, hidden_details=hidden),
    DETAILS,
    VALUES,
    EXTRA,
)
SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def write(value: object, random: Random) -> str:
    """Write JSON in one of the many ways in which a server may."""
    return _space(random) + _write(value, random) + _space(random)


def _write(value: object, random: Random) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_letter(letter, random) for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(write(item, random) for item in value) + _space(random) + "]"
    if isinstance(value, dict):
        pairs = [write(key, random) + ":" + write(item, random) for key, item in value.items()]
        random.shuffle(pairs)
        return "{" + ",".join(pairs) + _space(random) + "}"
    return json.dumps(value)


def _space(random: Random) -> str:
    return random.choice(["", "", "", " ", "\n\t", "\r\n  "])


def _letter(letter: str, random: Random) -> str:
    way = random.randrange(4)
    if way == 0 and letter in SHORT_ESCAPES:
        return SHORT_ESCAPES[letter]
    if way == 1 or letter in '"\\' or letter < " ":
        units = letter.encode("utf-16-be").hex()
        units = units.upper() if random.randrange(2) else units
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    return letter


def read(text: str | bytes) -> dict[str, Any]:
    """Read JSON with each number as it was written."""
    found = json.loads(text, parse_int=Number, parse_float=Number)
    assert isinstance(found, dict)
    return found


@st.composite
def served(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """Draw a body and the names that its header lists."""
    body = draw(BODIES)
    names = [name for name in body if name not in {"sid", "factor_sid", "details"}]
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    listed = draw(st.permutations([*chosen, "sid", "factor_sid", "details"]))
    text = write(body, draw(st.randoms(use_true_random=False)))
    assume(_depth(body) <= 32)
    return text.encode(), listed


def _depth(value: object) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


@given(served(), st.sampled_from([APPROVED, DENIED]))
def test_any_challenge_is_signed_value_for_value(
    case: tuple[bytes, list[str]], answer: ChallengeStatus
) -> None:
    body, names = case
    header = {"twilio-verify-signature-fields": ",".join(names)}
    http = ScriptedHttp(reply(200, body, headers=header), reply(200, body))
    device = client(http)
    run(device.answer(run(device.challenge(CHALLENGE_SID)), answer))
    form = http.sent[-1][2]
    assert form is not None
    jws = verified(form["AuthPayload"], read)
    said = read(body)
    assert jws.header_text == '{"typ":"JWT","alg":"ES256"}'
    assert jws.payload == {name: said[name] for name in names} | {"status": answer.value}
    assert [name for name in jws.payload if name != "status"] == [
        name for name in names if name != "status"
    ]


@given(served())
def test_what_is_shown_is_what_the_body_says(case: tuple[bytes, list[str]]) -> None:
    body, names = case
    challenge = parse_challenge(body, ",".join(names))
    details = json.loads(body)["details"]
    assert challenge.message == details["message"]
    shown = [(field.label, field.value) for field in challenge.fields]
    assert shown == [(field["label"], field["value"]) for field in details.get("fields", [])]


# --- The pieces --


def test_values_are_signed_in_their_own_writing() -> None:
    body = b'{"details": {"message" : "a\\/\\u00e9", "n": 1.50},' + as_json(challenge_body())[1:]
    body = body.replace(b', "details": {"message": "Sign in?"', b', "old": {"message": "Sign in?"')
    challenge = parse_challenge(body, "details,factor_sid,sid")
    assert signed_text(challenge, DENIED) == (
        b'{"details":{"message" : "a\\/\\u00e9", "n": 1.50},"factor_sid":"'
        + FACTOR_SID.encode()
        + b'","sid":"'
        + CHALLENGE_SID.encode()
        + b'","status":"denied"}'
    )


@pytest.mark.parametrize("header", ["status,sid,factor_sid,details", "sid,factor_sid,details"])
def test_status_is_signed_once_and_anew(header: str) -> None:
    text = signed_text(parse_challenge(as_json(challenge_body()), header), APPROVED)
    assert text.count(b'"status"') == 1
    assert text.endswith(b',"status":"approved"}')


def test_an_item_of_a_list_cannot_be_signed() -> None:
    challenge = parse_challenge(as_json(challenge_body()))
    with pytest.raises(MappingError) as caught:
        run(answer_payload(sign, challenge, APPROVED))
    assert caught.value.name == "no_signature_fields"


def test_an_answers_header_is_exactly_that_of_the_sdks() -> None:
    challenge = parse_challenge(as_json(challenge_body()), "sid,factor_sid,details")
    jws = verified(run(answer_payload(sign, challenge, APPROVED)))
    assert jws.header_text == '{"typ":"JWT","alg":"ES256"}'


@given(st.integers(0, 2**40))
def test_a_token_is_exactly_that_of_the_sdks(now: int) -> None:
    token = device_token(sign, account_sid=ACCOUNT_SID, credential_sid=CREDENTIAL_SID, now=now)
    jws = verified(run(token))
    assert jws.header_text == (
        f'{{"cty":"twilio-pba;v=1","kid":"{CREDENTIAL_SID}","typ":"JWT","alg":"ES256"}}'
    )
    assert jws.payload == {"sub": ACCOUNT_SID, "nbf": now, "exp": now + 600}


def test_a_tokens_times_are_whole_seconds() -> None:
    token = run(device_token(sign, account_sid="A", credential_sid="C", now=NOW))
    assert {type(verified(token).payload[name]) for name in ("nbf", "exp")} == {int}


def test_a_factors_proof_is_a_der_signature_over_its_sid() -> None:
    verify_der(run(factor_proof(sign, FACTOR_SID)), FACTOR_SID.encode())
