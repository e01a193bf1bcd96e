"""Where the company's policy is in the way, Approve is off and says why; Deny is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from countersign.desktop.request.view import Phase
from countersign.device.policy import Policy, PolicyBroken
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.policy import PolicyState
    from tests.desktop.request.screen import Screen
    from tests.desktop.request.stage import Stage
    from tests.desktop.request.world import World

BROKEN = PolicyBroken("It isn't one.")
PIN = Policy(pin_required=True)
BOTH = pytest.mark.parametrize(
    ("policy", "why"),
    [(BROKEN, "your company's settings can't be used"), (PIN, "your company wants a PIN")],
    ids=["broken", "a PIN"],
)


@BOTH
async def test_nothing_approves(world: World, stage: Stage, policy: PolicyState, why: str) -> None:
    world.policy = policy
    await stage.open()
    assert (stage.view().can_approve, stage.view().can_deny) == (False, True), why
    stage.presenter.approve()
    stage.presenter.set_reachable(reachable=False)
    stage.presenter.set_reachable(reachable=True)
    stage.presenter.read_again()
    stage.presenter.approve()
    await stage.idle()
    assert world.sent == []
    assert not stage.view().can_approve


async def test_denying_goes_on(world: World, stage: Stage) -> None:
    world.policy = BROKEN
    await stage.open()
    stage.presenter.deny()
    await stage.idle()
    assert [answer.status for _, answer in world.sent] == [ChallengeStatus.DENIED]
    assert stage.view().phase is Phase.DONE


@BOTH
@pytest.mark.parametrize("width", [720, 400], ids=["pane", "small window"])
def test_the_reason_stands_under_the_buttons(
    world: World, show: Callable[..., Screen], policy: PolicyState, why: str, width: int
) -> None:
    world.policy = policy
    screen = show(width=width)
    screen.open()
    approve = screen.button("approveButton")
    assert not approve.isEnabled()
    assert screen.button("denyButton").isEnabled()
    screen.shows(why)
    assert "You can deny." in screen.words()
    assert why in approve.accessibleDescription()
    assert any(why in text for text, _ in screen.spoken)
    screen.press(Qt.Key.Key_Return, control=True)
    assert world.sent == []


def test_without_a_policy_there_is_no_such_word(world: World, show: Callable[..., Screen]) -> None:
    screen = show()
    screen.open()
    assert world.policy == Policy()
    assert screen.button("approveButton").isEnabled()
    assert screen.button("approveButton").accessibleDescription() == ""
    assert "your company" not in screen.words()
