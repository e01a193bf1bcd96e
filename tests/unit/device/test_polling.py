"""When accounts are asked, on a clock that only the test moves."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from countersign.device import polling, schedule
from countersign.device.inbox import AccountView
from countersign.device.polling import Poller, Presence, Watch
from countersign.push.errors import ApiError, KeyStorageError, NetworkError
from tests.unit.device.poll_world import ACCOUNT, World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.push.errors import CountersignError


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def poller(world: World, monkeypatch: pytest.MonkeyPatch) -> Poller:
    return world.poller(monkeypatch)


async def next_in(poller: Poller, world: World) -> float:
    """Poll once and return the seconds until the first account is due again."""
    await poller.poll_due()
    return min(watch.next_at for watch in poller.watches.values()) - world.now


@pytest.mark.parametrize(
    ("presence", "pending", "seconds"),
    [
        (Presence.BACKGROUND, 0, 10),
        (Presence.BACKGROUND, 3, 10),
        (Presence.ACTIVE, 0, 5),
        (Presence.ACTIVE, 1, 2),
        (Presence.AWAY, 1, 60),
    ],
)
async def test_the_pause_follows_the_user(
    poller: Poller, world: World, presence: Presence, pending: int, seconds: float
) -> None:
    poller.set_presence(presence)
    poller.schedule.eager_until = 0.0
    world.pending["YF1"] = pending
    assert await next_in(poller, world) == seconds


async def test_coming_back_asks_at_once_and_eagerly_for_a_minute(
    poller: Poller, world: World
) -> None:
    await poller.poll_due()
    poller.set_presence(Presence.ACTIVE)
    assert await next_in(poller, world) == schedule.EAGER
    assert world.asked == ["YF1", "YF1"]
    world.now += schedule.INTENT + 1
    assert await next_in(poller, world) == schedule.ACTIVE


async def test_failures_are_asked_more_and_more_rarely_up_to_five_minutes(
    poller: Poller, world: World
) -> None:
    world.errors["YF1"] = NetworkError("unreachable", "Can't reach it.")
    pauses = []
    for _ in range(9):
        pauses.append(await next_in(poller, world))
        world.now += pauses[-1]
    assert pauses == [10, 10, 16, 32, 64, 128, 256, 300, 300], "never more often than usual"


async def test_a_service_that_says_how_long_is_obeyed(poller: Poller, world: World) -> None:
    world.errors["YF1"] = ApiError("busy", "Busy.", code=20429, status=429, retry_after=120.0)
    assert await next_in(poller, world) == 120


async def test_check_now_asks_a_failing_account_too(poller: Poller, world: World) -> None:
    world.errors["YF1"] = NetworkError("unreachable", "Can't reach it.")
    await poller.poll_due()
    poller.expect()
    await poller.poll_due()
    assert world.asked == ["YF1"]  # a mere sign of intent leaves its back-off alone
    poller.check_now()
    await poller.poll_due()
    assert world.asked == ["YF1", "YF1"]


async def test_one_failing_account_does_not_slow_the_others(poller: Poller, world: World) -> None:
    world.accounts.append(replace(ACCOUNT, sid="YF2"))
    world.errors["YF1"] = NetworkError("unreachable", "Can't reach it.")
    for _ in range(4):
        await poller.poll_due()
        world.now += schedule.BACKGROUND
    assert world.asked.count("YF2") == 4
    assert world.asked.count("YF1") == 3


async def test_a_failure_keeps_what_was_seen_last(poller: Poller, world: World) -> None:
    world.pending["YF1"] = 2
    await poller.poll_due()
    world.errors["YF1"] = NetworkError("unreachable", "Can't reach it.")
    world.pending.clear()
    world.now += schedule.BACKGROUND
    await poller.poll_due()
    (watch,) = poller.watches.values()
    assert watch.pending == 2
    assert watch.failing_since == world.now
    assert watch.checked_at == world.now - schedule.BACKGROUND


@pytest.mark.parametrize("status", [401, 404])
async def test_a_service_that_says_twice_that_it_knows_nobody_has_removed_the_account(
    poller: Poller, world: World, status: int
) -> None:
    world.pending["YF1"] = 1
    await poller.poll_due()
    watch = poller.watches["YF1"]
    unknown = ApiError("unknown", "Unknown.", code=20404, status=status)
    offline = NetworkError("unreachable", "Can't reach it.")
    for error, removed, pending in (
        (unknown, False, 1),  # once may be a slip
        (offline, False, 1),
        (unknown, True, 0),  # what it asked can't be answered any more
        (offline, True, 0),
    ):
        world.errors["YF1"] = error
        world.pending["YF1"] = 0
        poller.check_now()
        await poller.poll_due()
        assert (watch.removed, watch.pending) == (removed, pending)
    world.errors.clear()
    poller.check_now()
    await poller.poll_due()
    assert not watch.removed


@pytest.mark.parametrize("name", ["locked", "dismissed"])
async def test_a_store_that_stays_locked_is_not_made_to_ask_again(
    poller: Poller, world: World, name: str
) -> None:
    world.errors["YF1"] = KeyStorageError(name, "It is locked.")
    world.accounts.append(replace(ACCOUNT, sid="YF2"))
    await poller.poll_due()
    for _ in range(3):
        world.now += 400
        await poller.poll_due()
    assert world.asked == ["YF1", "YF2", "YF2", "YF2", "YF2"]
    poller.check_now()
    await poller.poll_due()
    assert world.asked[-2:] == ["YF1", "YF2"]
    world.now += 400
    await poller.poll_due()
    assert world.asked[-1:] == ["YF2"], "once is once"


async def test_a_store_that_was_unlocked_elsewhere_is_used_again(
    poller: Poller, world: World
) -> None:
    world.errors["YF1"] = KeyStorageError("dismissed", "It is locked.")
    await poller.poll_due()
    world.now += 400
    await poller.poll_due()
    world.keys.on = frozenset()
    world.errors.clear()
    world.now += 20
    await poller.poll_due()
    assert world.asked == ["YF1", "YF1"]
    assert poller.watches["YF1"].failing_since is None


async def test_a_store_that_can_not_tell_waits_for_the_user(
    poller: Poller, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown() -> None:
        return None

    async def missing() -> None:
        raise KeyStorageError("missing", "There is none.")

    world.errors["YF1"] = KeyStorageError("locked", "It is locked.")
    await poller.poll_due()
    for answer in (unknown, missing):
        monkeypatch.setattr(world.keys, "locked", answer)
        world.now += 400
        await poller.poll_due()
    assert world.asked == ["YF1"]


@pytest.mark.parametrize(
    ("pending", "unreadable", "error", "complete"),
    [
        (0, 0, None, True),
        (99, 0, None, True),
        (100, 0, None, False),
        (1, 1, None, False),
        (1, 0, NetworkError("unreachable", "Nobody answers."), False),
    ],
)
def test_only_a_whole_list_says_what_no_longer_waits(
    pending: int, unreadable: int, error: CountersignError | None, *, complete: bool
) -> None:
    waiting = (cast("Request", object()),) * pending
    watch = Watch(ACCOUNT, AccountView(ACCOUNT, waiting, unreadable, error))
    assert watch.complete is complete


async def test_accounts_come_and_go(poller: Poller, world: World) -> None:
    await poller.poll_due()
    world.accounts = [replace(ACCOUNT, sid="YF2")]
    world.now += schedule.BACKGROUND
    await poller.poll_due()
    assert list(poller.watches) == ["YF2"]


async def test_run_polls_when_woken_and_ends_when_cancelled(poller: Poller, world: World) -> None:
    task = asyncio.get_running_loop().create_task(poller.run())

    await asyncio.wait_for(world.polled_once.wait(), 10)
    world.polled_once.clear()
    poller.check_now()
    await asyncio.wait_for(world.polled_once.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_on_a_real_clock_no_moment_passes_between_due_and_asked(
    poller: Poller, world: World
) -> None:
    poller.monotonic = time.monotonic
    running = asyncio.create_task(poller.run())
    for _ in range(3):
        await asyncio.wait_for(world.polled_once.wait(), 10)
        world.polled_once.clear()
        poller.check_now()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_slow_account_holds_up_no_other(
    poller: Poller, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, look = asyncio.Event(), world.look

    async def slow(device: object, accounts: Sequence[Account], *rest: object) -> list[AccountView]:
        if accounts[0].sid == "YF2":
            await answer.wait()
        return await look(device, accounts, *rest)

    monkeypatch.setattr(polling, "look", slow)
    world.accounts.append(replace(ACCOUNT, sid="YF2"))
    running = asyncio.create_task(poller.run())
    await world.polled_once.wait()
    assert (world.asked, poller.busy) == (["YF1"], True)
    poller.check_now()
    world.polled_once.clear()
    await world.polled_once.wait()
    assert world.asked == ["YF1", "YF1"]
    answer.set()
    while len(world.asked) < 4:  # the slow one, and once more, since somebody asked meanwhile
        world.polled_once.clear()
        await world.polled_once.wait()
    assert world.asked[2:] == ["YF2", "YF2"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not poller.busy


async def test_a_bug_in_asking_comes_out_of_run(
    poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> list[AccountView]:
        raise ZeroDivisionError

    monkeypatch.setattr(polling, "look", broken)
    with pytest.raises(ZeroDivisionError):
        await poller.run()


def test_jitter_stays_within_ten_percent(world: World) -> None:
    poller = Poller(cast("Any", world), world.polled)
    drawn = [poller.jitter() for _ in range(1000)]
    assert min(drawn) >= 0.9
    assert max(drawn) <= 1.1
    assert len(set(drawn)) > 900
