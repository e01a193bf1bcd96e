"""What reaches a company's server is what its own client takes for genuine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from twilio.request_validator import RequestValidator

from tests.sandbox.receiver import done

if TYPE_CHECKING:
    from tests.sandbox.conformance.python.sdk import Sdk, Typed
    from tests.sandbox.receiver import Got, Receiver
    from tests.sandbox.world import World

FIELDS = [{"label": "Ort / place", "value": "Zürich = 1/2 & 100% +\U0001f511"}]


def address(receiver: Receiver, got: Got) -> str:
    """Give the address as a server sees it: the host it was asked for, and the path."""
    assert got.headers["host"] == urlsplit(receiver.url).netloc
    return f"http://{got.headers['host']}{got.path}"


def run(world: World, sdk: Sdk) -> None:
    """Let everything happen that there is an event for."""
    device = world.device("somebody")
    challenges = sdk.entity("somebody").challenges
    for answer in ("approved", "denied"):
        made = challenges.create(
            device.sid,
            details_message="Sign in? äöü",
            details_fields=FIELDS,
            hidden_details={"transaction": "a=b&c"},
        )
        assert device.answer(made.sid, answer).status_code == 200
    assert sdk.entity("somebody").factors(device.sid).delete()


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("path", ["", "hook?a=1&b=x%20y", "a%2Fb/?q=%C3%A9"])
def test_every_event_is_signed(
    world: World, sdk: Sdk, receiver: Receiver, version: str, path: str
) -> None:
    sdk.service.webhooks.create("Backend", ["*"], receiver.url + path, resource_version=version)
    run(world, sdk)
    assert {item["state"] for item in done(world.sandbox)} == {"delivered"}
    validator = RequestValidator(world.ready.auth_token)
    events = [receiver.next() for _ in range(5)]
    assert [got.parameters["type"] for got in events] == [
        "factor.created",
        "factor.verified",
        "challenge.approved",
        "challenge.denied",
        "factor.deleted",
    ]
    for got in events:
        check(validator, address(receiver, got), got)
    details = events[2].parameters.get("challenge_details")
    if version == "v2":
        assert details is not None
        assert json.loads(details)["fields"] == FIELDS
    else:
        assert details is None


def check(validator: Typed, url: str, got: Got) -> None:
    """Hold it for genuine as it came, and for nothing else."""
    signature = got.headers["x-twilio-signature"]
    parameters = got.parameters
    assert validator.validate(url, parameters, signature)
    assert not validator.validate(url + "x", parameters, signature)
    assert not validator.validate(url, parameters | {"type": "factor.created2"}, signature)
    assert not validator.validate(url, parameters | {"more": ""}, signature)
    assert not RequestValidator("f" * 32).validate(url, parameters, signature)
