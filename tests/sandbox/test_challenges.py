from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.state import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

START = 1_700_000_000


def stamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_challenge_has_all_its_fields(world: World, device: Device) -> None:
    made = world.challenge(
        device, HiddenDetails='{"ip":"10.0.0.1"}', Details_Fields='{"label":"a","value":"b"}'
    )
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("YC[0-9a-f]{32}", body["sid"])
    url = f"{device.path}/Challenges/{body['sid']}"
    assert body == {
        "sid": body["sid"],
        "account_sid": world.sandbox.account_sid,
        "service_sid": world.sandbox.service_sid,
        "entity_sid": device.factor["entity_sid"],
        "identity": device.factor["identity"],
        "factor_sid": device.sid,
        "date_created": "2023-11-14T22:13:20Z",
        "date_updated": "2023-11-14T22:13:20Z",
        "date_responded": None,
        "expiration_date": "2023-11-14T22:18:20Z",
        "status": "pending",
        "responded_reason": "none",
        "details": {"message": "Sign in?", "fields": [{"label": "a", "value": "b"}]},
        "hidden_details": {"ip": "10.0.0.1"},
        "metadata": None,
        "factor_type": "push",
        "url": url,
        "links": {"notifications": f"{url}/Notifications"},
    }
    assert world.company("GET", url).json() == body
    assert device.fetch(body["sid"]).json() == body


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ("", []),
        ("[]", []),
        ('{"label":"a","value":"b"}', [("a", "b")]),
        (['{"label":"a","value":"b"}', '{"label":"c","value":"d"}'], [("a", "b"), ("c", "d")]),
        ('[{"label":"a","value":"b"},{"label":"c","value":""}]', [("a", "b"), ("c", "")]),
        ('{"value":"\\u0000 \\ud83d\\ude00 \u202e","label":"ü"}', [("ü", "\0 😀 \u202e")]),
        (json.dumps([{"label": "l" * 36, "value": "v" * 128}] * 20), [("l" * 36, "v" * 128)] * 20),
    ],
)
def test_fields_come_repeated_as_one_array_or_empty(
    world: World, device: Device, given: object, expected: list[tuple[str, str]]
) -> None:
    made = world.challenge(device, Details_Fields=given)
    assert made.status_code == 201, made.text
    fields = [{"label": label, "value": value} for label, value in expected]
    assert made.json()["details"]["fields"] == fields
    assert device.answer(made.json()["sid"]).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"FactorSid": ""},
        {"FactorSid": "YF1"},
        {"FactorSid": "YC" + "0" * 32},
        {"Details_Message": ""},
        {"Details_Message": "x" * 257},
        {"Details_Fields": "{"},
        {"Details_Fields": '"text"'},
        {"Details_Fields": '{"label":"a"}'},
        {"Details_Fields": '{"label":"a","value":1}'},
        {"Details_Fields": '{"label":"a","value":"b","more":"c"}'},
        {"Details_Fields": '{"label":"a","label":"b","value":"c"}'},
        {"Details_Fields": '{"label":"a","value":"\\udc00"}'},
        {"Details_Fields": "[" * 100_000},
        {"Details_Fields": json.dumps([{"label": "l" * 37, "value": "v"}])},
        {"Details_Fields": json.dumps([{"label": "l", "value": "v" * 129}])},
        {"Details_Fields": json.dumps([{"label": "l", "value": "v"}] * 21)},
        {"HiddenDetails": "[]"},
        {"HiddenDetails": '{"a":1}'},
        {"HiddenDetails": '{"a":{"b":"c"}}'},
        {"HiddenDetails": '{"a":"b","a":"c"}'},
        {"HiddenDetails": json.dumps({"a": "x" * 1016})},
        {"ExpirationDate": "tomorrow"},
        {"ExpirationDate": "2023-11-14T22:20:00"},
        {"ExpirationDate": stamp(START)},
        {"ExpirationDate": stamp(START + 3_601)},
        {"ExpirationDate": "0001-01-01T00:00:00+14:00"},
        {"ExpirationDate": "9999-12-31T23:59:59-14:00"},
    ],
)
def test_a_challenges_parameters_are_checked(
    world: World, device: Device, refused: Refused, change: dict[str, str]
) -> None:
    refused(world.challenge(device, **change), 400, 60306)


def test_limits_count_characters(world: World, device: Device) -> None:
    hidden = json.dumps({"a": "x" * 1015})
    assert len(hidden) == 1024
    made = world.challenge(device, Details_Message="😀" * 256, HiddenDetails=hidden)
    assert made.json()["details"]["message"] == "😀" * 256


def test_the_order_of_errors_at_creation(world: World, refused: Refused) -> None:
    device = world.device(verified=False)
    bad = {"Details_Message": ""}
    refused(world.challenge(device, FactorSid="YF1", **bad), 400, 60306)
    refused(world.challenge(device, FactorSid="YF" + "0" * 32, **bad), 404, 20404)
    refused(world.challenge(device, **bad), 403, 60318)
    device.verify()
    refused(world.challenge(device, **bad), 400, 60306)
    elsewhere = f"{world.service}/Entities/nobody-here/Challenges"
    refused(world.company("POST", elsewhere), 404, 20404)


def test_a_factor_of_another_entity_is_not_found(
    world: World, device: Device, refused: Refused
) -> None:
    refused(world.challenge(device, FactorSid=world.device().sid), 404, 20404)


def test_a_device_creates_no_challenges(device: Device, refused: Refused) -> None:
    data = {"FactorSid": device.sid, "Details.Message": "Sign in?"}
    refused(device.call("POST", "/Challenges", data=data), 401, 20003)


@pytest.mark.parametrize(
    "date", ["2023-11-14T22:14:20Z", "2023-11-14T14:14:20-08:00", "2023-11-14T22:14:20.999Z"]
)
def test_an_expiration_date_comes_in_any_iso_spelling(
    world: World, device: Device, date: str
) -> None:
    made = world.challenge(device, ExpirationDate=date)
    assert made.json()["expiration_date"] == "2023-11-14T22:14:20Z"


def test_an_hour_is_the_longest_life(world: World, device: Device) -> None:
    assert world.challenge(device, ExpirationDate=stamp(START + 3_600)).status_code == 201


FULL = json.dumps([{"label": "l" * 36, "value": "v" * 128}] * 20)


@pytest.mark.parametrize("sandbox_settings", [Settings(strict_authpayload=True)])
def test_the_strict_limit_refuses_what_cannot_be_answered(
    world: World, device: Device, refused: Refused
) -> None:
    refused(world.challenge(device, Details_Fields=FULL), 400, 60306)
    sid = world.challenge(device).json()["sid"]
    refused(device.post(sid, "a" * 5_457), 400, 60306)
    assert device.answer(sid).status_code == 200


def test_without_it_long_answers_are_taken(world: World, device: Device) -> None:
    sid = world.challenge(device, Details_Fields=FULL).json()["sid"]
    payload = device.signed(device.fetch(sid), "approved")
    assert len(payload) > 5_456
    assert device.post(sid, payload).status_code == 200
