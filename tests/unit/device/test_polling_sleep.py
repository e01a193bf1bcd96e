"""A computer that slept: seen on a clock that slept with it, and on one that did not."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from countersign.device.polling import Presence
from countersign.device.suspension import Suspension, seconds_asleep
from countersign.device.watch import Why, describe
from countersign.push.errors import ApiError, NetworkError
from tests.unit.device.poll_world import World

if TYPE_CHECKING:
    from countersign.device.polling import Poller

NIGHT = 8 * 3600.0
UNREACHABLE = NetworkError("unreachable", "Can't reach it.")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def poller(world: World, monkeypatch: pytest.MonkeyPatch) -> Poller:
    return world.poller(monkeypatch)


async def test_after_a_night_it_asks_at_once_and_once(poller: Poller, world: World) -> None:
    await world.live(poller, 3)
    world.asleep += NIGHT
    assert await world.live(poller, 0) == [world.now]
    assert await world.live(poller, 9) == []


async def test_what_was_known_is_a_night_old(poller: Poller, world: World) -> None:
    await poller.poll_due()
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, 10)
    watch = poller.watches["YF1"]
    world.asleep += NIGHT
    await poller.poll_due()
    told = describe(watch, world.now)
    assert told.ago == NIGHT + 10
    assert told.failing_for == NIGHT
    assert told.why is Why.BACKING_OFF


async def test_a_pause_that_was_asked_for_passes_in_sleep(poller: Poller, world: World) -> None:
    world.errors["YF1"] = ApiError("busy", "", code=20429, status=429, retry_after=NIGHT / 2)
    await world.live(poller, 0)
    world.asleep += NIGHT / 4
    assert await world.live(poller, 0) == []
    world.asleep += NIGHT / 4
    assert len(await world.live(poller, 0)) == 1


async def test_failures_of_before_do_not_slow_the_morning(poller: Poller, world: World) -> None:
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, 3600)
    world.asleep += NIGHT
    morning = await world.live(poller, 20)
    assert [at - morning[0] for at in morning] == [0, 10]  # the network takes a moment


async def test_eagerness_ends_in_sleep(poller: Poller, world: World) -> None:
    await world.live(poller, 0)
    poller.expect()
    world.asleep += NIGHT
    assert len(await world.live(poller, 9)) == 1


async def test_where_background_is_off_a_night_changes_nothing(
    poller: Poller, world: World
) -> None:
    poller.set_intervals(5, 0)
    await world.live(poller, 3)
    world.asleep += NIGHT
    assert await world.live(poller, 3600) == []


async def test_a_clock_that_ran_on_is_seen_by_a_wait_that_was_late(
    poller: Poller, world: World
) -> None:
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, 3600)  # now it waits for minutes
    asked = len(world.asked)
    for late, times in ((20, 0), (40, 1)):
        poller.suspension.expect(world.now + 5)
        world.now += 5 + late
        await poller.poll_due()
        assert len(world.asked) == asked + times


def test_small_differences_between_clocks_are_not_sleep() -> None:
    asleep = [100.0]
    meter = Suspension(lambda: asleep[0])
    told = []
    for difference in (0.4, 0.4, 0.4, 3.0, 6.0, -2.0, 0.0):
        asleep[0] += difference
        told.append(meter.since(0.0))
    seen = [(round(missed, 1), slept) for missed, slept in told]
    assert seen == [
        (0, False),
        (0, False),
        (1.2, False),  # they add up, and none is lost
        (3, False),
        (6, True),
        (0, False),
        (0, False),
    ]


def test_a_wait_may_end_a_little_late() -> None:
    meter = Suspension(lambda: 0.0)
    for late, slept in ((0.0, False), (30.0, False), (31.0, True)):
        meter.expect(100.0)
        assert meter.since(100.0 + late) == (0.0, slept)
        assert meter.since(10_000.0) == (0.0, False)  # nothing was expected


@pytest.mark.skipif(sys.platform == "win32", reason="its clock runs on during sleep")
def test_this_computer_does_not_sleep_during_a_test() -> None:
    before = seconds_asleep()
    assert before >= -1.0
    assert abs(seconds_asleep() - before) < 1.0
    assert time.monotonic() > 0


async def test_coming_back_from_a_locked_screen_asks_at_once(poller: Poller, world: World) -> None:
    poller.set_presence(Presence.AWAY)
    await world.live(poller, 90)
    poller.set_presence(Presence.BACKGROUND)
    assert len(await world.live(poller, 0)) == 1
