from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.desktop.compact.small import sid
from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, APPROVED, DENIED, challenge, decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.desktop.compact.small import Small
    from tests.desktop.request.world import World

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("name", ["approveButton", "denyButton"])
def test_after_a_confirmed_answer_it_goes(small: Small, world: World, name: str) -> None:
    small.show(1)
    small.answer(name)
    world.hours.pass_by(1.4)
    assert small.window.isVisible()
    world.hours.pass_by(0.2)
    assert not small.window.isVisible()
    assert (small.closings, small.reading) == (1, "")


def test_it_stays_where_that_is_wanted(make: Callable[..., Small], world: World) -> None:
    small = make(keep_open=True)
    small.show(1)
    small.answer()
    world.hours.pass_by(60)
    assert small.window.isVisible()


def test_going_on_to_another_one_keeps_it(small: Small, world: World, qtbot: QtBot) -> None:
    small.show(1, 2)
    small.answer()
    with qtbot.waitSignal(small.window.requestReady):
        small.click("nextRequestButton")
    world.hours.pass_by(10)
    assert small.window.isVisible()
    assert small.reading == sid(2)


def test_advice_is_not_taken_from_under_the_reader(small: Small, world: World) -> None:
    small.show(1)
    small.answer("denyButton")
    small.click("suspiciousButton")
    world.hours.pass_by(10)
    assert "Someone may know your password" in small.label("requestResult")


def test_it_waits_while_the_user_is_about_to_say_more(
    small: Small, world: World, qtbot: QtBot
) -> None:
    small.show(1)
    small.window.activateWindow()
    qtbot.waitUntil(small.window.isActiveWindow)
    small.answer("denyButton")
    small.button("suspiciousButton").setFocus()
    world.hours.pass_by(10)
    assert small.window.isVisible()
    small.button("openMainButton").setFocus()
    world.hours.pass_by(1.5)
    assert not small.window.isVisible()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (states.ended("answered_elsewhere"), "answered with your key, but not by this app"),
        (states.LOCKED, "Your password store is locked."),
        (states.UNKNOWN, "We don't know yet if your approval arrived."),
        (states.ended("expired"), "Too late: it expired"),
    ],
)
def test_alarms_failures_and_unknown_fates_stay(
    small: Small, world: World, qtbot: QtBot, outcome: Exception, words: str
) -> None:
    world.outcome = outcome
    small.show(1)
    small.click("approveButton")
    qtbot.waitUntil(lambda: words in small.label("requestResult"))
    world.hours.pass_by(1.6)
    assert small.window.isVisible()


def test_what_was_unknown_stays_when_it_is_found_out(
    small: Small, world: World, qtbot: QtBot
) -> None:
    world.outcome = states.UNKNOWN
    small.show(1)
    with qtbot.waitSignal(small.window.decisionUnknown):
        small.click("approveButton")
    world.known = [decision(APPROVED, server_status=APPROVED)]
    with qtbot.waitSignal(small.window.decisionConfirmed):
        world.hours.pass_by(2)
    world.hours.pass_by(10)
    assert small.label("requestResult") == "✓ Approved. Your answer had arrived."


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_W, CONTROL)],
)
def test_escape_closes_and_answers_nothing(
    small: Small, world: World, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    small.show(1)
    small.press(key, modifier)
    assert not small.window.isVisible()
    assert small.closings == 1
    assert world.sent == []
    assert world.hours.waiting == []


def test_it_can_come_again(small: Small) -> None:
    small.show(1)
    small.window.close()
    small.show(1)
    assert small.window.isVisible()
    assert small.button("approveButton").isEnabled()


def test_the_whole_window_is_one_click_away(small: Small, qtbot: QtBot, world: World) -> None:
    small.show(1)
    with qtbot.waitSignal(small.window.openMainRequested) as asked:
        small.click("openMainButton")
    assert asked.args == [sid(1)]
    assert not small.window.isVisible()
    assert world.sent == []


# --- Ending in the middle ------------------------------------------------------------------------


@pytest.mark.parametrize("leave", ["close", "next", "stay"])
@pytest.mark.parametrize("outcome", [None, states.LOCKED, states.UNKNOWN])
def test_an_end_waits_for_an_answer_on_its_way(
    small: Small, world: World, qtbot: QtBot, outcome: Exception | None, leave: str
) -> None:
    world.hold, world.outcome = asyncio.Event(), outcome
    small.show(1, 2)
    small.click("denyButton")
    qtbot.waitUntil(lambda: len(world.sent) == 1)
    if leave == "close":
        small.window.close()
    elif leave == "next":
        small.click("nextButton")
    ended = asyncio.ensure_future(small.window.settled())
    reading = asyncio.ensure_future(world.find(sid(1)))  # begun later, and done before
    qtbot.waitUntil(reading.done)
    assert not ended.done()
    told: list[tuple[str, str]] = []
    small.window.decisionConfirmed.connect(lambda *args: told.append(args))
    world.hold.set()
    qtbot.waitUntil(ended.done)
    assert told == ([(sid(1), "denied")] if outcome is None else [])
    assert [answer.status for _, answer in world.sent] == [DENIED]


def test_an_end_with_nothing_under_way_is_quick(small: Small, qtbot: QtBot, world: World) -> None:
    small.show(1)
    ended = asyncio.ensure_future(small.window.settled())
    qtbot.waitUntil(ended.done)
    assert world.hours.waiting == []


def test_what_the_pane_tells_is_told_on(small: Small, qtbot: QtBot, world: World) -> None:
    small.show(1)
    with qtbot.waitSignal(small.window.requestChanged):
        changed = challenge(sid=sid(1), message="Another", updated=1)
        small.window.seen_in_poll({sid(1): changed})
    world.service = states.OFFLINE
    with qtbot.waitSignal(small.window.decisionFailed) as failed:
        small.window.pane.presenter.read_again()
    assert failed.args == [sid(1), 60401]
    with qtbot.waitSignal(small.window.requestExpired) as expired:
        world.hours.pass_by(301)
    assert expired.args == [sid(1)]
    with qtbot.waitSignal(small.window.removeAccountRequested) as remove:
        small.window.pane.removeAccountRequested.emit(ACCOUNT.sid)
    assert remove.args == [ACCOUNT.sid]
