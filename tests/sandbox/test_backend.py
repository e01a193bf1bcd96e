from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from countersign.sandbox.state import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, Key, World

    Json = dict[str, Any]
    Ask = Callable[[World, str, Json], httpx.Response]

USER = "someone@example.com"


def by_get(world: World, path: str, values: Json) -> httpx.Response:
    return world.http.get(world.base + path, params=values)


def by_form(world: World, path: str, values: Json) -> httpx.Response:
    return world.http.post(world.base + path, data=values)


def by_json(world: World, path: str, values: Json) -> httpx.Response:
    return world.http.post(world.base + path, json=values)


WAYS = pytest.mark.parametrize("ask", [by_get, by_form, by_json])


@pytest.fixture
def known(world: World, sha256: Callable[[str], str]) -> Device:
    return world.device(sha256(USER))


@WAYS
def test_an_access_token_enrols(
    world: World, ask: Ask, new_key: type[Key], sha256: Callable[[str], str]
) -> None:
    response = ask(world, "/access-token", {"identity": USER})
    assert response.status_code == 200
    body = response.json()
    token = body.pop("token")
    assert body == {
        "serviceSid": world.sandbox.service_sid,
        "identity": sha256(USER),
        "factorType": "push",
        "api_url": world.sandbox.api_url,
    }
    assert world.create_factor(body["identity"], new_key(), token).status_code == 201


@pytest.mark.parametrize("sandbox_settings", [Settings(hash_identity=False)])
def test_the_identity_is_left_alone_if_told_so(world: World) -> None:
    assert by_form(world, "/access-token", {"identity": "plain-user"}).json()["identity"] == (
        "plain-user"
    )
    response = by_form(world, "/access-token", {"identity": USER})
    assert response.status_code == 400
    assert set(response.json()["error"]) == {"message", "moreInfo"}


@WAYS
def test_factors_are_listed_as_node_prints_them(world: World, ask: Ask, known: Device) -> None:
    listed = ask(world, "/list-factors", {"identity": USER}).json()
    as_stored = {"identity": known.factor["identity"]}
    assert ask(world, "/list-factors", as_stored).json() == listed
    assert [item["sid"] for item in listed] == [known.sid]
    assert set(listed[0]) == {
        "sid",
        "accountSid",
        "serviceSid",
        "entitySid",
        "identity",
        "friendlyName",
        "status",
        "factorType",
        "config",
        "metadata",
        "dateCreated",
        "dateUpdated",
        "url",
    }
    assert listed[0]["dateCreated"] == "2023-11-14T22:13:20.000Z"
    assert listed[0]["config"]["app_id"] == "com.example.app"
    assert "credential_sid" not in listed[0]["config"]


@WAYS
def test_a_challenge_is_created_and_its_status_read(world: World, ask: Ask, known: Device) -> None:
    fields = [{"label": "Place", "value": "Lisbon"}]
    values = {
        "identity": USER,
        "factor": known.sid,
        "message": "Sign in?",
        "details": json.dumps(fields),
        "hiddenDetails": '{"transaction":"1"}',
    }
    made = ask(world, "/create-challenge", values)
    assert made.status_code == 200
    body = made.json()
    assert body["factorSid"] == known.sid
    assert body["details"] == {"message": "Sign in?", "fields": fields}
    assert body["hiddenDetails"] == {"transaction": "1"}
    assert body["expirationDate"] == "2023-11-14T22:18:20.000Z"
    assert body["dateResponded"] is None
    assert known.answer(body["sid"]).status_code == 200
    asked = {"identity": known.factor["identity"], "sid": body["sid"]}
    status = ask(world, "/challenge-status", asked)
    assert status.status_code == 200
    assert status.json()["status"] == "approved"
    assert status.json()["dateResponded"] == "2023-11-14T22:13:20.000Z"


def test_json_may_hold_json(world: World, known: Device) -> None:
    values = {
        "identity": USER,
        "factor": known.sid,
        "message": "Sign in?",
        "details": [{"label": "a", "value": "b"}],
        "hiddenDetails": {"c": "d"},
    }
    body = by_json(world, "/create-challenge", values).json()
    assert body["details"]["fields"] == [{"label": "a", "value": "b"}]
    assert body["hiddenDetails"] == {"c": "d"}


@WAYS
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/access-token", "identity"),
        ("/list-factors", "identity"),
        ("/create-challenge", "identity, message, factor"),
        ("/challenge-status", "identity, sid"),
    ],
)
def test_what_is_missing_is_named(world: World, ask: Ask, path: str, names: str) -> None:
    response = ask(world, path, {})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["message"] == f"Missing parameter; please provide: '{names}'."
    assert error["moreInfo"].startswith("https://www.twilio.com/docs/verify/api/")


def test_errors_come_in_the_samples_shape(world: World, known: Device) -> None:
    identity = known.factor["identity"]
    cases: list[tuple[str, Json, int]] = [
        ("/list-factors", {"identity": "unknown-user"}, 404),
        ("/challenge-status", {"identity": identity, "sid": "YC" + "0" * 32}, 404),
        ("/create-challenge", {"identity": identity, "factor": "YF1", "message": "x"}, 400),
        (
            "/create-challenge",
            {"identity": identity, "factor": known.sid, "message": "x" * 257},
            400,
        ),
    ]
    for path, values, status in cases:
        response = by_form(world, path, values)
        assert response.status_code == status
        assert set(response.json()) == {"error"}
        assert set(response.json()["error"]) == {"message", "moreInfo"}
    for content in (b"{", b"[]", b"\xff"):
        response = world.http.post(
            f"{world.base}/access-token",
            content=content,
            headers={"Content-Type": "application/json"},
        )
        assert (response.status_code, set(response.json())) == (400, {"error"})


def test_without_its_service_the_backend_finds_nothing(world: World) -> None:
    world.company("DELETE", "")
    assert by_form(world, "/access-token", {"identity": USER}).status_code == 404
