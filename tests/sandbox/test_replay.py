"""A run sent again at the pace it had, by the sandbox's clock."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from countersign.sandbox import pacing
from countersign.sandbox.client import SandboxClientError
from countersign.sandbox.clock import Clock
from countersign.sandbox.errors import ApiError
from countersign.sandbox.pacing import Pacer, Step, TooManyStepsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.sandbox.client import SandboxClient
    from tests.sandbox.world import Device, World

PATIENCE = 30.0


def until(world: World, so: Callable[[], object]) -> None:
    """Wait for what the sandbox does by itself; looked at again after each change."""
    changes = world.sandbox.sandbox.changes
    while True:
        seen = changes.version
        if so():
            return
        assert asyncio.run(changes.wait(seen, PATIENCE)) != seen


def messages(client: SandboxClient) -> list[str]:
    sent = client.state()["challenges"]
    return [each["details"]["message"] for each in reversed(sent)]


@pytest.fixture
def client(world: World) -> SandboxClient:
    return world.sandbox.client


@pytest.fixture
def run(client: SandboxClient, device: Device) -> dict[str, Any]:
    """Record three requests, of which the last two came a minute and an hour after the first."""
    for name, offset in (("One", 0.0), ("Two", 60.25), ("Three", 3_600.0)):
        client.move_clock(offset)
        client.create_challenge(device.sid, message=name, expires_in=90)
    recorded = dict(client.export())
    client.reset()
    client.move_clock(0)
    return recorded


def test_a_run_says_when_each_was_sent(run: dict[str, Any]) -> None:
    assert [each["after"] for each in run["challenges"]] == [0.0, 60.25, 3_600.0]


def test_a_run_comes_again_at_its_pace(
    world: World, client: SandboxClient, run: dict[str, Any]
) -> None:
    (first,) = client.replay(run, pace="recorded")
    assert first["details"]["message"] == "One"
    waiting = {"waiting": 2, "next": "2023-11-14T22:14:20Z", "failed": 0}
    assert client.replaying() == waiting
    client.move_clock(60)
    assert client.replaying() == waiting
    assert messages(client) == ["One"]
    client.move_clock(60.25)
    until(world, lambda: client.replaying()["waiting"] == 1)
    until(world, lambda: len(messages(client)) == 2)
    client.move_clock(4_000)
    until(world, lambda: len(messages(client)) == 3)
    assert messages(client) == ["One", "Two", "Three"]
    newest = client.state()["challenges"][0]
    # Its time counts from when it came.
    assert (newest["date_created"], newest["expiration_date"]) == (
        "2023-11-14T23:20:00Z",
        "2023-11-14T23:21:30Z",
    )
    assert client.replaying() == {"waiting": 0, "next": None, "failed": 0}


def test_at_once_is_what_it_does_untold(client: SandboxClient, run: dict[str, Any]) -> None:
    assert len(client.replay(run)) == 3
    assert client.replaying()["waiting"] == 0


@pytest.mark.parametrize("everything", [False, True])
def test_a_reset_and_a_stop_end_it(
    client: SandboxClient, run: dict[str, Any], *, everything: bool
) -> None:
    client.replay(run, pace="recorded")
    client.stop_replay()
    assert client.replaying()["waiting"] == 0
    client.replay(run, pace="recorded")
    client.reset(everything=everything)
    assert client.replaying()["waiting"] == 0
    client.move_clock(9_999)
    assert messages(client) == []


def test_what_would_be_refused_later_is_refused_now(
    client: SandboxClient, run: dict[str, Any]
) -> None:
    run["challenges"][2]["message"] = "m" * 257
    with pytest.raises(SandboxClientError) as caught:
        client.replay(run, pace="recorded")
    assert (caught.value.status, caught.value.code) == (400, 60306)
    assert (messages(client), client.replaying()["waiting"]) == ([], 0)
    run["challenges"][2] |= {"message": "m", "factor_sid": "YF1", "identity": "nobody-here"}
    with pytest.raises(SandboxClientError) as caught:
        client.replay(run, pace="recorded")
    assert caught.value.code == 20404


def test_what_became_impossible_is_counted_and_the_others_come(
    world: World, client: SandboxClient, device: Device, run: dict[str, Any]
) -> None:
    other = world.device()
    run["challenges"][1]["factor_sid"] = other.sid
    run["challenges"][1]["identity"] = other.factor["identity"]
    client.replay(run, pace="recorded")
    assert other.call("DELETE", f"/Factors/{other.sid}").status_code == 204
    client.move_clock(4_000)
    until(world, lambda: len(messages(client)) == 2)
    assert client.replaying() == {"waiting": 0, "next": None, "failed": 1}
    assert {each["factor_sid"] for each in client.state()["challenges"]} == {device.sid}


def test_all_may_come_to_one_account(
    world: World, client: SandboxClient, run: dict[str, Any]
) -> None:
    other = world.device()
    client.replay(run, factor_sid=other.sid, pace="recorded")
    client.move_clock(4_000)
    until(world, lambda: len(messages(client)) == 3)
    assert {each["factor_sid"] for each in client.state()["challenges"]} == {other.sid}


@pytest.mark.parametrize(
    ("given", "waiting"),
    [([5, 3], 2), ([None, 0], 0), ([-7, None], 0), ([0, 1e9], 1), ([2, None], 2)],
)
def test_none_comes_before_the_one_ahead_of_it(
    client: SandboxClient, run: dict[str, Any], given: list[float | None], waiting: int
) -> None:
    for each, after in zip(run["challenges"], given, strict=False):
        each["after"] = after
    run["challenges"] = run["challenges"][:2]
    client.replay(run, pace="recorded")
    assert client.replaying()["waiting"] == waiting


@pytest.mark.parametrize("change", [{"pace": "slow"}, {"pace": 1}, {"after": "1"}, {"after": 1e10}])
def test_another_pace_is_refused(
    world: World, client: SandboxClient, run: dict[str, Any], change: dict[str, Any]
) -> None:
    run["challenges"][1] |= {name: value for name, value in change.items() if name == "after"}
    body = {"run": run, "pace": change.get("pace", "recorded")}
    answer = world.http.post(
        f"{world.sandbox.control_url}/replay", json=body, headers={"Origin": world.base}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, 60306)
    assert messages(client) == []


def test_no_more_wait_than_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MAX_WAITING", 2)
    pacer = Pacer(Clock(lambda: 0.0))
    later = Step(1.0, lambda: None)
    pacer.add([later, later])
    with pytest.raises(TooManyStepsError):
        pacer.add([later])
    assert pacer.waiting().count == 2
    pacer.close()


@pytest.mark.expect_log("ERROR countersign.sandbox.pacing: a step of the replay failed")
def test_one_step_that_fails_holds_no_other_up() -> None:
    clock = Clock(lambda: 0.0)
    done: list[str] = []

    def fail(error: Exception) -> Callable[[], None]:
        def act() -> None:
            raise error

        return act

    went = threading.Semaphore(0)
    pacer = Pacer(clock, went.release)
    pacer.add(
        [
            Step(2.0, lambda: done.append("last")),
            Step(1.0, fail(RuntimeError("no database"))),
            Step(1.0, fail(ApiError(20404))),
            Step(1.0, lambda: done.append("first")),
            Step(1.0, lambda: done.append("second")),
        ]
    )
    clock.move(1.5)
    pacer.wake()
    for _ in range(4):
        assert went.acquire(timeout=PATIENCE)
    assert (done, pacer.waiting()) == (["first", "second"], pacing.Waiting(1, 2.0, 2))
    pacer.close()
    clock.move(9)
    pacer.wake()
    assert done == ["first", "second"]
