from __future__ import annotations

from datetime import UTC, datetime

import pytest

from countersign.push.errors import MappingError
from countersign.push.values import (
    ChallengeStatus,
    FactorStatus,
    Field,
    is_sid,
    parse_challenge,
    parse_factor,
)
from tests.unit.push.push_support import (
    ACCOUNT_SID,
    CHALLENGE_SID,
    CREDENTIAL_SID,
    ENTITY_SID,
    FACTOR_SID,
    IDENTITY,
    SERVICE_SID,
    as_json,
    challenge_body,
    factor_body,
)

NEEDED = "sid,factor_sid,details"
BODY = as_json(challenge_body())


def refused(body: bytes, header: str | None = None) -> str:
    with pytest.raises(MappingError) as caught:
        parse_challenge(body, header)
    assert (caught.value.name, caught.value.code) == ("bad_answer", 60402)
    return caught.value.message


def without(body: dict[str, object], name: str) -> bytes:
    return as_json({key: value for key, value in body.items() if key != name})


# --- Challenges --


def test_a_challenge_is_read() -> None:
    challenge = parse_challenge(BODY, NEEDED)
    assert (challenge.sid, challenge.factor_sid) == (CHALLENGE_SID, FACTOR_SID)
    assert challenge.service_sid == SERVICE_SID
    assert challenge.status is ChallengeStatus.PENDING
    assert challenge.message == "Sign in?"
    assert challenge.fields == (Field("From", "Rome"),)
    assert challenge.date_created == datetime(2020, 7, 21, 19, 15, 2, tzinfo=UTC)
    assert challenge.expiration_date == datetime(2020, 7, 21, 19, 20, 2, tzinfo=UTC)
    assert challenge.hidden_details == {"ip": "10.0.0.1"}
    assert challenge.signature_fields == ("sid", "factor_sid", "details")


@pytest.mark.parametrize("status", list(ChallengeStatus))
def test_each_status_of_the_api_is_known(status: ChallengeStatus) -> None:
    assert parse_challenge(as_json(challenge_body(status=status.value))).status is status


@pytest.mark.parametrize("details", [{"message": "x"}, {"message": "x", "fields": None}])
def test_a_challenge_may_have_no_fields(details: dict[str, object]) -> None:
    assert parse_challenge(as_json(challenge_body(details=details))).fields == ()


@pytest.mark.parametrize("hidden", [None, {}, [], "x", {"a": 1}, {"a": None}])
def test_hidden_details_that_are_no_texts_are_none(hidden: object) -> None:
    assert parse_challenge(as_json(challenge_body(hidden_details=hidden))).hidden_details == {}


def test_a_challenge_may_have_no_hidden_details() -> None:
    assert parse_challenge(without(challenge_body(), "hidden_details")).hidden_details == {}


@pytest.mark.parametrize(
    "name", ["sid", "factor_sid", "status", "details", "date_created", "expiration_date"]
)
def test_a_challenge_that_lacks_a_part_is_refused(name: str) -> None:
    refused(without(challenge_body(), name))
    refused(as_json(challenge_body(**{name: None})))
    refused(as_json(challenge_body(**{name: 7})))


@pytest.mark.parametrize(
    "details",
    [
        {},
        [],
        "x",
        {"message": None},
        {"message": 1},
        {"message": "x", "fields": {}},
        {"message": "x", "fields": [1]},
        {"message": "x", "fields": [{"label": "a"}]},
        {"message": "x", "fields": [{"label": "a", "value": None}]},
        {"message": "x", "fields": [{"label": "a", "value": 1}]},
        {"message": "\ud800"},
        {"message": "x" * 4097},
        {"message": "x", "fields": [{"label": "a", "value": "x" * 4097}]},
        {"message": "x", "fields": [{"label": "x" * 4097, "value": "a"}]},
        {"message": "x", "fields": [{"label": "a", "value": "b"}] * 101},
    ],
)
def test_details_that_cannot_be_shown_are_refused(details: object) -> None:
    refused(as_json(challenge_body(details=details)))


@pytest.mark.parametrize("status", ["", "Pending", "cancelled"])
def test_an_unknown_status_is_refused(status: str) -> None:
    refused(as_json(challenge_body(status=status)))


@pytest.mark.parametrize("sid", ["", "../x", "a/b", "a b", "a" * 65, "é", "a\n", "\x1b[2J"])
def test_an_id_that_cannot_stand_in_a_path_is_refused(sid: str) -> None:
    refused(as_json(challenge_body(sid=sid)))
    refused(as_json(challenge_body(factor_sid=sid)))


