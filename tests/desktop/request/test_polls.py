"""What polls tell while a request is open, and what a look of its own finds out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from countersign.desktop.request.view import Phase, Say
from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, APPROVED, SID, challenge, decision

if TYPE_CHECKING:
    from tests.desktop.request.stage import Stage
    from tests.desktop.request.world import World

ALL = {ACCOUNT.sid}
OLD = challenge()
NEW = challenge(message="Pay", updated=9)


async def miss(stage: Stage) -> None:
    """Let a poll see all that is pending, and not this one."""
    stage.presenter.seen_in_poll({}, ALL)
    await stage.idle()


async def show_new_text(stage: Stage) -> None:
    """Let a poll see a change, and read it."""
    await stage.open()
    stage.world.service = NEW
    stage.presenter.seen_in_poll({SID: NEW})
    stage.presenter.read_again()
    await stage.idle()


# --- A poll that is late -------------------------------------------------------------------------


async def test_a_poll_from_before_the_new_text_is_no_change(stage: Stage, world: World) -> None:
    await show_new_text(stage)
    before = list(stage.events)
    stage.presenter.seen_in_poll({SID: OLD})
    await stage.idle()
    assert (stage.view().phase, stage.view().notice) == (Phase.READY, Say.NOTHING)
    assert stage.events == before
    assert world.reads == 2


async def test_a_second_change_is_one(stage: Stage) -> None:
    await show_new_text(stage)
    stage.presenter.seen_in_poll({SID: challenge(message="Pay more", updated=10)})
    assert stage.view().phase is Phase.CHANGED


@pytest.mark.parametrize("date", [None, b'"yesterday"', b"7"])
async def test_where_no_date_tells_which_is_newer_one_look_does(
    stage: Stage, world: World, date: bytes | None
) -> None:
    await stage.open()
    seen = challenge(message="Pay")
    if date is not None:
        seen = replace(seen, members={**seen.members, "date_updated": msgspec.Raw(date)})
    stage.presenter.seen_in_poll({SID: seen})
    assert stage.view().phase is Phase.READY
    await stage.idle()
    assert stage.view().phase is Phase.READY
    world.service = seen
    for _ in range(2):  # the first one is let pass
        stage.presenter.seen_in_poll({SID: seen})
        await stage.idle()
    assert (stage.view().phase, stage.view().notice) == (Phase.CHANGED, Say.CHANGED_SEEN)
    assert stage.told[-1] == ("CHANGED", "", 0)
    assert world.reads == 3


async def test_the_sid_of_another_accounts_request_is_not_this_one(stage: Stage) -> None:
    await stage.open()
    stage.presenter.seen_in_poll({SID: replace(NEW, factor_sid="YF" + "9" * 32)})
    await stage.idle()
    assert stage.view().phase is Phase.READY


# --- One that is missing -------------------------------------------------------------------------


async def test_one_that_was_taken_back_says_so_within_one_poll(stage: Stage, world: World) -> None:
    await stage.open()
    world.service = states.NOT_FOUND
    await miss(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.GONE)
    assert not stage.view().has_buttons
    assert stage.told[-1] == ("FAILED", "", 20404)


async def test_one_that_was_made_to_expire_says_when(stage: Stage, world: World) -> None:
    await stage.open()
    await stage.pass_by(60)
    world.service = challenge(status="expired", updated=9)
    await miss(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.EXPIRED, Say.EXPIRED)
    assert stage.view().expires == world.hours.now()
    assert stage.told[-1] == ("EXPIRED", "", 0)


async def test_one_that_a_copied_key_answered_is_an_alarm(stage: Stage, world: World) -> None:
    await stage.open()
    world.service = challenge(status="approved", updated=9)
    await miss(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.ELSEWHERE)
    assert stage.told[-1] == ("FAILED", "", 60322)


async def test_one_that_this_profile_answered_shows_its_result(stage: Stage, world: World) -> None:
    await stage.open()
    world.service = challenge(status="approved", updated=9)
    world.known = [decision(server_status=APPROVED)]
    await miss(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.ALREADY_ANSWERED)
    assert stage.view().answer is APPROVED
    assert stage.told[-1] == ("CONFIRMED", "approved", 0)


async def test_one_that_another_process_is_answering_is_followed(
    stage: Stage, world: World
) -> None:
    await stage.open()
    world.known = [decision()]
    await miss(stage)
    assert stage.view().phase is Phase.UNKNOWN
    assert stage.told[-1] == ("UNKNOWN", "", 0)


async def test_one_that_changed_and_slipped_off_the_list(stage: Stage, world: World) -> None:
    await stage.open()
    world.service = NEW
    await miss(stage)
    assert (stage.view().phase, stage.view().message) == (Phase.CHANGED, OLD.message)
    world.service = states.NOT_FOUND
    await miss(stage)  # let pass
    await miss(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.GONE)


async def test_one_that_still_waits_stays_as_it_is_and_is_asked_for_rarely(
    stage: Stage, world: World
) -> None:
    await stage.open()
    before, told = stage.view(), list(stage.told)
    looks = []
    for poll in range(40):
        reads = world.reads
        await miss(stage)
        if world.reads > reads:
            looks.append(poll)
    assert looks == [0, 2, 5, 10, 19, 36]
    assert stage.view() == before
    assert stage.told == told


async def test_once_it_was_seen_again_the_next_gap_is_looked_into_at_once(
    stage: Stage, world: World
) -> None:
    await stage.open()
    await miss(stage)
    stage.presenter.seen_in_poll({SID: OLD}, ALL)
    reads = world.reads
    await miss(stage)
    assert world.reads == reads + 1


@pytest.mark.parametrize(
    "error", [states.OFFLINE, states.BUSY, states.NO_FIELDS, states.LOCKED], ids=lambda e: e.name
)
async def test_a_look_that_fails_moves_nothing_and_comes_again(
    stage: Stage, world: World, error: Exception
) -> None:
    await stage.open()
    told = list(stage.told)
    world.service = error
    await miss(stage)
    assert stage.view().phase is Phase.READY
    assert stage.view().can_approve
    assert stage.told == told
    world.service = states.NOT_FOUND
    await miss(stage)
    assert stage.view().phase is Phase.READY
    await miss(stage)
    assert stage.view().phase is Phase.CLOSED


async def test_a_slow_look_is_not_doubled(stage: Stage, world: World) -> None:
    await stage.open()
    world.hold_reading = asyncio.Event()
    for _ in range(5):
        await miss(stage)
    assert world.reads == 2
    world.service = states.NOT_FOUND
    world.hold_reading.set()
    await stage.idle()
    assert stage.view().phase is Phase.CLOSED


async def test_a_click_during_a_look_counts_and_the_look_does_not(
    stage: Stage, world: World
) -> None:
    await stage.open()
    world.hold_reading = asyncio.Event()
    await miss(stage)
    stage.presenter.approve()
    await stage.idle()
    world.service = states.NOT_FOUND
    world.hold_reading.set()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.DONE, Say.CONFIRMED)
    assert len(world.sent) == 1


async def test_leaving_ends_a_look(stage: Stage, world: World) -> None:
    await stage.open()
    world.hold_reading = asyncio.Event()
    await miss(stage)
    stage.presenter.close()
    shown, told = list(stage.shown), list(stage.told)
    world.service = states.NOT_FOUND
    world.hold_reading.set()
    await stage.idle()
    assert (stage.shown, stage.told) == (shown, told)


async def test_lists_that_are_not_whole_or_not_its_own_prove_nothing(
    stage: Stage, world: World
) -> None:
    await stage.open()
    world.service = states.NOT_FOUND
    stage.presenter.seen_in_poll({})
    stage.presenter.seen_in_poll({}, {"YF" + "9" * 32})
    await stage.idle()
    assert stage.view().phase is Phase.READY
    assert world.reads == 1
