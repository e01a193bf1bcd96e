"""How often accounts are asked over hours: counted, on a clock that only the test moves."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from countersign.device.polling import Presence
from countersign.device.schedule import any_jitter
from countersign.push.errors import ApiError, NetworkError
from tests.unit.device.poll_world import ACCOUNT, World

if TYPE_CHECKING:
    from countersign.device.polling import Poller

HOUR = 3600
LOOPBACK = replace(ACCOUNT, sid="YF9", api_url="http://127.0.0.1:4010/v2")
UNREACHABLE = NetworkError("unreachable", "Can't reach it.")


def busy(retry_after: float | None = None) -> ApiError:
    return ApiError("busy", "Busy.", code=20429, status=429, retry_after=retry_after)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def poller(world: World, monkeypatch: pytest.MonkeyPatch) -> Poller:
    return world.poller(monkeypatch)


def gaps(times: list[float]) -> set[float]:
    return {later - earlier for earlier, later in pairwise(times)}


async def test_a_day(poller: Poller, world: World) -> None:
    poller.set_presence(Presence.ACTIVE)
    minute = await world.live(poller, 59)
    assert (len(minute), gaps(minute)) == (30, {2})  # somebody has just come
    at_work = await world.live(poller, HOUR)
    assert gaps(at_work[1:]) == {5}
    poller.set_presence(Presence.BACKGROUND)
    assert gaps((await world.live(poller, 2 * HOUR))[1:]) == {10}
    poller.set_presence(Presence.AWAY)
    night = await world.live(poller, 10 * HOUR)
    assert len(night) == 600
    assert gaps(night) == {60}
    poller.set_presence(Presence.BACKGROUND)  # unlocked, and busy with something else
    assert gaps(await world.live(poller, HOUR)) == {10}
    now = world.now
    poller.set_presence(Presence.ACTIVE)
    assert (await world.live(poller, 0)) == [now]


@pytest.mark.parametrize("active", [5, 10, 30])
@pytest.mark.parametrize("background", [10, 30, 60])
async def test_the_intervals_are_the_users(
    poller: Poller, world: World, active: int, background: int
) -> None:
    poller.set_intervals(active, background)
    poller.set_presence(Presence.ACTIVE)
    await world.live(poller, 100)
    assert gaps(await world.live(poller, 600)) == {active}
    poller.set_presence(Presence.BACKGROUND)
    await world.live(poller, 100)
    assert gaps(await world.live(poller, 600)) == {background}
    poller.set_presence(Presence.AWAY)
    assert gaps((await world.live(poller, 600))[1:]) == {60}


async def test_a_change_of_settings_counts_at_once(poller: Poller, world: World) -> None:
    poller.set_intervals(5, 60)
    await world.live(poller, 15)
    poller.set_intervals(5, 10)
    assert len(await world.live(poller, 0)) == 1  # 15 s ago is longer than 10
    poller.set_intervals(5, 0)
    assert await world.live(poller, HOUR) == []
    poller.set_intervals(5, 30)
    assert len(await world.live(poller, 0)) == 1


async def test_background_off_asks_nobody_until_the_user_is_back(
    poller: Poller, world: World
) -> None:
    poller.set_intervals(5, 0)
    assert len(await world.live(poller, 8 * HOUR)) == 1  # at the start
    poller.set_presence(Presence.ACTIVE)
    assert len(await world.live(poller, 30)) == 16
    poller.set_presence(Presence.BACKGROUND)  # in the middle of the minute of intent
    assert await world.live(poller, 8 * HOUR) == []
    for sign in (poller.woke, lambda: poller.set_presence(Presence.AWAY), poller.expect):
        sign()
        assert await world.live(poller, 8 * HOUR) == []
    poller.set_connected(connected=False)
    poller.set_connected(connected=True)
    assert await world.live(poller, HOUR) == []
    poller.set_presence(Presence.ACTIVE)
    assert len(await world.live(poller, 0)) == 1


async def test_a_sign_of_intent_counts_where_background_is_off(
    poller: Poller, world: World
) -> None:
    poller.set_intervals(5, 0)
    await world.live(poller, HOUR)
    poller.expect()
    seen = await world.live(poller, HOUR)
    assert (len(seen), gaps(seen)) == (30, {2})  # a minute, and not one more


async def test_without_a_network_polling_is_rarer_but_not_on_this_computer(
    poller: Poller, world: World
) -> None:
    world.accounts.append(LOOPBACK)
    await world.live(poller, 30)
    poller.set_connected(connected=False)
    world.asked.clear()
    await world.live(poller, 600)
    assert (world.asked.count("YF1"), world.asked.count("YF9")) == (10, 60)
    poller.check_now()
    world.asked.clear()
    await world.live(poller, 0)
    assert world.asked == ["YF1", "YF9"]  # the user said so
    await world.live(poller, 30)
    poller.set_connected(connected=True)
    world.asked.clear()
    await world.live(poller, 0)
    assert set(world.asked) == {"YF1", "YF9"}


async def test_a_new_network_ends_a_long_wait(poller: Poller, world: World) -> None:
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, HOUR)
    poller.set_connected(connected=False)
    world.errors.clear()
    poller.set_connected(connected=True)
    assert len(await world.live(poller, 0)) == 1
    assert poller.watches["YF1"].failing_since is None


async def test_a_failing_account_is_asked_when_the_user_comes_back(
    poller: Poller, world: World
) -> None:
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, HOUR)
    poller.set_presence(Presence.ACTIVE)
    assert len(await world.live(poller, 0)) == 1
    assert len(await world.live(poller, 299)) == 0  # which ends no back-off


@pytest.mark.parametrize("error", [busy(600.0), busy()])
async def test_who_asks_to_be_left_alone_is_left_alone_whoever_wants_it_sooner(
    poller: Poller, world: World, error: ApiError
) -> None:
    world.errors["YF1"] = error
    await world.live(poller, 0)
    wait = error.retry_after or 10
    for sign in (poller.check_now, poller.woke, poller.expect):
        sign()
        assert await world.live(poller, wait / 5) == []
    poller.set_presence(Presence.ACTIVE)
    world.errors.clear()
    assert await world.live(poller, wait / 5) == []
    assert await world.live(poller, wait / 5) == [world.now]


async def test_a_pause_that_was_asked_for_is_never_shortened_by_jitter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poller = world.poller(monkeypatch, jitter=lambda: 0.9)
    world.errors["YF1"] = busy(120.0)
    await world.live(poller, 0)
    assert await world.live(poller, 119) == []
    assert len(await world.live(poller, 1)) == 1


async def test_pauses_differ_by_a_tenth_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poller = world.poller(monkeypatch, jitter=any_jitter)
    found = gaps(await world.live(poller, HOUR))
    assert min(found) >= 9
    assert max(found) <= 11
    assert len(found) > 100


async def test_the_days_clock_may_be_set_by_hours(
    poller: Poller, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polling counts by a clock that nobody can set, and never looks at the other one."""
    monkeypatch.setattr(time, "time", lambda: pytest.fail("the day's clock was looked at"))
    world.errors["YF1"] = busy(100.0)
    await world.live(poller, 60)
    world.errors.clear()
    assert len(await world.live(poller, 60)) == 3
