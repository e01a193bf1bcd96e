from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]


def control(world: World, path: str, method: str = "POST", /, **body: Any) -> httpx.Response:  # noqa: ANN401 - any JSON
    headers = {"X-Sandbox-Token": world.sandbox.auth_token}
    url = f"{world.sandbox.control_url}/{path}"
    return world.http.request(method, url, headers=headers, json=body or None)


def test_a_request_expires_at_once(world: World, device: Device, refused: Refused) -> None:
    sid = world.pending(device)
    served = device.fetch(sid)
    assert control(world, f"challenges/{sid}/expire").json()["status"] == "expired"
    refused(device.post(sid, device.signed(served, "approved")), 403, 60323)
    refused(control(world, f"challenges/{sid}/expire"), 403, 60323)
    done = world.pending(device)
    device.answer(done)
    refused(control(world, f"challenges/{done}/expire"), 403, 60322)


def test_a_changed_request_must_be_read_anew(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    before = device.fetch(sid)
    world.move(2)
    changed = control(world, f"challenges/{sid}/change", message="Pay € 900?").json()
    assert changed["details"] == {"message": "Pay € 900?", "fields": []}
    assert changed["date_updated"] != changed["date_created"]
    refused(device.post(sid, device.signed(before, "approved")), 403, 60324)
    assert device.answer(sid).json()["status"] == "approved"
    refused(control(world, f"challenges/{sid}/change", message="Too late"), 403, 60322)


def test_a_change_is_checked_like_a_new_request(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    for body in (
        {"message": "m" * 257},
        {"fields": [{"label": "x"}]},
        {"hidden_details": {"a": 1}},
    ):
        refused(control(world, f"challenges/{sid}/change", **body), 400, 60306)
    world.move(2)
    refused(control(world, f"challenges/{sid}/change", fields=[]), 400, 60306)
    kept = control(world, f"challenges/{sid}/change", hidden_details={"a": "b"}).json()
    assert kept["details"]["message"] == "Sign in?"
    assert kept["hidden_details"] == {"a": "b"}


def test_a_deleted_request_never_was(world: World, device: Device, refused: Refused) -> None:
    sid = world.pending(device)
    assert control(world, f"challenges/{sid}", "DELETE").status_code == 204
    refused(device.fetch(sid), 404, 20404)
    refused(control(world, f"challenges/{sid}", "DELETE"), 404, 20404)


def test_the_last_request_is_sent_again(world: World, device: Device, refused: Refused) -> None:
    refused(control(world, "again"), 404, 20404)
    first = control(
        world,
        "challenges",
        factor_sid=device.sid,
        message="One",
        fields=[{"label": "a", "value": "b"}],
        hidden_details={"h": "i"},
        expires_in=77,
    ).json()
    control(world, "challenges", factor_sid=device.sid, message="Two")
    world.move(10)
    (newest,) = control(world, "again").json()["challenges"]
    assert newest["details"]["message"] == "Two"
    again = control(world, "again", sid=first["sid"], count=2).json()["challenges"]
    assert len({item["sid"] for item in again} | {first["sid"]}) == 3
    for item in again:
        assert item["details"] == first["details"]
        assert item["hidden_details"] == {"h": "i"}
        assert item["expiration_date"] == "2023-11-14T22:14:47Z"
    control(world, f"challenges/{first['sid']}/expire")
    (usual,) = control(world, "again", sid=first["sid"]).json()["challenges"]
    assert usual["status"] == "pending"


def test_one_of_each_has_every_state(world: World, device: Device, refused: Refused) -> None:
    made = control(world, "samples").json()["challenges"]
    states = {item["status"] for item in made}
    assert states == {"pending", "approved", "denied", "expired"}
    listed = device.call("GET", "/Challenges", params={"Status": "pending"}).json()["challenges"]
    assert {item["sid"] for item in listed} < {item["sid"] for item in made}
    assert device.answer(listed[0]["sid"]).json()["status"] == "approved"
    answered = next(item for item in made if item["status"] == "approved")
    refused(device.post(answered["sid"], "x"), 403, 60322)
    control(world, "reset", everything=True)
    refused(control(world, "samples"), 404, 20404)


def test_every_template_can_be_sent(world: World, device: Device) -> None:
    templates = control(world, "templates", "GET").json()["templates"]
    assert len(templates) > 3
    for template in templates:
        body = {name: value for name, value in template.items() if name != "name"}
        made = control(world, "challenges", factor_sid=device.sid, **body)
        assert made.status_code == 201, template["name"]
        assert made.json()["details"]["message"] == template["message"]


def test_a_run_is_exported_and_replayed(world: World, device: Device, refused: Refused) -> None:
    control(world, "samples")
    sid = world.pending(device)
    device.answer(sid)
    run = control(world, "export", "GET").json()
    assert world.sandbox.auth_token not in json.dumps(run)
    assert [item["status"] for item in run["challenges"]][-1] == "approved"
    assert run["challenges"][-1]["events"][-1]["kind"] == "answered"
    control(world, "reset")
    sent = control(world, "replay", run=run).json()["challenges"]
    assert [item["details"]["message"] for item in sent] == [
        item["message"] for item in run["challenges"]
    ]
    assert {item["status"] for item in sent} == {"pending"}
    other = world.device()
    to = control(world, "replay", run=run, factor_sid=other.sid).json()["challenges"]
    assert {item["factor_sid"] for item in to} == {other.sid}
    control(world, "reset", everything=True)
    refused(control(world, "replay", run=run), 404, 20404)
    renewed = world.device(str(device.factor["identity"]))
    found = control(world, "replay", run=run).json()["challenges"]
    assert {item["factor_sid"] for item in found} == {renewed.sid}


@pytest.mark.parametrize(
    "run",
    [
        None,
        [],
        {},
        {"sandbox_run": 2, "challenges": []},
        {"sandbox_run": 1},
        {"sandbox_run": 1, "challenges": "x"},
        {"sandbox_run": 1, "challenges": [1]},
        {"sandbox_run": 1, "challenges": [{}] * 1001},
        {"sandbox_run": 1, "challenges": [{"message": 1}]},
    ],
)
def test_what_is_no_run_is_refused(
    world: World, device: Device, refused: Refused, run: object
) -> None:
    refused(control(world, "replay", run=run, factor_sid=device.sid), 400, 60306)


def test_half_a_run_sends_nothing(world: World, device: Device, refused: Refused) -> None:
    good = {"message": "One"}
    run = {"sandbox_run": 1, "challenges": [good, {"message": ""}]}
    refused(control(world, "replay", run=run, factor_sid=device.sid), 400, 60306)
    assert world.sandbox.client.state()["challenges"] == []


@pytest.mark.parametrize("count", [0, 101, -1, True, "2", 1.5, None])
def test_a_burst_has_bounds(world: World, device: Device, refused: Refused, count: object) -> None:
    body: dict[str, Any] = {"factor_sid": device.sid, "message": "x", "count": count}
    refused(control(world, "bursts", **body), 400, 60306)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "bursts"),
        ("POST", "again"),
        ("POST", "samples"),
        ("POST", "challenges/{sid}/expire"),
        ("POST", "challenges/{sid}/change"),
        ("DELETE", "challenges/{sid}"),
        ("POST", "credentials"),
        ("POST", "replay"),
    ],
)
def test_steering_needs_the_token_or_our_origin(
    world: World, device: Device, refused: Refused, method: str, path: str
) -> None:
    sid = world.pending(device)
    url = f"{world.sandbox.control_url}/{path.format(sid=sid)}"
    refused(world.http.request(method, url), 403, 20403)
    evil = {"Origin": "http://evil.example"}
    refused(world.http.request(method, url, headers=evil), 403, 20403)
    assert [item["sid"] for item in world.sandbox.client.state()["challenges"]] == [sid]


def test_the_auth_token_is_told_to_who_may_know_it(world: World) -> None:
    told = control(world, "credentials").json()
    assert told == {
        "account_sid": world.sandbox.account_sid,
        "auth_token": world.sandbox.auth_token,
        "service_sid": world.sandbox.service_sid,
    }
