"""The traffic log: who, what, how it ended; no identities and no secrets."""

from __future__ import annotations

import io
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from typing_extensions import override

from countersign.sandbox.callers import Seen
from countersign.sandbox.traffic import KEPT, Traffic, live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.world import Device, World

SEEN = Seen("company", None, "GET", "/v2/Services")


class Stream(io.StringIO):
    """A terminal that somebody closes."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = threading.Event()

    @override
    def write(self, text: str) -> int:
        self.gone.set()
        raise BrokenPipeError


def test_each_caller_is_told_apart(world: World, device: Device) -> None:
    after = world.sandbox.sandbox.traffic.last
    sid = world.pending(device)
    device.fetch(sid)
    device.call("GET", "/Challenges?Status=pending&PageSize=5&PageToken=secret")
    world.http.get(f"{world.base}/list-factors?identity=me@example.com")
    world.sandbox.client.factors()
    entity = f"/v2/Services/{world.ready.service_sid}/Entities/{{identity}}"
    assert [
        (one["caller"], one["factor_sid"], one["method"], one["path"], one["status"], one["fault"])
        for one in world.sandbox.client.traffic(after)
    ] == [
        ("company", None, "POST", f"{entity}/Challenges", 201, ""),
        ("device", device.sid, "GET", f"{entity}/Challenges/{sid}", 200, ""),
        ("device", device.sid, "GET", f"{entity}/Challenges?Status=pending&PageSize=5", 400, ""),
        ("backend", None, "GET", "/list-factors", 404, ""),
        ("control", None, "GET", "/control/factors", 200, ""),
    ]


def test_a_device_that_enrols_is_a_device(world: World) -> None:
    world.device()
    calls = world.sandbox.client.traffic()
    assert [one["caller"] for one in calls] == ["company", "device", "device"]
    assert [one["factor_sid"] is None for one in calls] == [True, True, False]


def test_no_identity_and_no_secret_is_in_it(world: World) -> None:
    device = world.device("someone-1234")
    world.pending(device)
    world.http.get(f"{world.base}/no/such/someone-1234")
    world.http.get(f"{world.base}/access-token?identity=someone-1234")
    world.http.request("POST", f"{world.base}/v2/Services/someone-1234@x/Entities", auth=("a", "b"))
    text = json.dumps(world.sandbox.client.traffic())
    for word in ("someone", world.ready.auth_token, device.factor["config"]["credential_sid"]):
        assert word not in text
    assert "(unknown path)" in text


def test_faults_are_named_and_a_dropped_answer_has_no_status(world: World, device: Device) -> None:
    world.sandbox.client.fault("drop-after")
    world.sandbox.client.fault("latency", seconds=0)
    with pytest.raises(httpx.RemoteProtocolError):
        device.call("GET", "/Challenges")
    last = world.sandbox.client.traffic()[-1]
    assert (last["status"], last["fault"]) == (0, "drop-after+latency")


def test_requests_of_strangers_are_in_it_too(world: World) -> None:
    world.http.get(f"{world.base}/v2/Services", headers={"Host": "evil.example"})
    last = world.sandbox.client.traffic()[-1]
    assert (last["caller"], last["status"], last["path"]) == ("company", 403, "(unknown path)")


def test_what_the_console_reads_is_left_out(world: World) -> None:
    world.http.get(f"{world.base}/console")
    world.http.get(f"{world.base}/control/export", headers={"Sec-Fetch-Site": "same-origin"})
    world.sandbox.client.traffic()
    assert world.sandbox.client.traffic() == []


def test_a_device_that_polls_wakes_the_console(world: World, device: Device) -> None:
    changes = world.sandbox.sandbox.changes
    before = changes.version
    device.call("GET", "/Challenges")
    seen = changes.version
    assert seen > before
    world.sandbox.client.traffic()
    assert changes.version == seen, "reading the log is no news, or the console would never rest"


def test_the_oldest_go_and_the_numbers_stay() -> None:
    traffic = Traffic()
    for _ in range(KEPT + 5):
        traffic.add(0, SEEN, 200, 1)
    assert [entry.number for entry in (traffic.since()[0], traffic.since()[-1])] == [6, KEPT + 5]
    assert [entry.number for entry in traffic.since(KEPT)] == [KEPT + n for n in range(1, 6)]
    assert [entry.number for entry in traffic.since(0, 2)] == [KEPT + 4, KEPT + 5]
    assert traffic.since(KEPT + 5) == []


def test_it_is_looked_through_by_caller_outcome_and_text(world: World, device: Device) -> None:
    client = world.sandbox.client
    client.fault("rate-limited", path="*/Challenges")
    device.call("GET", "/Challenges")
    device.call("GET", f"/Factors/{device.sid}")
    world.company("GET", "/Entities/nobody-here")

    def told(**wanted: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - the client's own
        return [(each["caller"], each["status"]) for each in client.traffic(**wanted)]

    # An enrolment calls twice.
    assert told(caller="device") == [("device", status) for status in (201, 200, 429, 200)]
    assert told(only="errors") == [("device", 429), ("company", 404)]
    assert told(only="faults") == [("device", 429)]
    assert told(find="/ENTITIES/{id", only="errors", caller="company") == [("company", 404)]
    assert told(caller="device", limit=1) == [("device", 200)]
    assert told(find="[Rate") == [("device", 429)]
    assert told(find="no such text") == []


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "limit=0",
        "limit=2001",
        "after=x",
        "caller=somebody",
        "only=good",
        "only=errors&only=faults",
        f"find={'x' * 101}",
    ],
)
def test_bad_numbers_are_refused(world: World, query: str) -> None:
    response = world.http.get(f"{world.base}/control/traffic?{query}")
    assert (response.status_code, response.json()["code"]) == (400, 60306)


def test_a_line_a_request_goes_to_whoever_watches() -> None:
    traffic, stream = Traffic(), io.StringIO()
    with live(traffic, stream):
        traffic.add(1_700_000_000, SEEN, 429, 12.4, "rate-limited")
        traffic.add(1_700_000_001, SEEN, 0, 1, "drop-before")
    traffic.add(0, SEEN, 200, 1)
    assert stream.getvalue() == (
        "22:13:20 429    12 ms  company  GET /v2/Services [rate-limited]\n"
        "22:13:21 ---     1 ms  company  GET /v2/Services [drop-before]\n"
    )


def test_a_closed_terminal_holds_nothing_up() -> None:
    traffic, stream = Traffic(), Stream()
    with live(traffic, stream):
        traffic.add(0, SEEN, 200, 1)
        assert stream.gone.wait(30)
        for entry in _many(traffic):
            assert entry > 0


def _many(traffic: Traffic) -> Iterator[int]:
    for _ in range(5_000):
        yield traffic.add(0, SEEN, 200, 1).number
