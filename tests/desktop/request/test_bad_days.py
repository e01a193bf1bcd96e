"""What goes wrong while somebody looks: the service's doing, and the user's in the middle of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from countersign.desktop.request.ports import Waits
from countersign.push.errors import MappingError
from tests.desktop.request import states
from tests.desktop.request.world import (
    ACCOUNT,
    APPROVED,
    SID,
    START,
    challenge,
    decision,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.push.errors import CountersignError
    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World

NONSENSE = MappingError("not_json", "The service's answer can't be read.")
LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NONSENSE, "auth.northwind.example answered, but not as expected."),
        (states.OFFLINE, "Can't reach auth.northwind.example. Check your connection."),
        (states.BUSY, "auth.northwind.example is busy. Try again in a minute."),
    ],
    ids=["nonsense", "never", "busy"],
)
def test_a_text_that_cannot_be_had_says_why_and_can_be_had_later(
    show: Callable[..., Screen], world: World, error: CountersignError, words: str
) -> None:
    world.service = error
    screen = show()
    with screen.qtbot.waitSignal(screen.pane.decisionFailed) as told:
        screen.pane.open(listed(challenge()), chosen=True)
    assert told.args == [SID, error.code]
    assert f"Couldn't get the full request. {words}" in screen.words()
    assert not screen.button("approveButton").isEnabled()
    world.service = challenge()
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Try again"))
    assert screen.button("approveButton").isEnabled()


def test_a_slow_text_keeps_the_buttons_off(show: Callable[..., Screen], world: World) -> None:
    world.hold_reading = asyncio.Event()
    screen = show()
    screen.pane.open(listed(challenge()), chosen=True)
    screen.shows("Getting the full request…")
    world.hours.pass_by(60)
    screen.press(Qt.Key.Key_Return, control=True)
    assert not screen.button("approveButton").isEnabled()
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        world.hold_reading.set()
    assert world.sent == []


def test_an_answer_that_never_comes_back_is_not_sent_again(
    show: Callable[..., Screen], world: World
) -> None:
    world.hold = asyncio.Event()
    screen = show()
    screen.open()
    screen.click("approveButton")
    world.hours.pass_by(600)  # past its end, too: the service alone knows now
    screen.shows("Taking longer than usual. You don't need to click again.")
    screen.press(Qt.Key.Key_Return, control=True)
    assert not screen.button("approveButton").isEnabled()
    world.outcome = states.UNKNOWN
    with screen.qtbot.waitSignal(screen.pane.decisionUnknown):
        world.hold.set()
    assert len(world.sent) == 1


def _change(screen: Screen, world: World) -> None:
    world.service = challenge(message="Pay", updated=9)
    screen.pane.seen_in_poll({SID: world.service})


def _take_back(screen: Screen, world: World) -> None:
    world.service = states.NOT_FOUND
    with screen.qtbot.waitSignal(screen.pane.decisionFailed):
        screen.pane.seen_in_poll({}, [ACCOUNT.sid])


def _go_offline(screen: Screen, world: World) -> None:
    del world
    screen.pane.set_reachable(False)


def _expire(screen: Screen, world: World) -> None:
    del screen
    world.hours.pass_by(301)


@pytest.mark.parametrize("name", ["approveButton", "denyButton"])
@pytest.mark.parametrize("happens", [_change, _take_back, _go_offline, _expire])
def test_what_happens_under_a_pressed_button_comes_before_the_click(
    show: Callable[..., Screen],
    world: World,
    name: str,
    happens: Callable[[Screen, World], None],
) -> None:
    screen = show()
    screen.open()
    button = screen.button(name)
    screen.qtbot.mousePress(button, LEFT)  # type: ignore[no-untyped-call]
    happens(screen, world)
    screen.qtbot.mouseRelease(button, LEFT)  # type: ignore[no-untyped-call]
    assert not button.isEnabled()
    assert not button.isDown()
    assert world.sent == []


def test_hidden_characters_are_shown_and_copied_as_marks(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = challenge(message="a\u202eb", fields=[("c\u200bd", "\u2067e\nf")])
    screen = show()
    screen.pane.open(listed(world.service), chosen=True)
    screen.shows("⟨U+2067⟩e⟨U+000A⟩f")
    message = screen.label("requestMessage")
    message.setFocus()
    screen.press(Qt.Key.Key_C, control=True, on=message)
    assert QGuiApplication.clipboard().text() == "a⟨U+202E⟩b"


def test_closing_in_the_middle_of_an_answer_can_be_awaited(
    show: Callable[..., Screen], world: World
) -> None:
    world.hold = asyncio.Event()
    screen = show()
    screen.open()
    screen.click("denyButton")
    screen.qtbot.waitUntil(lambda: len(world.sent) == 1)
    screen.window.close()
    done = asyncio.ensure_future(screen.pane.settled())
    screen.qtbot.waitUntil(done.done)
    assert world.hours.waiting == []
    assert len(world.sent) == 1


def test_a_bug_while_reading_is_told_and_may_be_tried_again(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = ZeroDivisionError("a secret")
    screen = show()
    with screen.qtbot.waitSignal(screen.pane.tasks.failed) as broke:
        screen.pane.open(listed(challenge()), chosen=True)
    assert broke.args == [world.service]
    screen.shows("Couldn't get the full request. Something went wrong inside Countersign.")
    assert "secret" not in screen.words()
    assert not screen.button("approveButton").isEnabled()
    world.service = challenge()
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Try again"))


def test_a_bug_while_asking_what_became_of_an_answer_does_not_end_the_asking(
    show: Callable[..., Screen], world: World
) -> None:
    world.outcome = states.UNKNOWN
    screen = show()
    screen.open()
    with screen.qtbot.waitSignal(screen.pane.decisionUnknown):
        screen.click("approveButton")
    world.settles = ZeroDivisionError()
    with screen.qtbot.waitSignal(screen.pane.tasks.failed):
        world.hours.pass_by(2)
    screen.shows("Not known. Countersign asks again when you're online.")
    world.settles = None
    world.known = [decision(server_status=APPROVED, finished_at=START)]
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed):
        world.hours.pass_by(2)


def test_a_text_that_could_not_be_had_comes_by_itself_when_the_service_is_back(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = states.OFFLINE
    screen = show(Waits(guard=0.5))
    with screen.qtbot.waitSignal(screen.pane.decisionFailed):
        screen.pane.open(listed(challenge()), chosen=True)
    world.service = challenge()
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.pane.seen_in_poll({SID: challenge()})
    assert not screen.button("approveButton").isEnabled(), "it came without the user's choice"
    world.hours.pass_by(0.5)
    assert screen.button("approveButton").isEnabled()


def test_a_locked_store_can_be_unlocked_from_the_request(
    show: Callable[..., Screen], world: World
) -> None:
    world.outcome, world.unlocks = states.LOCKED, states.DISMISSED
    screen = show()
    screen.open()
    with screen.qtbot.waitSignal(screen.pane.decisionFailed):
        screen.click("approveButton")
    screen.shows("Your password store is locked. Unlock it to go on. Nothing was sent.")
    screen.click(screen.saying("Unlock"))
    screen.shows("Waiting for your password…")
    screen.qtbot.waitUntil(lambda: "store is still locked. Nothing was sent." in screen.words())
    world.outcome = world.unlocks = None
    screen.click(screen.saying("Unlock"))
    screen.qtbot.waitUntil(lambda: "locked" not in screen.words())
    assert len(world.sent) == 1, "unlocking is no answer"
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed):
        screen.click("approveButton")


def test_nonsense_is_not_asked_for_again_with_each_poll(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = NONSENSE
    screen = show()
    with screen.qtbot.waitSignal(screen.pane.decisionFailed):
        screen.pane.open(listed(challenge()), chosen=True)
    screen.pane.seen_in_poll({SID: challenge()})
    screen.shows("Couldn't get the full request.")
    assert world.reads == 1
