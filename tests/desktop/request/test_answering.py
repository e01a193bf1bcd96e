from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.request.ports import Waits
from countersign.desktop.request.view import Phase, Say
from tests.desktop.request import states
from tests.desktop.request.stage import Stage
from tests.desktop.request.world import APPROVED, DENIED, challenge, decision, listed

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError
    from tests.desktop.request.world import World

OTHER = "YC" + "9" * 32


async def test_the_body_that_is_shown_is_the_one_that_gets_signed(
    stage: Stage, world: World
) -> None:
    await stage.open()
    stage.presenter.approve()
    await stage.idle()
    [(request, answer)] = world.sent
    assert request.challenge == world.service
    assert (answer.status, answer.suspicious) == (APPROVED, False)
    assert (stage.view().phase, stage.view().result) == (Phase.DONE, Say.CONFIRMED)
    assert stage.told[-1] == ("CONFIRMED", "approved", 0)


async def test_two_clicks_are_one(stage: Stage, world: World) -> None:
    await stage.open()
    stage.presenter.approve()
    stage.presenter.approve()
    stage.presenter.deny()
    await stage.idle()
    stage.presenter.approve()
    await stage.idle()
    assert [answer.status for _, answer in world.sent] == [APPROVED]


async def test_it_says_when_it_takes_long(stage: Stage, world: World) -> None:
    world.hold = asyncio.Event()
    await stage.open()
    stage.presenter.deny()
    await stage.pass_by(4.9)
    assert (stage.view().phase, stage.view().result) == (Phase.SENDING, Say.SENDING)
    await stage.pass_by(0.2)
    assert stage.view().result is Say.SLOW
    world.hold.set()
    await stage.idle()
    assert (stage.view().phase, stage.view().answer) == (Phase.DONE, DENIED)


async def test_it_wasnt_me_denies_with_that_mark(stage: Stage, world: World) -> None:
    await stage.open()
    stage.presenter.mark_suspicious()
    await stage.idle()
    [(_, answer)] = world.sent
    assert (answer.status, answer.suspicious) == (DENIED, True)
    assert stage.view().suspicious
    assert not stage.view().can_mark


@pytest.mark.parametrize(
    ("error", "say", "code"),
    [
        (states.ended("already_answered", APPROVED), Say.ALREADY_ANSWERED, 60322),
        (states.ended("answered_elsewhere", APPROVED), Say.ELSEWHERE, 60322),
        (states.NOT_FOUND, Say.GONE, 20404),
    ],
)
async def test_an_end_that_leaves_nothing_to_answer(
    stage: Stage, world: World, error: Exception, say: Say, code: int
) -> None:
    world.outcome = error
    await stage.open()
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, say)
    assert stage.told[-1] == ("FAILED", "", code)
    assert not stage.view().has_buttons


async def test_too_late_is_told_apart(stage: Stage, world: World) -> None:
    world.outcome = states.ended("expired")
    await stage.open()
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.EXPIRED, Say.TOO_LATE)
    assert stage.told[-2:] == [("EXPIRED", "", 0), ("FAILED", "", 60323)]


@pytest.mark.parametrize(
    "error",
    [
        states.LOCKED,
        states.GONE_KEY,
        states.OFFLINE,
        states.CLOCK,
        states.DISK_FULL,
        states.BUSY,
    ],
    ids=lambda error: type(error).__name__ + "-" + error.name,
)
async def test_where_nothing_was_taken_the_buttons_come_back_under_guard(
    world: World, error: CountersignError
) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open()
    world.outcome = error
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.READY, Say.NOT_TAKEN)
    assert stage.view().error is error
    assert stage.told[-1] == ("FAILED", "", error.code)
    assert not stage.view().can_approve
    await stage.pass_by(0.5)
    assert stage.view().can_approve
    world.outcome = None
    stage.presenter.approve()
    await stage.idle()
    assert stage.view().phase is Phase.DONE
    await stage.end()


async def test_what_cannot_be_signed_is_not_offered_again(stage: Stage, world: World) -> None:
    world.outcome = states.NO_FIELDS
    await stage.open()
    stage.presenter.approve()
    await stage.idle()
    assert stage.view().phase is Phase.UNREADABLE
    assert not stage.view().can_approve


async def test_a_change_found_on_a_click_is_shown_and_approve_waits(
    stage: Stage, world: World
) -> None:
    await stage.open()
    world.outcome = states.ended("changed")
    world.service = challenge(message="Pay", updated=9)
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().notice) == (Phase.READY, Say.CHANGED_ON_CLICK)
    assert stage.view().message == "Pay"
    assert {("FAILED", "", 60324), ("CHANGED", "", 0)} <= set(stage.told)
    assert stage.view().can_deny
    assert not stage.view().can_approve
    await stage.pass_by(2)
    world.outcome = None
    stage.presenter.approve()
    await stage.idle()
    assert [request.challenge.message for request, _ in world.sent] == [
        "Sign in to Northwind online banking",
        "Pay",
    ]


async def test_an_answer_that_did_not_arrive_brings_the_buttons_back(
    stage: Stage, world: World
) -> None:
    world.outcome = states.ended("not_arrived")
    await stage.open()
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.READY, Say.NOT_ARRIVED)
    assert stage.view().can_approve
    assert world.reads == 2


async def test_a_full_disk_after_sending_leaves_the_fate_open(stage: Stage, world: World) -> None:
    await stage.open()
    world.outcome = states.DISK_FULL
    world.known = [decision()]
    stage.presenter.approve()
    await stage.idle()
    assert stage.view().phase is Phase.UNKNOWN


async def test_a_history_that_cannot_be_read_leaves_it_open_too(stage: Stage, world: World) -> None:
    await stage.open()
    world.outcome = world.known = states.DISK_FULL
    stage.presenter.approve()
    await stage.idle()
    assert stage.view().phase is Phase.UNKNOWN


async def test_leaving_does_not_call_an_answer_back(stage: Stage, world: World) -> None:
    world.hold = asyncio.Event()
    await stage.open()
    stage.presenter.approve()
    await stage.open(listed(challenge(sid=OTHER)))
    world.hold.set()
    await stage.idle()
    assert stage.view().sid == OTHER
    assert stage.view().phase is Phase.READY
    assert stage.told[-1] == ("CONFIRMED", "approved", 0)


async def test_coming_back_shows_that_it_is_still_on_its_way(stage: Stage, world: World) -> None:
    world.hold = asyncio.Event()
    await stage.open()
    stage.presenter.approve()
    await stage.open(listed(challenge(sid=OTHER)))
    await stage.open()
    assert stage.view().phase is Phase.SENDING
    stage.presenter.approve()
    world.hold.set()
    await stage.idle()
    assert stage.view().phase is Phase.DONE
    assert len(world.sent) == 1


async def test_one_that_was_left_and_failed_leaves_nothing_running(
    stage: Stage, world: World
) -> None:
    world.hold = asyncio.Event()
    world.outcome = states.LOCKED
    await stage.open()
    stage.presenter.approve()
    stage.presenter.close()
    world.hold.set()
    await stage.idle()
    assert stage.told[-1] == ("FAILED", "", 60405)
    assert world.hours.waiting == []
