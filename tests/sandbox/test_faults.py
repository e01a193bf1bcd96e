"""Faults: each does what it says, to whom it should, as often as it should."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from countersign.sandbox.callers import Seen
from countersign.sandbox.client import SandboxClient, SandboxClientError
from countersign.sandbox.fault_kinds import FACTS, Kind
from countersign.sandbox.faults import MAX_FAULTS, Fault, Faults, TooManyFaultsError
from countersign.sandbox.serve import running

if TYPE_CHECKING:
    from tests.sandbox.world import Device, World

FIELDS = "Twilio-Verify-Signature-Fields"
LIST = Seen(
    "device", "YF1", "GET", "/v2/Services/VA1/Entities/{identity}/Challenges?Status=pending"
)
POST = Seen("device", "YF1", "POST", "/v2/Services/VA1/Entities/{identity}/Challenges/YC1")


def raw_answer(world: World, request: str) -> bytes:
    """Send bytes on a bare connection and read until the other end closes it."""
    port = int(world.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        raw.sendall(request.replace("PORT", str(port)).encode())
        said = b""
        while chunk := raw.recv(4096):
            said += chunk
        return said


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("not-found", 404, 20404),
        ("conflict", 409, 20409),
        ("rate-limited", 429, 20429),
        ("server-error", 500, 20500),
        ("unavailable", 503, 20503),
    ],
)
def test_a_refusal_has_the_apis_shape_and_does_nothing(
    world: World, device: Device, kind: str, status: int, code: int
) -> None:
    sid = world.pending(device)
    payload = device.signed(device.fetch(sid), "approved")
    world.sandbox.client.fault(kind, seconds=7)
    response = device.post(sid, payload)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers.get("retry-after") == ("7" if status in {429, 503} else None)
    assert world.sandbox.client.challenge(sid)["status"] == "pending"
    assert device.post(sid, payload).status_code == 200, "one request only"


def test_a_401_brings_a_date_that_is_off_by_so_much(world: World, device: Device) -> None:
    world.sandbox.client.fault("unauthorized", seconds=-900)
    response = device.call("GET", "/Challenges")
    assert (response.status_code, response.json()["code"]) == (401, 20003)
    date = parsedate_to_datetime(response.headers["date"]).timestamp()
    assert date == int(world.now - 900)
    after = parsedate_to_datetime(device.call("GET", "/Challenges").headers["date"]).timestamp()
    assert after == int(world.now)


@pytest.mark.parametrize(("kind", "done"), [("drop-before", "pending"), ("drop-after", "approved")])
def test_a_dropped_connection_ends_without_a_byte(
    world: World, device: Device, kind: str, done: str
) -> None:
    sid = world.pending(device)
    payload = device.signed(device.fetch(sid), "approved")
    world.sandbox.client.fault(kind)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        device.post(sid, payload)
    assert world.sandbox.client.challenge(sid)["status"] == done


def test_a_drop_closes_the_tcp_connection_itself(world: World) -> None:
    world.sandbox.client.fault("drop-before", callers=["backend"])
    request = "GET /list-factors?identity=a-b-c-d-e HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    assert raw_answer(world, request) == b""


def test_a_truncated_body_is_shorter_than_announced(world: World) -> None:
    world.sandbox.client.fault("truncated", callers=["backend"])
    request = "GET /list-factors?identity=a-b-c-d-e HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    head, _, body = raw_answer(world, request).partition(b"\r\n\r\n")
    announced = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert len(body) == announced // 2


def test_a_malformed_answer_is_whole_http_and_no_json(world: World, device: Device) -> None:
    sid = world.pending(device)
    world.sandbox.client.fault("malformed")
    response = device.fetch(sid)
    assert response.status_code == 200
    assert int(response.headers["content-length"]) == len(response.content)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        response.json()


def test_the_signature_header_can_be_missing(world: World, device: Device) -> None:
    sid = world.pending(device)
    world.sandbox.client.fault("no-signature-fields")
    assert device.call("GET", "/Challenges").status_code == 200  # not one that it is for
    assert FIELDS not in device.fetch(sid).headers
    assert FIELDS in device.fetch(sid).headers


def test_a_challenge_changes_after_it_was_shown(world: World, device: Device) -> None:
    sid = world.pending(device)
    world.sandbox.client.fault("changed", count=2)
    shown = device.fetch(sid)
    assert shown.json()["details"]["message"] == "Sign in?"
    refused = device.post(sid, device.signed(shown, "approved"))
    assert (refused.status_code, refused.json()["code"]) == (403, 60324)
    assert device.fetch(sid).json()["details"]["message"] == "Sign in? (changed)"
    again = device.fetch(sid)
    assert again.json()["details"]["message"] == "Sign in? (changed 2)"
    assert device.post(sid, device.signed(again, "approved")).status_code == 200


def test_somebody_with_a_copied_key_is_faster(world: World, device: Device) -> None:
    sid = world.pending(device)
    world.sandbox.client.fault("copied-key")
    refused = device.answer(sid, "denied")
    assert (refused.status_code, refused.json()["code"]) == (403, 60322)
    assert device.fetch(sid).json()["status"] == "approved"


def test_an_access_token_that_runs_out_makes_no_factor(world: World, device: Device) -> None:
    world.sandbox.client.fault("expired-token")
    assert device.call("GET", "/Challenges").status_code == 200
    refused = world.create_factor("another-user", device.key)
    assert (refused.status_code, refused.json()["code"]) == (403, 60313)
    assert len(world.sandbox.client.factors()) == 1


def test_a_slow_answer_is_held_back_and_kept(world: World, device: Device) -> None:
    sid = world.pending(device)
    payload = device.signed(device.fetch(sid), "approved")
    fault = world.sandbox.client.fault("latency", count=None, seconds=3_600)
    impatient = httpx.Timeout(30, read=0.2)
    with pytest.raises(httpx.ReadTimeout):
        device.call("POST", f"/Challenges/{sid}", data={"AuthPayload": payload}, timeout=impatient)
    assert world.sandbox.client.challenge(sid)["status"] == "approved"
    world.sandbox.client.clear_faults(fault["id"])
    assert device.fetch(sid).status_code == 200


def test_stopping_does_not_wait_for_a_slow_answer(
    new_world: type[World], caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.ExitStack() as stack:
        with running() as sandbox:
            device = stack.enter_context(new_world.over(sandbox)).device()
            sandbox.client.fault("latency", seconds=3_600)
            ended = threading.Event()

            def ask() -> None:
                with pytest.raises(httpx.RemoteProtocolError):
                    device.call("GET", "/Challenges")
                ended.set()

            asking = threading.Thread(target=ask)
            asking.start()
            while sandbox.client.faults():  # until the request is there
                assert asking.is_alive()
        asking.join(30)
    assert ended.is_set()
    assert caplog.records == []


def test_nobody_but_those_it_is_for_is_hit(world: World, device: Device) -> None:
    client, other = world.sandbox.client, world.device()
    client.fault("server-error", count=None, factor_sid=device.sid, path="*/Challenges")
    assert device.call("GET", "/Challenges?Status=pending").status_code == 500
    assert device.call("GET", f"/Factors/{device.sid}").status_code == 200
    assert other.call("GET", "/Challenges").status_code == 200
    assert world.company("GET", "/Entities").status_code == 200
    assert client.state()["sandbox"] is True
    client.clear_faults()
    assert device.call("GET", "/Challenges").status_code == 200


def test_the_company_and_the_backend_can_be_chosen(world: World, device: Device) -> None:
    world.sandbox.client.fault("conflict", count=2, callers=["company", "backend"])
    assert device.call("GET", "/Challenges").status_code == 200
    assert world.company("GET", "/Entities").status_code == 409
    said = world.http.post(f"{world.base}/list-factors", data={"identity": "somebody"})
    assert (said.status_code, said.json()["error"]["message"]) == (409, "Conflict")


def test_latency_goes_along_with_the_oldest_other_fault() -> None:
    faults = Faults()
    faults.add(Fault(Kind.CONFLICT))
    faults.add(Fault(Kind.LATENCY, seconds=1))
    faults.add(Fault(Kind.NOT_FOUND))
    hit = faults.take(LIST)
    assert (hit.latency, hit.names) == (1.0, ("conflict", "latency"))
    assert [fault.kind for fault in faults.active()] == [Kind.NOT_FOUND]


def test_every_third_is_every_third_and_counts_what_it_is_for() -> None:
    faults = Faults()
    faults.add(Fault(Kind.CONFLICT, left=2, every=3, method="GET"))
    hits = [bool(faults.take(seen).fault) for seen in [LIST, POST] * 8]
    assert hits == ([False] * 4 + [True, False]) * 2 + [False] * 4
    assert faults.active() == ()


def test_many_threads_hit_exactly_as_often_as_was_said() -> None:
    changes: list[int] = []
    hits: list[bool] = []
    faults = Faults(lambda: changes.append(1))
    faults.add(Fault(Kind.CONFLICT, left=100))

    def take() -> None:
        hits.extend(faults.take(LIST).fault is not None for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(hits) == 100
    assert len(changes) == 101


def test_each_kind_says_what_the_app_should_do() -> None:
    assert set(FACTS) == set(Kind)
    assert all(facts.app_should.endswith(".") for facts in FACTS.values())
    assert replace(Fault(Kind.RATE_LIMITED), left=2).words == "429 for the next 2"
    assert Fault(Kind.DROP_BEFORE, left=None).words == "drop until off"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "nonsense"},
        {"kind": "conflict", "count": 0},
        {"kind": "conflict", "every": -1},
        {"kind": "latency", "seconds": 1e7},
        {"kind": "conflict", "callers": ["console"]},
        {"kind": "conflict", "callers": []},
        {"kind": "conflict", "path": "*" * 201},
        {},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(world: World, body: dict[str, object]) -> None:
    headers = {"X-Sandbox-Token": world.sandbox.auth_token}
    response = world.http.post(f"{world.base}/control/faults", json=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, 60306)
    assert world.sandbox.client.faults() == []


def test_changing_faults_needs_the_token(world: World) -> None:
    world.sandbox.client.fault("conflict", callers=["company"])
    with SandboxClient(world.ready.control_url, "wrong") as stranger:
        for change in (
            lambda: stranger.fault("conflict"),
            stranger.clear_faults,
            lambda: stranger.clear_faults(1),
            lambda: stranger.play("good-day"),
        ):
            with pytest.raises(SandboxClientError) as refused:
                change()
            assert refused.value.status == 403
    assert len(world.sandbox.client.faults()) == 1


def test_turning_off_what_is_not_on_is_said(world: World) -> None:
    with pytest.raises(SandboxClientError) as error:
        world.sandbox.client.clear_faults(99)
    assert error.value.status == 404


def test_there_is_an_end_to_faults() -> None:
    faults = Faults()
    for _ in range(MAX_FAULTS):
        faults.add(Fault(Kind.CONFLICT))
    with pytest.raises(TooManyFaultsError):
        faults.add(Fault(Kind.CONFLICT))


def test_resetting_everything_turns_them_off(world: World) -> None:
    world.sandbox.client.fault("conflict", count=None)
    world.sandbox.client.reset()
    assert len(world.sandbox.client.faults()) == 1
    world.sandbox.client.reset(everything=True)
    assert world.sandbox.client.faults() == []
