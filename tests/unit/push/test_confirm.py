from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from countersign.push.confirm import confirms, same_content
from countersign.push.values import ChallengeStatus, parse_challenge
from tests.unit.push.push_support import as_json, challenge_body

if TYPE_CHECKING:
    from countersign.push.values import Challenge

APPROVED = ChallengeStatus.APPROVED
SIGNED = ",".join(challenge_body())


def asked(**changes: Any) -> Challenge:  # noqa: ANN401 - any JSON value
    return parse_challenge(as_json(challenge_body(**changes)), SIGNED)


def answered(**changes: Any) -> Challenge:  # noqa: ANN401 - any JSON value
    return parse_challenge(as_json(challenge_body(status="approved") | changes))


def test_the_same_challenge_with_the_wanted_status_confirms() -> None:
    assert confirms(asked(), answered(), APPROVED)


def test_dates_may_change() -> None:
    later = "2020-07-21T19:16:00Z"
    dates = ("date_created", "date_updated", "date_responded", "expiration_date")
    assert confirms(asked(), answered(**dict.fromkeys(dates, later)), APPROVED)


def test_what_was_not_signed_may_change_or_come_along() -> None:
    assert confirms(asked(), answered(metadata={"os": "x"}, responded_reason="none"), APPROVED)


@pytest.mark.parametrize("status", ["pending", "denied", "expired"])
def test_another_status_does_not(status: str) -> None:
    assert not confirms(asked(), answered(status=status), APPROVED)


@pytest.mark.parametrize(
    "changes",
    [
        {"sid": "YC" + "0" * 32},
        {"factor_sid": "YF" + "0" * 32},
        {"account_sid": "AC" + "0" * 32},
        {"identity": "somebody-else"},
        {"hidden_details": None},
        {"hidden_details": {"ip": "10.0.0.2"}},
        {"details": {"message": "Sign in?", "fields": []}},
        {"details": {"message": "Sign in!", "fields": [{"label": "From", "value": "Rome"}]}},
        {"details": challenge_body()["details"] | {"date": "2020-07-21T19:15:02Z"}},
    ],
)
def test_another_signed_value_does_not(changes: dict[str, object]) -> None:
    assert not confirms(asked(), answered(**changes), APPROVED)


@pytest.mark.parametrize("name", ["sid", "factor_sid"])
def test_another_challenge_does_not_though_its_id_were_not_signed(name: str) -> None:
    unsigned = parse_challenge(as_json(challenge_body()))
    assert not confirms(unsigned, answered(**{name: "YX" + "0" * 32}), APPROVED)


@pytest.mark.parametrize("name", ["account_sid", "identity", "hidden_details"])
def test_a_signed_value_that_is_gone_does_not(name: str) -> None:
    body = {key: value for key, value in challenge_body(status="approved").items() if key != name}
    assert not confirms(asked(), parse_challenge(as_json(body)), APPROVED)


def test_one_and_true_are_two_values() -> None:
    one = asked(hidden_details={"n": 1})
    assert not same_content(one, answered(hidden_details={"n": True}))
    assert same_content(one, answered(hidden_details={"n": 1.0}))


def test_another_writing_of_the_same_values_confirms() -> None:
    body = challenge_body(status="approved", details={"fields": [], "message": "a/é"})
    text = json.dumps(dict(reversed(body.items())), indent=2).replace("a/", "a\\/").encode()
    original = asked(details={"message": "a/é", "fields": []})
    assert confirms(original, parse_challenge(text), APPROVED)
