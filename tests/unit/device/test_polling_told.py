"""What an account says of its polls: when it was checked, when it is next, and why then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device.polling import Presence
from countersign.device.refusals import somebody_else, unknown_there
from countersign.device.watch import Checks, Why, describe
from countersign.push.errors import ApiError, KeyStorageError, MappingError, NetworkError
from tests.unit.device.poll_world import ACCOUNT, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.polling import Poller
    from countersign.push.errors import CountersignError

UNREACHABLE = NetworkError("unreachable", "Can't reach it.")
WAIT = ApiError("busy", "Busy.", code=20429, status=429, retry_after=90.0)
PAGE = MappingError("bad_answer", "A page, not a list.")
REDIRECT = ApiError("unexpected", "Not as expected.", code=60402, status=302)
SIGN_IN = ApiError("busy", "Busy.", code=60401, status=511)
PORTAL = NetworkError("sign_in_first", "Sign in first.")
PAGE_NOT_FOUND = ApiError("unexpected", "Not as expected.", code=60402, status=404)
NO_FACTOR = ApiError("not_found", "Unknown.", code=20404, status=404)
SOON = ApiError("busy", "Busy.", code=20503, status=503, retry_after=70.0)
DOWN = ApiError("busy", "Busy.", code=60401, status=502)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def poller(world: World, monkeypatch: pytest.MonkeyPatch) -> Poller:
    return world.poller(monkeypatch)


def told(poller: Poller, world: World) -> Checks:
    return describe(poller.watches["YF1"], world.now)


async def test_before_and_after_the_first_answer(poller: Poller, world: World) -> None:
    await poller.poll_due()
    world.now += 4
    assert told(poller, world) == Checks(Why.USUAL, ago=4, failing_for=None, due=6)


async def test_since_when_it_fails(poller: Poller, world: World) -> None:
    await poller.poll_due()
    world.errors["YF1"] = UNREACHABLE
    await world.live(poller, 27)
    assert told(poller, world) == Checks(Why.BACKING_OFF, ago=27, failing_for=17, due=3)


@pytest.mark.parametrize(
    ("error", "why", "due"),
    [
        (UNREACHABLE, Why.BACKING_OFF, 10),
        (DOWN, Why.BACKING_OFF, 10),
        (WAIT, Why.ASKED_TO_WAIT, 90),
        (SOON, Why.ASKED_TO_WAIT, 70),
        (PAGE, Why.SIGN_IN_FIRST, 10),
        (REDIRECT, Why.SIGN_IN_FIRST, 10),
        (SIGN_IN, Why.SIGN_IN_FIRST, 10),
        (PORTAL, Why.SIGN_IN_FIRST, 10),
        (KeyStorageError("dismissed", "Locked."), Why.STORE_LOCKED, None),
        (KeyStorageError("missing", "None."), Why.BACKING_OFF, 10),
    ],
)  # fmt: skip
async def test_each_trouble_has_its_reason(
    poller: Poller, world: World, error: CountersignError, why: Why, due: float | None
) -> None:
    world.errors["YF1"] = error
    await poller.poll_due()
    assert (told(poller, world).why, told(poller, world).due) == (why, due)


@pytest.mark.parametrize(
    ("happens", "why", "due"),
    [
        (lambda poller: poller.set_presence(Presence.AWAY), Why.AWAY, 60),
        (lambda poller: poller.set_intervals(5, 0), Why.OFF, None),
        (lambda poller: poller.set_connected(connected=False), Why.NO_NETWORK, 60),
        (lambda poller: poller.set_presence(Presence.ACTIVE), Why.USUAL, 0),
    ],
)
async def test_what_sets_the_pace(
    poller: Poller, world: World, happens: Callable[[Poller], None], why: Why, due: float | None
) -> None:
    await poller.poll_due()
    happens(poller)
    assert (told(poller, world).why, told(poller, world).due) == (why, due)


async def test_removed_is_said_before_all_else(poller: Poller, world: World) -> None:
    world.errors["YF1"] = NO_FACTOR
    await world.live(poller, 30)
    poller.set_intervals(5, 0)
    assert told(poller, world).why is Why.REMOVED


async def test_a_sign_in_page_slows_polling_and_removes_no_account(
    poller: Poller, world: World
) -> None:
    """A network's page may answer anything, 404 among it; only the service knows its factors."""
    world.pending["YF1"] = 1
    await poller.poll_due()
    for error in (PAGE, REDIRECT, SIGN_IN, PAGE_NOT_FOUND, PAGE_NOT_FOUND, PAGE_NOT_FOUND):
        world.errors["YF1"] = error
        await world.live(poller, 301)
    watch = poller.watches["YF1"]
    assert (watch.removed, watch.pending) == (False, 1)
    assert told(poller, world).why is Why.SIGN_IN_FIRST
    assert told(poller, world).due == 300 - (world.now - world.times[-1])
    world.errors.clear()
    poller.check_now()
    await poller.poll_due()
    assert told(poller, world).failing_for is None


@pytest.mark.parametrize(
    ("error", "somebody", "unknown"),
    [
        (None, False, False),
        (PAGE, True, False),
        (PORTAL, True, False),
        (MappingError("wrong_factor", "Another's."), False, False),
        (PAGE_NOT_FOUND, True, False),
        (SOON, False, False),
        (NO_FACTOR, False, True),
        (DOWN, False, False),
        (UNREACHABLE, False, False),
    ],
)
def test_who_answered(error: CountersignError, *, somebody: bool, unknown: bool) -> None:
    assert somebody_else(error) is somebody
    if error is not None:
        assert unknown_there(error) is unknown


async def test_each_account_has_its_own(poller: Poller, world: World) -> None:
    world.accounts.append(replace(ACCOUNT, sid="YF2"))
    world.errors["YF2"] = WAIT
    await poller.poll_due()
    whys = {sid: describe(watch, world.now).why for sid, watch in poller.watches.items()}
    assert whys == {"YF1": Why.USUAL, "YF2": Why.ASKED_TO_WAIT}
