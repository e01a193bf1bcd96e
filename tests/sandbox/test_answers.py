from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]
    Together = Callable[[Sequence[Callable[[], httpx.Response]]], list[httpx.Response]]

HEADER = {"typ": "JWT", "alg": "ES256"}


@pytest.mark.parametrize("status", ["approved", "denied"])
def test_an_answer_is_taken_and_kept(world: World, device: Device, status: str) -> None:
    sid = world.pending(device)
    payload = device.signed(device.fetch(sid), status)
    world.move(7)
    done = device.post(sid, payload, Metadata='{"mode":"by hand"}')
    assert done.status_code == 200
    body = done.json()
    assert body["status"] == status
    assert body["date_responded"] == body["date_updated"] == "2023-11-14T22:13:27Z"
    assert body["metadata"] == {"mode": "by hand"}
    assert device.fetch(sid).json() == body
    assert world.company("GET", body["url"]).json() == body


def test_members_may_come_in_any_order_and_escaped(world: World, device: Device) -> None:
    sid = world.challenge(
        device, Details_Message="a/b ü", HiddenDetails='{"x":"1","y":"2"}'
    ).json()["sid"]
    body = device.fetch(sid).json()
    names = device.fetch(sid).headers["Twilio-Verify-Signature-Fields"].split(",")
    payload = {name: body[name] for name in sorted(names, reverse=True)} | {"status": "approved"}
    payload["hidden_details"] = {"y": "2", "x": "1"}
    payload["details"] = dict(reversed(payload["details"].items()))
    assert device.post(sid, device.key.jws({"alg": "ES256", "typ": "JWT"}, payload)).is_success


def test_ios_sends_an_answer_with_raw_signs(world: World, device: Device) -> None:
    sid = world.pending(device)
    body = "AuthPayload=" + device.signed(device.fetch(sid), "approved")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    done = device.call("POST", f"/Challenges/{sid}", content=body, headers=headers)
    assert done.json()["status"] == "approved"


def test_an_answered_challenge_stays_answered(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    fetched = device.fetch(sid)
    assert device.answer(sid).status_code == 200
    refused(device.post(sid, device.signed(fetched, "denied")), 403, 60322)
    refused(device.post(sid, "rubbish"), 403, 60322)
    assert device.fetch(sid).json()["status"] == "approved"


def test_the_order_of_checks(world: World, device: Device, refused: Refused) -> None:
    answered, pending = world.pending(device), world.pending(device)
    fetched = device.fetch(pending)
    device.answer(answered)
    refused(device.post("YC" + "0" * 32, "rubbish"), 404, 20404)
    refused(device.post(pending, "rubbish"), 400, 60306)
    world.move(400)
    # Expiry goes before "already answered", whichever of the two it would be.
    refused(device.post(answered, "rubbish"), 403, 60323)
    refused(device.post(pending, device.signed(fetched, "approved")), 403, 60323)
    assert device.fetch(answered).json()["status"] == "approved"
    assert device.fetch(pending).json()["status"] == "expired"


def test_an_unverified_factor_answers_nothing(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    with world.sandbox.sandbox.store.write() as session:
        session.connection().exec_driver_sql("UPDATE factors SET status = 'unverified'")
    world.move(400)
    refused(device.post(sid, "rubbish"), 403, 60318)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "one",
        "one.two",
        "e30.e30.e30.e30",
        "e30.e30.",
        "e30=.e30.AAAA",
        "e30.e3/.AAAA",
        "e31.e30.e30",
    ],
)
def test_what_is_no_jws_is_60306(
    world: World, device: Device, refused: Refused, payload: str
) -> None:
    sid = world.pending(device)
    refused(device.post(sid, payload), 400, 60306)
    assert device.fetch(sid).json()["status"] == "pending"


def test_an_answer_without_a_payload_is_60306(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    refused(device.call("POST", f"/Challenges/{sid}"), 400, 60306)
    refused(device.post(sid, "a" * 65_537), 400, 60306)
    payload = device.signed(device.fetch(sid), "approved")
    refused(device.post(sid, payload, Metadata="not json"), 400, 60306)
    assert device.fetch(sid).json()["status"] == "pending"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "pending"},
        {"status": "expired"},
        {"status": "Approved"},
        {"status": None},
        {"status": ["approved"]},
        {"sid": "YC" + "0" * 32},
        {"factor_sid": "YF" + "0" * 32},
        {"hidden_details": {}},
        {"details": {"message": "Something else", "fields": []}},
        {"details": {"message": "Sign in?"}},
        {"date_updated": "2023-11-14T22:13:21Z"},
        {"expiration_date": "2023-11-14T22:18:20.000Z"},
        {"more": "than was asked"},
    ],
)
def test_signed_values_must_be_those_that_were_served(
    world: World, device: Device, refused: Refused, changes: dict[str, object]
) -> None:
    sid = world.pending(device)
    refused(device.post(sid, device.signed(device.fetch(sid), "approved", changes)), 403, 60324)
    assert device.fetch(sid).json()["status"] == "pending"
    assert device.answer(sid).status_code == 200


