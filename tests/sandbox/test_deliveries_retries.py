from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.clock import Clock
from countersign.sandbox.serve import running
from tests.sandbox.receiver import done, hook, receiving, tried, until
from tests.sandbox.world import START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.sandbox.receiver import Receiver
    from tests.sandbox.world import World

WHO = "0f5b2f9e-user"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def test_it_is_tried_again_after_a_while(world: World, receiver: Receiver) -> None:
    receiver.answers = [500, 404]
    hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    assert tried(world.sandbox, 1)["next_attempt"] == "2023-11-14T22:13:22Z"
    world.sandbox.client.move_clock(2)
    assert tried(world.sandbox, 2)["next_attempt"] == "2023-11-14T22:13:32Z"
    world.sandbox.client.move_clock(12)
    item = done(world.sandbox)[0]
    assert [attempt["status"] for attempt in item["attempts"]] == [500, 404, 200]
    assert len({receiver.next().body for _ in range(3)}) == 1


def test_it_is_given_up_after_five_times(world: World, receiver: Receiver) -> None:
    receiver.answers = [503] * 6
    hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    now = 0
    for times, after in enumerate((2, 10, 60, 300), 1):
        tried(world.sandbox, times)
        now += after
        world.sandbox.client.move_clock(now)
    item = done(world.sandbox)[0]
    assert (item["state"], item["reason"], item["next_attempt"]) == ("failed", "HTTP 503", None)
    assert len(item["attempts"]) == 5


def test_a_clock_put_back_delays_nothing(world: World, receiver: Receiver) -> None:
    receiver.answers = [500]
    hook(world, receiver.url, "factor.created")
    world.sandbox.client.move_clock(10_000)
    world.device(WHO, verified=False)
    tried(world.sandbox, 1)
    world.sandbox.client.move_clock(0)
    assert done(world.sandbox)[0]["state"] == "delivered"


def test_redirects_are_not_followed(world: World, receiver: Receiver) -> None:
    receiver.answers = [307]
    hook(world, receiver.url, "factor.created")
    world.device(WHO, verified=False)
    assert tried(world.sandbox, 1)["attempts"][0]["status"] == 307
    assert receiver.next().path == "/"
    assert receiver.requests.empty()


def test_nobody_there_is_an_error_in_the_log(world: World) -> None:
    with receiving() as gone:
        pass
    hook(world, gone.url, "factor.created")
    world.device(WHO, verified=False)
    attempt = tried(world.sandbox, 1)["attempts"][0]
    assert attempt["status"] is None
    assert str(attempt["error"]).startswith("ConnectError")


def test_other_machines_are_not_reached(world: World, receiver: Receiver) -> None:
    port = receiver.url.split(":")[2]
    for host in ("example.com", "169.254.169.254", "[::ffff:7f00:1]", "localhost.example.com"):
        hook(world, f"http://{host}:{port}", "factor.created")
    world.device(WHO, verified=False)
    log = done(world.sandbox)
    assert [(item["state"], len(item["attempts"])) for item in log] == [("failed", 1)] * 4
    assert all(str(item["reason"]).startswith("Not sent") for item in log)


def test_a_slow_receiver_keeps_nobody_waiting(world: World, receiver: Receiver) -> None:
    receiver.may_answer.clear()
    hook(world, f"{receiver.url}slow", "factor.created")
    world.device(WHO, verified=False)
    assert receiver.next().path == "/slow"
    with receiving() as other:
        hook(world, other.url, "factor.created")
        device = world.device(WHO, verified=False)
        assert other.next().parameters["factor_sid"] == device.sid
    # The slow one gets its events one after another, in order.
    assert receiver.requests.empty()
    receiver.may_answer.set()
    assert receiver.next().parameters["factor_sid"] == device.sid


def test_what_a_webhook_no_longer_wants_is_cancelled(world: World, receiver: Receiver) -> None:
    receiver.answers = [500] * 2
    deleted = hook(world, f"{receiver.url}1", "factor.created")
    disabled = hook(world, f"{receiver.url}2", "factor.created")
    world.device(WHO, verified=False)
    until(world.sandbox, lambda log: all(item["attempts"] for item in log))
    world.company("DELETE", f"/Webhooks/{deleted}")
    world.company("POST", f"/Webhooks/{disabled}", data={"Status": "disabled"})
    world.sandbox.client.move_clock(2)
    log = done(world.sandbox)
    assert [item["reason"] for item in log] == [
        "The webhook was disabled",
        "The webhook was deleted",
    ]
    assert {item["state"] for item in log} == {"cancelled"}


def test_the_next_start_takes_up_what_was_left(
    tmp_path: Path, new_world: type[World], receiver: Receiver
) -> None:
    receiver.may_answer.clear()
    receiver.answers = [200, 500]
    with running(state_dir=tmp_path, clock=Clock(lambda: START)) as one, new_world.over(one) as a:
        hook(a, receiver.url, "factor.created")
        a.device(WHO, verified=False)
        begun = receiver.next()
    # Stopped in the middle of it: nothing was written down, so it is sent again.
    receiver.may_answer.set()
    with running(state_dir=tmp_path, clock=Clock(lambda: START)) as two:
        assert receiver.next().body == begun.body
        assert len(tried(two, 1)["attempts"]) == 1
    with running(state_dir=tmp_path, clock=Clock(lambda: START + 2)) as three:
        item = done(three)[0]
    assert item["state"] == "delivered"
    assert item["uuid"] == receiver.next().parameters["uuid"]
