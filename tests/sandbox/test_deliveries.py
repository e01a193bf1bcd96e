from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.client import SandboxClientError
from tests.sandbox.receiver import done, hook, receiving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.sandbox.receiver import Got, Receiver
    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

WHO = "0f5b2f9e-user"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def signed(world: World, url: str, got: Got) -> bool:
    """Check a request as "Validating Signatures from Twilio" on twilio.com says.

    Take the full URL; append each parameter's name and value, sorted by name, without separators;
    HMAC-SHA1 with the auth token; base64.
    """
    text = url
    for name in sorted(got.parameters):
        text += name
        text += got.parameters[name]
    mac = hmac.new(world.sandbox.auth_token.encode("ascii"), text.encode("utf-8"), hashlib.sha1)
    return got.headers["x-twilio-signature"] == base64.b64encode(mac.digest()).decode("ascii")


def test_the_life_of_a_factor_is_told(world: World, receiver: Receiver) -> None:
    url = f"{receiver.url}hook?a=b&c=%20"
    hook(world, url, "*")
    device = world.device(WHO)
    device.verify()  # again, which is no news
    device.call("DELETE", f"/Factors/{device.sid}")
    for event in ("factor.created", "factor.verified", "factor.deleted"):
        got = receiver.next()
        assert got.path == "/hook?a=b&c=%20"
        assert got.headers["content-type"] == "application/x-www-form-urlencoded"
        assert signed(world, url, got)
        assert len(got.parameters["uuid"]) == 36
        assert got.parameters == {
            "uuid": got.parameters["uuid"],
            "type": event,
            "account_sid": world.sandbox.account_sid,
            "service_sid": world.sandbox.service_sid,
            "entity_identity": WHO,
            "factor_sid": device.sid,
            "factor_type": "push",
        }
    assert len(done(world.sandbox)) == 3


def test_an_answer_is_told_with_what_was_asked(
    world: World, device: Device, receiver: Receiver
) -> None:
    hook(world, receiver.url, "challenge.approved", "challenge.denied")
    fields = '{"label":"Wo? &=+","value":"Käse 😀\\nx"}'
    made = world.challenge(device, Details_Fields=fields, HiddenDetails='{"tx":"1"}').json()
    bare = world.pending(device)
    refused = device.post(made["sid"], "a.b.c")
    assert refused.status_code == 400
    device.answer(made["sid"])
    got = receiver.next()
    assert signed(world, receiver.url, got)
    assert got.parameters["type"] == "challenge.approved"
    assert got.parameters["challenge_sid"] == made["sid"]
    assert json.loads(got.parameters["challenge_details"]) == made["details"]
    assert json.loads(got.parameters["challenge_hidden_details"]) == {"tx": "1"}
    assert "challenge_metadata" not in got.parameters
    device.post(bare, device.signed(device.fetch(bare), "denied"), Metadata='{"os":"x"}')
    got = receiver.next()
    assert (got.parameters["type"], got.parameters["challenge_sid"]) == ("challenge.denied", bare)
    assert json.loads(got.parameters["challenge_metadata"]) == {"os": "x"}
    assert "challenge_hidden_details" not in got.parameters
    assert [item["state"] for item in done(world.sandbox)] == ["delivered"] * 2


def test_version_1_has_what_it_always_had(world: World, device: Device, receiver: Receiver) -> None:
    hook(world, receiver.url, "*", Version="v1")
    sid = world.pending(device)
    device.answer(sid, "denied")
    got = receiver.next()
    assert signed(world, receiver.url, got)
    assert set(got.parameters) == {
        "service_sid",
        "entity_identity",
        "account_sid",
        "factor_sid",
        "type",
        "uuid",
        "challenge_sid",
    }