def test_every_signed_field_is_needed(world: World, device: Device, refused: Refused) -> None:
    sid = world.pending(device)
    fetched = device.fetch(sid)
    names = fetched.headers["Twilio-Verify-Signature-Fields"].split(",")
    whole = {name: fetched.json()[name] for name in names} | {"status": "approved"}
    for name in names:
        part = {key: value for key, value in whole.items() if key != name}
        refused(device.post(sid, device.key.jws(HEADER, part)), 403, 60324)


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"alg": "ES256"},
        {"typ": "JWT", "alg": "none"},
        {"typ": "JWT", "alg": "ES256", "kid": "x"},
        {"typ": "jwt", "alg": "ES256"},
        [],
    ],
)
def test_the_header_is_exactly_typ_and_alg(
    world: World, device: Device, refused: Refused, header: object
) -> None:
    sid = world.pending(device)
    fetched = device.fetch(sid)
    names = fetched.headers["Twilio-Verify-Signature-Fields"].split(",")
    payload = {name: fetched.json()[name] for name in names} | {"status": "approved"}
    refused(device.post(sid, device.key.jws(header, payload)), 403, 60324)


def test_signatures_of_others_and_of_other_shapes_are_refused(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    good = device.signed(device.fetch(sid), "approved")
    signed, _, signature = good.rpartition(".")
    other = world.device()
    names = device.fetch(sid)
    payloads = [
        other.signed(names, "approved"),
        f"{signed}.{'A' * 86}",
        f"{signed}.{signature[:-2]}AA" if not signature.endswith("AA") else f"{signed}.BBBB",
        f"{signed}.AAAA",
        "e30.W10." + signature,
        "gIA.e30." + signature,
    ]
    for payload in payloads:
        refused(device.post(sid, payload), 403, 60324)
    assert device.post(sid, good).status_code == 200


def test_a_payload_that_names_a_member_twice_is_refused(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    fetched = device.fetch(sid)
    names = fetched.headers["Twilio-Verify-Signature-Fields"].split(",")
    members = json.dumps({name: fetched.json()[name] for name in names} | {"status": "approved"})
    twice = '{"status":"denied",' + members[1:]
    refused(device.post(sid, device.key.jws_of(json.dumps(HEADER), twice)), 403, 60324)
    refused(device.post(sid, device.key.jws_of(json.dumps(HEADER), "[" * 20_000)), 403, 60324)


def test_metadata_set_meanwhile_makes_an_older_signature_stale(
    world: World, device: Device, refused: Refused
) -> None:
    sid = world.pending(device)
    stale = device.signed(device.fetch(sid), "approved")
    world.move(1)
    device.call("POST", f"/Challenges/{sid}", data={"Metadata": '{"a":"b"}'})
    refused(device.post(sid, stale), 403, 60324)
    assert device.answer(sid).status_code == 200


def test_a_company_can_not_answer(world: World, device: Device, refused: Refused) -> None:
    sid = world.pending(device)
    payload = device.signed(device.fetch(sid), "approved")
    url = f"{device.path}/Challenges/{sid}"
    refused(world.company("POST", url, data={"AuthPayload": payload}), 401, 20003)
    refused(world.company("POST", url), 401, 20003)
    assert device.fetch(sid).json()["status"] == "pending"


def test_of_answers_at_the_same_time_exactly_one_wins(
    world: World, device: Device, together: Together
) -> None:
    for _ in range(5):
        sid = world.pending(device)
        fetched = device.fetch(sid)
        payloads = [device.signed(fetched, status) for status in ("approved", "denied") * 4]
        results = together([partial(device.post, sid, payload) for payload in payloads])
        winners = [result.json() for result in results if result.status_code == 200]
        losers = [result.json()["code"] for result in results if result.status_code != 200]
        assert len(winners) == 1
        assert losers == [60322] * 7
        assert device.fetch(sid).json()["status"] == winners[0]["status"]


def test_many_devices_at_once_lose_nothing(world: World, together: Together) -> None:
    devices = [world.device() for _ in range(12)]
    sids = [world.pending(device) for device in devices]
    calls = [partial(device.answer, sid) for device, sid in zip(devices, sids, strict=True)]
    assert [result.status_code for result in together(calls)] == [200] * 12
    assert {world.sandbox.client.challenge(sid)["status"] for sid in sids} == {"approved"}