@pytest.mark.parametrize("name", ["date_created", "expiration_date"])
def test_a_date_that_is_none_is_refused(name: str) -> None:
    refused(as_json(challenge_body(**{name: "tomorrow"})))


@pytest.mark.parametrize(
    "body",
    [
        b'{"details":{"message":"Pay 1"},' + BODY[1:],
        BODY.replace(b'"message":', b'"message":"Pay 1","m\\u0065ssage":'),
        BODY.replace(b'"label":', b'"label":"Amount","label":'),
    ],
)
def test_a_body_with_two_meanings_is_refused(body: bytes) -> None:
    assert "twice" in refused(body, NEEDED)


def test_a_refusal_quotes_nothing_of_the_body() -> None:
    assert "secret" not in refused(as_json(challenge_body(status="secret")))


# --- The header that lists the signed fields --


def test_without_the_header_nothing_says_what_to_sign() -> None:
    assert parse_challenge(BODY, None).signature_fields is None


def test_spaces_in_the_header_are_no_part_of_names() -> None:
    assert parse_challenge(BODY, " details , sid,\tfactor_sid").signature_fields == (
        "details",
        "sid",
        "factor_sid",
    )


@pytest.mark.parametrize("name", ["sid", "factor_sid", "details"])
def test_a_header_that_lacks_what_is_shown_is_refused(name: str) -> None:
    rest = ",".join(key for key in challenge_body() if key != name)
    assert "wouldn't cover" in refused(BODY, rest)


@pytest.mark.parametrize(
    "header",
    [
        f"{NEEDED},amount",
        f"{NEEDED},",
        f",{NEEDED}",
        f"{NEEDED},sid",
        f"{NEEDED},status,status",
        "Sid,factor_sid,details",
        "sid factor_sid details",
        "sid;factor_sid;details",
        f"{NEEDED},details.message",
        "",
        ",",
    ],
)
def test_a_header_that_does_not_fit_its_body_is_refused(header: str) -> None:
    assert "doesn't fit" in refused(BODY, header)


# --- Factors --


def test_a_factor_is_read() -> None:
    factor = parse_factor(as_json(factor_body()))
    assert (factor.sid, factor.account_sid, factor.service_sid) == (
        FACTOR_SID,
        ACCOUNT_SID,
        SERVICE_SID,
    )
    assert (factor.identity, factor.friendly_name) == (IDENTITY, "Laptop")
    assert factor.status is FactorStatus.UNVERIFIED
    assert (factor.credential_sid, factor.entity_sid) == (CREDENTIAL_SID, ENTITY_SID)


@pytest.mark.parametrize("config", [None, {}, {"credential_sid": None}, {"app_id": "x"}])
def test_a_factor_may_come_without_its_credential(config: object) -> None:
    assert parse_factor(as_json(factor_body(config=config))).credential_sid is None


@pytest.mark.parametrize(
    "changes",
    [
        {"sid": "a/b"},
        {"account_sid": ""},
        {"service_sid": 1},
        {"identity": None},
        {"identity": "x" * 4097},
        {"friendly_name": "x" * 4097},
        {"status": "new"},
        {"date_created": "now"},
        {"config": "x"},
        {"config": {"credential_sid": 1}},
        {"config": {"credential_sid": ""}},
        {"config": {"credential_sid": "a b"}},
    ],
)
def test_a_factor_that_is_none_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(MappingError):
        parse_factor(as_json(factor_body(**changes)))


def test_a_factor_with_two_credentials_is_refused() -> None:
    body = as_json(factor_body()).replace(b'"config": {', b'"config": {"credential_sid": "CR1", ')
    with pytest.raises(MappingError):
        parse_factor(body)


# --- Sids --


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("VA" + "0" * 32, True),
        ("VA" + "aF" * 16, True),
        ("VA" + "0" * 31, False),
        ("VA" + "0" * 33, False),
        ("VA" + "0" * 32 + "\n", False),
        ("AC" + "0" * 32, False),
        ("va" + "0" * 32, False),
        ("VA" + "g" * 32, False),
        ("VA" + "\u0660" * 32, False),
    ],
)
def test_a_sid_is_its_prefix_and_32_hex_digits(text: str, *, good: bool) -> None:
    assert is_sid(text, "VA") is good