def test_a_webhook_hears_what_it_asked_for(world: World, receiver: Receiver) -> None:
    hook(world, f"{receiver.url}off", "*", Status="disabled")
    sid = hook(world, f"{receiver.url}on", "factor.deleted")
    devices = [world.device(WHO), world.device(WHO, verified=False)]
    assert world.company("DELETE", devices[0].path).status_code == 204
    gone = [receiver.next() for _ in devices]
    assert [got.path for got in gone] == ["/on"] * 2
    assert [got.parameters["factor_sid"] for got in gone] == [item.sid for item in devices]
    log = done(world.sandbox)
    assert [item["webhook_sid"] for item in log] == [sid] * 2


def test_the_log_has_all_of_a_delivery(world: World, receiver: Receiver) -> None:
    receiver.body = b"\0\xff" + b"x" * 100_000
    sid = hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    item = done(world.sandbox)[0]
    took = item["attempts"][0]["took_ms"]
    assert item == {
        "id": item["id"],
        "uuid": receiver.next().parameters["uuid"],
        "event": "factor.created",
        "service_sid": world.sandbox.service_sid,
        "webhook_sid": sid,
        "url": receiver.url,
        "parameters": item["parameters"],
        "state": "delivered",
        "reason": None,
        "date_created": "2023-11-14T22:13:20Z",
        "next_attempt": None,
        "redelivery_of": None,
        "attempts": [
            {
                "number": 1,
                "date": "2023-11-14T22:13:20Z",
                "took_ms": took,
                "status": 200,
                "body": "��" + "x" * 998,
                "error": None,
            }
        ],
    }
    one = world.http.get(f"{world.sandbox.control_url}/deliveries/{item['id']}").json()
    assert one["uuid"] == item["uuid"]


def test_a_delivery_is_sent_again_by_hand(world: World, receiver: Receiver) -> None:
    sid = hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    old = done(world.sandbox)[0]
    changes = {"WebhookUrl": f"{receiver.url}new", "Status": "disabled"}
    world.company("POST", f"/Webhooks/{sid}", data=changes)
    made = world.sandbox.client.redeliver(old["id"])
    assert (made["redelivery_of"], made["uuid"]) == (old["id"], old["uuid"])
    assert done(world.sandbox)[0]["state"] == "delivered"
    first, second = receiver.next(), receiver.next()
    assert (second.path, second.body) == ("/new", first.body)
    assert signed(world, f"{receiver.url}new", second)


def test_who_may_have_it_sent_again(world: World, receiver: Receiver, refused: Refused) -> None:
    sid = hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    item = done(world.sandbox)[0]
    log = f"{world.sandbox.control_url}/deliveries"
    refused(world.http.post(f"{log}/{item['id']}/redeliver"), 403, 20403)
    for wrong in ("999", "x", "٣", "9" * 5_000):
        refused(world.http.get(f"{log}/{wrong}"), 404, 20404)
    world.company("DELETE", f"/Webhooks/{sid}")
    with pytest.raises(SandboxClientError, match="deleted"):
        world.sandbox.client.redeliver(item["id"])


def test_the_log_is_filtered_and_forgotten(
    world: World, receiver: Receiver, refused: Refused
) -> None:
    hooks = [hook(world, receiver.url, "*"), hook(world, receiver.url, "factor.verified")]
    world.device(WHO)
    done(world.sandbox)

    def count(**params: str) -> int:
        response = world.http.get(f"{world.sandbox.control_url}/deliveries", params=params)
        return len(response.json()["deliveries"])

    assert count() == 3
    assert count(limit="2") == 2
    assert count(webhook_sid=hooks[0]) == 2
    assert count(event="factor.verified") == 2
    assert count(event="factor.verified", webhook_sid=hooks[1], state="delivered") == 1
    assert count(state="failed") == 0
    refused(world.http.get(f"{world.sandbox.control_url}/deliveries?limit=0"), 400, 60306)
    world.sandbox.client.reset()
    assert count() == 0
    assert len(world.company("GET", "/Webhooks").json()["webhooks"]) == 2
