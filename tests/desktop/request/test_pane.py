from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from countersign.desktop.request.pane import RequestPane
from countersign.desktop.request.ports import Waits
from tests.desktop.request import states
from tests.desktop.request.world import SID, World, challenge, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from tests.desktop.request.screen import Screen


def test_it_shows_the_request_as_the_company_sent_it(show: Callable[..., Screen]) -> None:
    screen = show()
    screen.open()
    assert screen.pane.objectName() == "requestPanel"
    assert screen.label("requestMessage").text() == "Sign in to Northwind online banking"
    words = screen.words()
    for text in (
        "Northwind Bank",
        "auth.northwind.example",
        "What Northwind Bank says",
        "203.0.113.24",
        "Asked 23:10:04 · Expires 23:15:04 · Checked by Countersign",
        "Not you? Deny it. You can't undo an answer.",
    ):
        assert text in words
    assert screen.label("requestCountdown").text() == "5 min 0 s left"


def test_all_that_is_shown_is_plain_text(show: Callable[..., Screen], world: World) -> None:
    world.service = challenge(message="<b>Hi</b>", fields=[("<a href='x'>l</a>", "<img src=x>")])
    screen = show()
    screen.pane.open(listed(world.service), chosen=True)
    screen.shows("<img src=x>")
    labels = [label for label in screen.pane.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert screen.label("requestMessage").text() == "<b>Hi</b>"


def test_names_for_screen_readers_are_the_visible_words(show: Callable[..., Screen]) -> None:
    screen = show()
    screen.open()
    for name, word in (("approveButton", "Approve"), ("denyButton", "Deny")):
        assert screen.button(name).text() == word
        assert screen.button(name).accessibleName() == word
        assert not screen.button(name).isDefault()
        assert not screen.button(name).autoDefault()
        assert not screen.button(name).hasFocus()
    fields = screen.pane.findChild(QWidget, "requestFields")
    assert isinstance(fields, QWidget)
    assert fields.accessibleName() == "What Northwind Bank says"


def test_no_details_say_so(show: Callable[..., Screen], world: World) -> None:
    world.service = challenge(fields=())
    screen = show()
    screen.open()
    assert (
        "Northwind Bank gave no details. Approve only if you are signing in right now."
        in screen.words()
    )


def test_approving(show: Callable[..., Screen], qtbot: QtBot, world: World) -> None:
    screen = show()
    screen.open()
    world.hours.pass_by(5)
    with qtbot.waitSignal(screen.pane.decisionConfirmed) as told:
        screen.click("approveButton")
    assert told.args == [SID, "approved"]
    assert screen.label("requestResult").text() == (
        "✓ Approved at 23:10:09. Northwind Bank has it."
    )
    assert screen.button("approveButton").isHidden()


def test_two_clicks_send_one_answer(
    show: Callable[..., Screen], qtbot: QtBot, world: World
) -> None:
    world.hold = asyncio.Event()
    screen = show()
    screen.open()
    screen.click("approveButton")
    screen.click("approveButton")
    screen.click("denyButton")
    screen.shows("Approving…")
    world.hours.pass_by(5)
    screen.shows("Taking longer than usual. You don't need to click again.")
    with qtbot.waitSignal(screen.pane.decisionConfirmed):
        world.hold.set()
    assert len(world.sent) == 1


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (Qt.Key.Key_Return, "approved"),
        (Qt.Key.Key_Enter, "approved"),
        (Qt.Key.Key_Backspace, "denied"),
    ],
)
def test_the_keyboard_answers_under_the_same_guard(
    show: Callable[..., Screen], world: World, key: Qt.Key, status: str
) -> None:
    screen = show(Waits(guard=0.5))
    screen.open(chosen=False)
    screen.press(key, control=True)
    assert not screen.button("approveButton").isEnabled()
    world.hours.pass_by(0.5)
    assert world.sent == []
    assert screen.button("approveButton").isEnabled()
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed) as told:
        screen.press(key, control=True)
    assert told.args == [SID, status]


def test_plain_enter_and_escape_answer_nothing(show: Callable[..., Screen], world: World) -> None:
    screen = show()
    screen.open()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space):
        screen.press(key)
    assert world.sent == []
    assert screen.button("approveButton").isEnabled()


def test_nothing_to_show_has_words(show: Callable[..., Screen]) -> None:
    screen = show()
    screen.open()
    screen.pane.show_empty("Nothing waits for you.")
    assert "Nothing waits for you." in screen.words()
    assert not screen.button("approveButton").isVisible()


def test_one_that_cannot_be_read_can_be_tried_again(
    show: Callable[..., Screen], qtbot: QtBot, world: World
) -> None:
    world.service = states.OFFLINE
    screen = show()
    screen.pane.open(listed(challenge()), chosen=True)
    screen.shows("Couldn't get the full request. Can't reach auth.northwind.example.")
    world.service = challenge()
    with qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Try again"))
    assert screen.button("approveButton").isEnabled()


def test_closing_in_the_middle_leaves_nothing_behind(
    show: Callable[..., Screen], world: World
) -> None:
    world.hold = asyncio.Event()
    screen = show()
    screen.open()
    screen.click("denyButton")
    screen.shows("Denying…")
    screen.pane.window().close()
    screen.qtbot.waitUntil(lambda: len(world.sent) == 1)


def test_real_timers_end_with_the_pane(qtbot: QtBot, qt_loop: Loop, theme: Theme) -> None:
    assert qt_loop.is_running()
    world = World()
    pane = RequestPane(theme, world, world)
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.requestReady):
        pane.open(listed(challenge()), chosen=False)
    approve = pane.findChild(QPushButton, "approveButton")
    assert isinstance(approve, QPushButton)
    assert not approve.isEnabled()
    qtbot.waitUntil(approve.isEnabled)
