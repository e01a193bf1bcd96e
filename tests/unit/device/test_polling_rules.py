"""Whatever happens in whatever order, some things never do (found by hypothesis)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countersign.device.polling import Presence
from countersign.device.schedule import EAGER, SLOWEST
from countersign.push.errors import ApiError, KeyStorageError, NetworkError
from tests.unit.device.poll_world import World

if TYPE_CHECKING:
    from countersign.device.polling import Poller

Event = Callable[["Poller", World], object]
ERRORS = (
    None,
    NetworkError("unreachable", "Can't reach it."),
    ApiError("busy", "Busy.", code=20429, status=429, retry_after=120.0),
    ApiError("busy", "Busy.", code=20429, status=429),
    KeyStorageError("locked", "Locked."),
    ApiError("not_found", "Unknown.", code=20404, status=404),
)


def fails(error: object) -> Event:
    def happen(_: Poller, world: World) -> None:
        world.errors = {} if error is None else {"YF1": error}  # type: ignore[dict-item]  # one of ERRORS

    return happen


def sleeps(seconds: float) -> Event:
    def happen(_: Poller, world: World) -> None:
        world.asleep += seconds

    return happen


# Nobody asks for a poll by these, and where polling is off none may follow.
QUIET: tuple[Event, ...] = (
    lambda poller, _: poller.set_presence(Presence.BACKGROUND),
    lambda poller, _: poller.set_presence(Presence.AWAY),
    lambda poller, _: poller.set_connected(connected=False),
    lambda poller, _: poller.set_connected(connected=True),
    lambda poller, _: poller.woke(),
    sleeps(4000.0),
    sleeps(2.0),
    *(fails(error) for error in ERRORS),
)
ANY: tuple[Event, ...] = (
    *QUIET,
    lambda poller, _: poller.set_presence(Presence.ACTIVE),
    lambda poller, _: poller.set_intervals(10, 0),
    lambda poller, _: poller.set_intervals(5, 10),
    lambda poller, _: poller.set_intervals(30, 60),
    lambda poller, _: poller.check_now(),
    lambda poller, _: poller.expect(),
)
steps = st.floats(0, 400, allow_nan=False)
many = settings(max_examples=60, deadline=None)


@many
@given(st.lists(st.tuples(st.sampled_from(ANY), steps), max_size=30))
async def test_what_never_happens(events: list[tuple[Event, float]]) -> None:
    world = World()
    with pytest.MonkeyPatch.context() as patch:
        poller = world.poller(patch)
        await poller.poll_due()
        for happen, seconds in events:
            happen(poller, world)
            seen = await world.live(poller, seconds)
            watch = poller.watches["YF1"]
            assert world.disturbed == 0, "it had asked to be left alone"
            assert all(b - a >= EAGER - 1e-6 for a, b in pairwise(seen))
            if watch.planned:
                latest = max(watch.not_before, world.now + SLOWEST)
                assert watch.next_at <= latest, "it is never forgotten"


@many
@given(st.lists(st.tuples(st.sampled_from(QUIET), steps), max_size=20))
async def test_off_is_off(events: list[tuple[Event, float]]) -> None:
    world = World()
    with pytest.MonkeyPatch.context() as patch:
        poller = world.poller(patch)
        poller.set_intervals(5, 0)
        poller.set_presence(Presence.ACTIVE)
        await world.live(poller, 7)
        poller.set_presence(Presence.BACKGROUND)
        for happen, seconds in events:
            happen(poller, world)
            assert await world.live(poller, seconds) == []
