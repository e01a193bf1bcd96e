from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from countersign.desktop.request.ports import Waits
from tests.desktop.compact.small import request, sid
from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, APPROVED, DENIED, challenge, decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.desktop.compact.small import Small
    from tests.desktop.request.world import World

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


# --- Coming --------------------------------------------------------------------------------------


def test_it_comes_at_the_lower_right_and_takes_no_focus(small: Small) -> None:
    small.show(1)
    window = small.window
    screen = window.screen().availableGeometry()
    assert window.objectName() == "compactWindow"
    assert window.windowTitle() == "Request from Northwind Bank"
    assert window.isVisible()
    # Offscreen, every window that is shown is active: that this works is seen on X11 alone.
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.isWindow()
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint == Qt.WindowType(0)
    assert window.width() == 400
    assert screen.contains(window.frameGeometry())
    assert screen.right() - window.geometry().right() == 16
    for name in ("approveButton", "denyButton"):
        assert QApplication.focusWidget() is not small.button(name)


def test_all_of_a_request_is_seen_and_the_longest_has_its_buttons(
    small: Small, world: World, qtbot: QtBot
) -> None:
    world.service = challenge(
        message="x" * 256, fields=[(f"{i:02}" + "L" * 34, "v" * 128) for i in range(20)]
    )
    small.show(1)
    window = small.window
    most = window.screen().availableGeometry().height() * 0.7
    qtbot.waitUntil(lambda: small.button("moreButton").isVisible())
    assert window.frameGeometry().height() <= most
    for name in ("approveButton", "denyButton", "openMainButton"):
        button = small.button(name)
        assert window.rect().contains(button.mapTo(window, button.rect().bottomRight()))


def test_a_short_request_needs_no_scrolling(small: Small, qtbot: QtBot) -> None:
    small.show(1)
    qtbot.waitUntil(lambda: small.window.height() > 300)
    qtbot.waitUntil(lambda: not small.button("moreButton").isVisible())
    bottom = small.window.geometry().bottom()
    small.answer()
    assert small.window.geometry().bottom() == bottom


def test_the_users_own_size_stays(small: Small, qtbot: QtBot, world: World) -> None:
    small.show(1, 2)
    qtbot.waitUntil(lambda: small.window.height() > 300)
    small.window.resize(500, 300)
    world.service = challenge(fields=[(f"Label {i}", "value") for i in range(20)])
    with qtbot.waitSignal(small.window.requestReady):
        small.click("nextButton")
    qtbot.waitUntil(lambda: small.button("moreButton").isVisible())
    assert (small.window.width(), small.window.height()) == (500, 300)


def test_names_from_outside_stay_what_they_are(small: Small) -> None:
    odd = replace(ACCOUNT, label="A[*]\u202eB")
    small.window.set_requests([replace(request(1), account=odd)])
    small.window.show_request(sid(1), chosen=True)
    assert small.window.windowTitle() == "Request from A[*][*]⟨U+202E⟩B"


def test_closing_it_never_ends_the_app(small: Small) -> None:
    assert not small.window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


@pytest.mark.parametrize("chosen", [True, False])
def test_the_guard_holds_unless_the_user_chose_it(
    make: Callable[..., Small],
    world: World,
    chosen: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    small = make(Waits(guard=0.5))
    small.show(1, chosen=chosen)
    assert small.button("approveButton").isEnabled() is chosen
    world.hours.pass_by(0.5)
    assert small.button("approveButton").isEnabled()


def test_what_does_not_wait_is_not_shown(small: Small) -> None:
    assert not small.window.show_request(sid(1), chosen=True)
    assert not small.window.isVisible()


# --- Several -------------------------------------------------------------------------------------


def test_one_alone_has_no_number(small: Small) -> None:
    small.show(1)
    assert small.label("compactPosition") == ""
    assert not small.button("nextButton").isVisible()


def test_the_arrows_lead_through_them_under_guard(
    make: Callable[..., Small], world: World, qtbot: QtBot
) -> None:
    small = make(Waits(guard=0.5))
    small.show(1, 2, 3)
    assert small.label("compactPosition") == "1 of 3"
    assert not small.button("previousButton").isEnabled()
    with qtbot.waitSignal(small.window.requestReady):
        small.click("nextButton")
    assert (small.reading, small.label("compactPosition")) == (sid(2), "2 of 3")
    assert not small.button("approveButton").isEnabled()
    world.hours.pass_by(0.5)
    assert small.button("approveButton").isEnabled()
    small.press(Qt.Key.Key_Down, ALT)
    assert small.label("compactPosition") == "3 of 3"
    assert not small.button("nextButton").isEnabled()
    small.press(Qt.Key.Key_Down, ALT)
    assert small.reading == sid(3)
    small.press(Qt.Key.Key_Up, ALT)
    assert small.reading == sid(2)


def test_new_ones_only_count(small: Small) -> None:
    small.show(1)
    small.window.set_requests([request(2), request(1)])
    assert small.window.show_request(sid(2), chosen=False)
    assert (small.reading, small.label("compactPosition")) == (sid(1), "1 of 2")
    assert not small.window.show_request(sid(9), chosen=False)


def test_the_users_choice_replaces_what_is_read(small: Small, qtbot: QtBot) -> None:
    small.show(1, 2)
    with qtbot.waitSignal(small.window.requestReady):
        assert small.window.show_request(sid(2), chosen=True)
    assert small.reading == sid(2)


def test_one_that_vanishes_stays_and_says_what_became_of_it(
    small: Small, world: World, qtbot: QtBot
) -> None:
    small.show(1, 2)
    world.service = challenge(status="approved")
    world.known = [decision(APPROVED, server_status=APPROVED)]
    small.window.set_requests([request(2)])
    small.window.seen_in_poll({}, {ACCOUNT.sid})
    words = "You already approved this request on this computer."
    qtbot.waitUntil(lambda: small.label("requestResult") == words)
    assert small.reading == sid(1)
    assert small.label("compactPosition") == "1 of 2"
    assert not small.button("approveButton").isVisible()
    with qtbot.waitSignal(small.window.requestReady):
        world.service, world.known = challenge(), []
        small.click("nextRequestButton")
    assert (small.reading, small.label("compactPosition")) == (sid(2), "")


def test_a_service_out_of_reach_takes_no_answer(make: Callable[..., Small], world: World) -> None:
    small = make(reachable=lambda factor: factor != ACCOUNT.sid)
    small.show(1)
    assert not small.button("approveButton").isEnabled()
    small.window.set_reachable(True)
    assert small.button("approveButton").isEnabled()
    assert world.sent == []


# --- Going ---------------------------------------------------------------------------------------


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
    for _ in range(3):
        with qtbot.waitSignal(small.window.destroyed, timeout=0, raising=False):
            pass
    assert not ended.done()
    told = []
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
