"""The test vectors of the protocol's notes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from countersign.push.create import NewFactor, create_factor
from countersign.push.dates import parse_http_date
from countersign.push.encoding import base64_text, raw_signature
from countersign.push.signing import device_token, signed_text
from countersign.push.values import ChallengeStatus, Field, parse_challenge
from tests.unit.push.push_support import (
    NOW,
    ScriptedHttp,
    access_token,
    as_json,
    factor_body,
    reply,
    run,
    sign,
    verified,
)

DER = (
    "MEQCIFtun9Ioo+W+juCG7sOl8PPPuozb8cspsUtpu2TxnzP/"
    "AiAi1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr0Gfg=="
)
RAW = "W26f0iij5b6O4Ibuw6Xw88+6jNvxyymxS2m7ZPGfM/8i1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr0Gfg=="
SPKI = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8GdwtibWe0kpgsFl6xPQBwhtwUEyeJkeozFmi2jiJDzxFSMwVy3kVR1h"
    "/dPVYOfgkC0EkfBRJ0J/6xW47FD5vA=="
)
PENDING = (
    b'{"sid":"challengeSid","factor_sid":"factorSid","date_created":"2020-02-19T16:39:57-08:00",'
    b'"date_updated":"2020-02-21T18:39:57-08:00","status":"pending","details":{"message":'
    b'"message123","fields":[{"label":"label123","value":"value123"}],"date":'
    b'"2020-02-19T16:39:57-08:00"},"hidden_details":{"key1":"value1"},'
    b'"expiration_date":"2020-02-27T08:50:57-08:00"}'
)
PENDING_FIELDS = (
    "sid,factor_sid,date_created,date_updated,status,details,hidden_details,expiration_date"
)


def test_der_becomes_raw() -> None:
    assert raw_signature(base64.b64decode(DER)) == base64.b64decode(RAW)


def test_a_public_key_goes_out_as_standard_base64() -> None:
    key = base64.b64decode(SPKI)
    http = ScriptedHttp(reply(201, as_json(factor_body())))
    run(create_factor(http, "https://a.test/v2", access_token(), NewFactor("x", key, {})))
    ((_, _, form, _),) = http.sent
    assert len(key) == 91
    assert base64_text(key) == SPKI
    assert form is not None
    assert form["Binding.PublicKey"] == SPKI


def test_a_token_is_good_from_now_for_ten_minutes() -> None:
    token = run(device_token(sign, account_sid="AC1", credential_sid="CR1", now=NOW))
    assert verified(token).payload == {"sub": "AC1", "nbf": 1595358902, "exp": 1595359502}


def test_an_http_date_is_read() -> None:
    expected = datetime(2020, 7, 21, 17, 7, 32, tzinfo=UTC).timestamp()
    assert parse_http_date("Tue, 21 Jul 2020 17:07:32 GMT") == expected


def test_the_pending_challenge_of_the_sdks_is_read() -> None:
    challenge = parse_challenge(PENDING, PENDING_FIELDS)
    assert (challenge.sid, challenge.factor_sid) == ("challengeSid", "factorSid")
    assert challenge.status is ChallengeStatus.PENDING
    assert challenge.message == "message123"
    assert challenge.fields == (Field("label123", "value123"),)
    assert challenge.hidden_details == {"key1": "value1"}
    assert challenge.date_created == datetime(2020, 2, 20, 0, 39, 57, tzinfo=UTC)
    assert challenge.expiration_date == datetime(2020, 2, 27, 16, 50, 57, tzinfo=UTC)


def test_the_pending_challenge_of_the_sdks_is_signed_as_it_stood() -> None:
    challenge = parse_challenge(PENDING, PENDING_FIELDS)
    unanswered = PENDING.replace(b'"status":"pending",', b"")
    assert signed_text(challenge, ChallengeStatus.APPROVED) == (
        unanswered[:-1] + b',"status":"approved"}'
    )
