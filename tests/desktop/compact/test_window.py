from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from countersign.desktop.request.ports import Waits
from tests.desktop.compact.small import request, sid
from tests.desktop.request.world import ACCOUNT, APPROVED, challenge, decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.desktop.compact.small import Small
    from tests.desktop.request.world import World

ALT = Qt.KeyboardModifier.AltModifier


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
