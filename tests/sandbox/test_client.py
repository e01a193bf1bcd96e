"""The client calls everything there is, and every answer is what the OpenAPI document says."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_type_hints

import pytest

from countersign.sandbox import client_types
from countersign.sandbox.client import SandboxClient, SandboxClientError
from countersign.sandbox.openapi.document import document
from tests.sandbox.openapi_judge import Judge, documented
from tests.sandbox.receiver import hook, receiving, tried

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.sandbox.world import Device, World


@pytest.fixture
def judge(world: World) -> Judge:
    return Judge(document(world.base))


@pytest.fixture
def client(world: World, judge: Judge) -> Iterator[SandboxClient]:
    """Call with every request and answer held to the document."""

    def note(response: httpx.Response) -> None:
        response.read()
        judge.note(response)

    with SandboxClient(world.sandbox.control_url, world.sandbox.auth_token) as made:
        made._http.event_hooks["response"].append(note)
        yield made


def steer(client: SandboxClient, device: Device) -> None:
    """Send requests and steer them."""
    factor = device.sid
    sid = client.create_challenge(
        factor,
        message="Pay?",
        fields=[{"label": "Amount", "value": "€ 9"}],
        hidden_details={"a": "b"},
        expires_in=60,
    )["sid"]
    assert client.challenge(sid)["details"]["fields"] == [{"label": "Amount", "value": "€ 9"}]
    changed = client.change_challenge(sid, message="Pay more?")
    assert changed["details"] == {
        "message": "Pay more?",
        "fields": [{"label": "Amount", "value": "€ 9"}],
    }
    emptied = client.change_challenge(sid, fields=[], hidden_details={})
    assert (emptied["details"]["fields"], emptied["hidden_details"]) == ([], {})
    assert client.expire_challenge(sid)["status"] == "expired"
    client.delete_challenge(sid)
    identity = str(device.factor["identity"])
    burst = client.create_challenges(3, identity=identity, message="Three", expires_in=77.5)
    assert [each["details"]["message"] for each in burst] == ["Three"] * 3
    assert [each["factor_sid"] for each in client.send_again(burst[0]["sid"], count=2)] == [
        factor
    ] * 2
    assert len(client.send_again()) == 1
    assert {each["status"] for each in client.create_samples(factor)} >= {"pending", "approved"}
    template = client.templates()[1]
    assert client.create_challenge(
        factor,
        message=template["message"],
        fields=template["fields"],
        hidden_details=template["hidden_details"],
        expires_in=template["expires_in"],
    )["hidden_details"]


def rerun(client: SandboxClient, device: Device) -> None:
    """Keep a run and send it again."""
    answered = client.create_challenge(device.sid)["sid"]
    device.post(answered, "no.answer.atall")
    device.answer(answered)
    run = client.export()
    (newest,) = client.export(1)["challenges"]
    assert newest["sid"] == answered
    assert [event["kind"] for event in newest["events"]] == ["sent", "refused", "answered"]
    client.reset()
    assert client.state()["challenges"] == []
    sent = client.replay(run)
    assert len(sent) == len(run["challenges"]) > 10
    assert len(client.replay(run, factor_sid=device.sid)) == len(sent)
    run["challenges"][-1]["after"] = 3_600.0
    assert len(client.replay(run, pace="recorded")) == len(sent) - 1
    assert client.replaying()["waiting"] == 1
    client.stop_replay()
    assert client.replaying() == {"waiting": 0, "next": None, "failed": 0}


def surround(client: SandboxClient) -> None:
    """Spoil things, and mend them."""
    kinds = {each["kind"]: each["seconds"] for each in client.fault_kinds()}
    assert kinds["latency"] == 2.0
    assert kinds["drop-after"] is None
    fault = client.fault("latency", count=None, every=2, seconds=0, callers=["company", "device"])
    assert client.faults() == [fault]
    client.clear_faults(fault["id"])
    assert client.faults() == []
    assert {each["name"] for each in client.scenarios()} > {"burst", "good-day"}
    played = client.play("changed-after-shown")
    assert (len(played["challenges"]), len(played["faults"])) == (1, 1)
    client.clear_faults()
    assert client.move_clock(60.25)["offset"] == 60.25
    assert client.traffic(limit=1)[0]["caller"] == "control"
    assert client.traffic(10**15) == []


def company(client: SandboxClient, world: World) -> None:
    """Look at accounts and what they have."""
    made = client.create_account("Fabrikam")
    assert [each["sid"] for each in client.accounts()][-1] == made["sid"]
    assert client.credentials() == {
        "account_sid": world.sandbox.account_sid,
        "auth_token": world.sandbox.auth_token,
        "service_sid": world.sandbox.service_sid,
    }
    assert client.openapi() == document(world.base)
    client.create_account()
    client.reset(everything=True)
    assert client.factors() == []


def deliver(client: SandboxClient, world: World) -> Device:
    """Let an event be delivered, and make what it tells of."""
    with receiving() as receiver:
        receiver.answers.append(503)
        sid = hook(world, receiver.url, "factor.created", FriendlyName="A")
        device = world.device()
        first = tried(world.sandbox, 1)
        again = client.redeliver(first["id"])
        assert again["redelivery_of"] == first["id"]
        done = tried(world.sandbox, 1)
        assert [item["id"] for item in client.deliveries(webhook_sid=sid, limit=1)] == [done["id"]]
        assert client.deliveries(event="factor.created", state="delivered") == [done]
        assert client.deliveries(state="pending") == [client.delivery(first["id"])]
    return device


def test_every_call_of_the_document_has_a_method_and_answers_as_it_says(
    world: World, client: SandboxClient, judge: Judge
) -> None:
    device = deliver(client, world)
    assert [each["sid"] for each in client.factors()] == [device.sid]
    steer(client, device)
    rerun(client, device)
    surround(client)
    company(client, world)
    assert judge.called == {each.id for each in documented(judge.document)}


def test_refusals_are_as_it_says_too(
    world: World, client: SandboxClient, judge: Judge, device: Device
) -> None:
    unverified = world.device(verified=False)
    answered = client.create_challenge(device.sid)["sid"]
    device.answer(answered)
    over = client.create_challenge(device.sid)["sid"]
    client.expire_challenge(over)
    judge.called.clear()
    missing = "YC" + "0" * 32
    for code, call in (
        (20404, lambda: client.challenge(missing)),
        (20404, lambda: client.challenge("../factors")),
        (20404, lambda: client.delete_challenge(missing)),
        (60322, lambda: client.expire_challenge(answered)),
        (60323, lambda: client.change_challenge(over, message="New")),
        (60318, lambda: client.create_challenge(unverified.sid)),
        (60318, lambda: client.create_challenges(2, unverified.sid)),
        (20404, lambda: client.create_samples("YF1")),
        (60306, lambda: client.create_challenges(101, device.sid)),
        (60306, lambda: client.send_again(count=0)),
        (60306, lambda: client.export(1001)),
        (60306, lambda: client.replay({})),
        (20404, lambda: client.delivery(1)),
        (20404, lambda: client.redeliver(1)),
        (20404, lambda: client.clear_faults(1)),
        (60306, lambda: client.fault("nonsense")),
        (20404, lambda: client.play("no/such?thing")),
        (60306, lambda: client.move_clock(1e12)),
        (60306, lambda: client.create_account("")),
        (60306, lambda: client.traffic(-1)),
    ):
        with pytest.raises(SandboxClientError) as caught:
            call()
        assert caught.value.code == code
    assert judge.called == set()


def test_no_scenario_is_played_by_half(client: SandboxClient, device: Device) -> None:
    for _ in range(99):
        client.fault("server-error", factor_sid=device.sid)
    with pytest.raises(SandboxClientError) as caught:
        client.play("flaky")
    assert (caught.value.status, caught.value.code) == (400, 60306)
    assert len(client.faults()) == 99
    assert client.state()["challenges"] == []


def test_it_can_speak_as_the_sandboxs_own_page(world: World) -> None:
    with SandboxClient(f"{world.sandbox.control_url}/", None) as page:
        assert page.credentials()["auth_token"] == world.sandbox.auth_token


def test_an_answer_that_is_none_of_the_sandboxs_is_an_error(world: World) -> None:
    with (
        SandboxClient(f"{world.base}/console", world.sandbox.auth_token) as lost,
        pytest.raises(SandboxClientError) as caught,
    ):
        lost.create_account()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_the_types_name_what_the_document_has() -> None:
    names = {
        name.removesuffix("Json")
        for name, value in vars(client_types).items()
        if name.endswith("Json") and get_type_hints(value)
    }
    schemas = document("http://127.0.0.1:1")["components"]
    assert isinstance(schemas, dict)
    assert names <= set(schemas["schemas"])
