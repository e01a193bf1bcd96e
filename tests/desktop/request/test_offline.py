from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from countersign.desktop.request.ports import Waits
from countersign.desktop.request.view import Phase, Say
from tests.desktop.request import states
from tests.desktop.request.stage import Stage
from tests.desktop.request.world import SID, challenge

if TYPE_CHECKING:
    from tests.desktop.request.world import World


def buttons(stage: Stage) -> tuple[bool, bool, bool]:
    """Return whether Approve, Deny and "It wasn't me" can be clicked."""
    view = stage.view()
    return view.can_approve, view.can_deny, view.can_mark


async def test_offline_takes_the_buttons_off_and_the_guard_brings_them_back(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open()
    assert buttons(stage) == (True, True, True)
    stage.presenter.set_reachable(reachable=False)
    assert buttons(stage) == (False, False, False)
    assert stage.view().offline
    stage.presenter.approve()
    stage.presenter.deny()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert world.sent == []
    stage.presenter.set_reachable(reachable=True)
    assert not stage.view().offline
    await stage.pass_by(0.4)
    assert buttons(stage) == (False, False, False)
    await stage.pass_by(0.1)
    assert buttons(stage) == (True, True, True)
    await stage.end()


async def test_saying_the_same_again_sets_no_guard(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open()
    stage.presenter.set_reachable(reachable=True)
    assert buttons(stage) == (True, True, True)
    await stage.end()


async def test_a_guard_does_not_end_while_offline(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open(chosen=False)
    stage.presenter.set_reachable(reachable=False)
    await stage.pass_by(5)
    assert buttons(stage) == (False, False, False)
    await stage.end()


async def test_coming_back_begins_the_guard_anew(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open(chosen=False)
    await stage.pass_by(0.4)
    stage.presenter.set_reachable(reachable=False)
    stage.presenter.set_reachable(reachable=True)
    await stage.pass_by(0.4)
    assert buttons(stage) == (False, False, False)
    await stage.pass_by(0.1)
    assert buttons(stage) == (True, True, True)
    await stage.end()


async def test_approve_still_waits_for_a_new_text_after_coming_back(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open()
    world.service = challenge(message="Pay", updated=9)
    stage.presenter.seen_in_poll({SID: world.service})
    stage.presenter.read_again()
    await stage.idle()
    await stage.pass_by(1)
    stage.presenter.set_reachable(reachable=False)
    stage.presenter.set_reachable(reachable=True)
    await stage.pass_by(0.5)
    assert buttons(stage) == (False, True, True)
    await stage.pass_by(1.5)
    assert buttons(stage) == (True, True, True)
    await stage.end()


async def test_one_that_opens_while_offline_has_no_buttons(stage: Stage) -> None:
    stage.presenter.set_reachable(reachable=False)
    await stage.open()
    assert (stage.view().phase, stage.view().offline) == (Phase.READY, True)
    assert buttons(stage) == (False, False, False)
    stage.presenter.set_reachable(reachable=True)
    assert buttons(stage) == (True, True, True)


async def test_an_answer_on_its_way_goes_on(stage: Stage, world: World) -> None:
    await stage.open()
    world.hold = asyncio.Event()
    stage.presenter.approve()
    await stage.idle()
    stage.presenter.set_reachable(reachable=False)
    assert (stage.view().phase, stage.view().offline) == (Phase.SENDING, False)
    world.hold.set()
    await stage.idle()
    assert (stage.view().phase, stage.view().result) == (Phase.DONE, Say.CONFIRMED)


async def test_an_unknown_fate_is_still_asked_about(stage: Stage, world: World) -> None:
    await stage.open()
    world.outcome = states.UNKNOWN
    stage.presenter.approve()
    await stage.idle()
    stage.presenter.set_reachable(reachable=False)
    assert not stage.view().offline
    await stage.pass_by(2)
    assert world.looks == 1
