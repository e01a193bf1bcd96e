"""The sample backend: what its four calls ask of the API, and what the sandbox's own answer.

Its code is JavaScript; what it prints by itself is in ../node. Here is the same, member by
member, from what the Python client has to say of the same resources.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.conformance.python.sdk import told

if TYPE_CHECKING:
    import httpx

    from tests.sandbox.conformance.python.sdk import Json, Sdk, Typed
    from tests.sandbox.world import Device, World

USER = "someone@example.com"
STORED = hashlib.sha256(USER.encode()).hexdigest()
FIELDS = [{"label": "Place", "value": "Lisbon"}]


@pytest.fixture
def known(world: World) -> Device:
    return world.device(STORED)


def ask(world: World, path: str, **values: str) -> httpx.Response:
    return world.http.post(world.base + path, data=values)


def as_node(instance: Typed) -> Json:
    """Write a resource as JavaScript's JSON.stringify writes the Node client's."""
    return {camel(name): in_javascript(value) for name, value in told(instance).items()}


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def in_javascript(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M:%S.000Z") if isinstance(value, datetime) else value


def test_access_token(world: World, sdk: Sdk) -> None:
    made = sdk.service.access_tokens.create(identity=STORED, factor_type="push")
    answer = ask(world, "/access-token", identity=USER)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert len(body.pop("token")) == len(made.token)
    assert body.pop("api_url") == world.ready.api_url  # the sandbox's own addition
    assert body == {
        "serviceSid": world.ready.service_sid,
        "identity": made.entity_identity,
        "factorType": made.factor_type,
    }


def test_list_factors(world: World, sdk: Sdk, known: Device) -> None:
    for _ in range(19):
        world.device(STORED, verified=False)
    sdk.asked()
    listed = sdk.entity(STORED).factors.list(limit=20)
    assert sdk.asked() == [
        f"GET {world.service}/Entities/{STORED}/Factors?PageSize=20",
    ]
    assert listed[0].sid == known.sid
    assert len(listed) == 20
    answer = ask(world, "/list-factors", identity=STORED)
    assert (answer.status_code, answer.json()) == (200, [as_node(item) for item in listed])


def test_create_challenge_and_challenge_status(world: World, sdk: Sdk, known: Device) -> None:
    challenges = sdk.entity(STORED).challenges
    answer = ask(
        world,
        "/create-challenge",
        identity=STORED,
        factor=known.sid,
        message="Sign in?",
        details=json.dumps(FIELDS),
        hiddenDetails=json.dumps({"transaction": "1"}),
    )
    sid = answer.json()["sid"]
    assert (answer.status_code, answer.json()) == (200, as_node(challenges(sid).fetch()))
    assert answer.json()["details"]["fields"] == FIELDS
    status = ask(world, "/challenge-status", identity=STORED, sid=sid)
    assert (status.status_code, status.json()) == (200, answer.json())
    assert known.answer(sid).status_code == 200
    status = ask(world, "/challenge-status", identity=STORED, sid=sid)
    assert status.json() == as_node(challenges(sid).fetch())
    assert (status.json()["status"], answer.json()["status"]) == ("approved", "pending")


def test_without_details_a_challenge_has_no_fields(world: World, sdk: Sdk, known: Device) -> None:
    answer = ask(world, "/create-challenge", identity=STORED, factor=known.sid, message="Sign in?")
    fetched = sdk.entity(STORED).challenges(answer.json()["sid"]).fetch()
    assert answer.json() == as_node(fetched)
    assert fetched.details == {"message": "Sign in?", "fields": []}
    assert fetched.hidden_details is None
