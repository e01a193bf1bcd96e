from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.desktop.request.view import Phase, Say
from tests.desktop.request import states
from tests.desktop.request.world import APPROVED, DENIED, challenge, decision, listed

if TYPE_CHECKING:
    from tests.desktop.request.stage import Stage
    from tests.desktop.request.world import World

OTHER = "YC" + "9" * 32


async def lose(stage: Stage) -> None:
    """Answer, and don't learn what became of it."""
    await stage.open()
    stage.world.outcome = states.UNKNOWN
    stage.world.known = [decision()]
    stage.presenter.approve()
    await stage.idle()


async def test_the_buttons_go_and_it_looks_again_more_and_more_rarely(
    stage: Stage, world: World
) -> None:
    await lose(stage)
    assert (stage.view().phase, stage.view().result) == (Phase.UNKNOWN, Say.UNKNOWN)
    assert not stage.view().has_buttons
    assert stage.told[-1] == ("UNKNOWN", "", 0)
    looks = []
    for pause in (2, 2, 2, 4, 8, 16, 32, 60, 60):
        await stage.pass_by(pause - 0.01)
        before = world.looks
        await stage.pass_by(0.01)
        looks.append(world.looks - before)
    assert looks == [1] * 9
    assert stage.view().result is Say.STILL_UNKNOWN
    assert len(world.sent) == 1


async def test_check_now_looks_at_once(stage: Stage, world: World) -> None:
    await lose(stage)
    world.known = [decision(server_status=APPROVED)]
    stage.presenter.check_now()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.DONE, Say.ARRIVED)
    assert stage.told[-1] == ("CONFIRMED", "approved", 0)
    assert world.hours.waiting == []


@pytest.mark.parametrize(
    ("name", "phase", "say", "code"),
    [
        ("expired", Phase.EXPIRED, Say.EXPIRED_FIRST, 60323),
        ("answered_elsewhere", Phase.CLOSED, Say.ELSEWHERE, 60322),
        ("not_found", Phase.CLOSED, Say.GONE, 20404),
        ("account_removed", Phase.CLOSED, Say.GONE, 20404),
        ("not_arrived", Phase.READY, Say.NOT_ARRIVED, 60401),
        ("locked", Phase.READY, Say.NOT_ARRIVED, 60401),
        ("changed", Phase.READY, Say.NOTHING, 60324),
    ],
)
async def test_each_fate_has_its_words(
    stage: Stage, name: str, phase: Phase, say: Say, code: int
) -> None:
    await lose(stage)
    stage.world.known = [decision(error=name)]
    await stage.pass_by(2)
    assert (stage.view().phase, stage.view().result) == (phase, say)
    assert ("FAILED", "", code) in stage.told


async def test_another_window_that_answers_is_waited_for(stage: Stage, world: World) -> None:
    await stage.open()
    world.outcome = states.BEING_ANSWERED
    stage.presenter.approve()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.UNKNOWN, Say.BEING_ANSWERED)
    world.known = [decision(DENIED, server_status=DENIED)]
    await stage.pass_by(2)
    assert (stage.view().phase, stage.view().answer) == (Phase.DONE, DENIED)


async def test_a_disk_that_fails_meanwhile_ends_nothing(stage: Stage, world: World) -> None:
    await lose(stage)
    world.settles = states.DISK_FULL
    await stage.pass_by(2)
    assert stage.view().result is Say.STILL_UNKNOWN
    world.settles = None
    world.known = [decision(server_status=APPROVED)]
    await stage.pass_by(2)
    assert stage.view().phase is Phase.DONE


async def test_it_goes_on_looking_for_one_that_was_left(stage: Stage, world: World) -> None:
    await lose(stage)
    world.known, world.outcome = [], None
    await stage.open(listed(challenge(sid=OTHER)))
    world.known = [decision(server_status=APPROVED)]
    await stage.pass_by(2)
    assert stage.told[-1] == ("CONFIRMED", "approved", 0)
    assert stage.view().sid == OTHER
