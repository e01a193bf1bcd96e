"""The pane without a mouse: names, tab order, focus, selecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from countersign.desktop.request.ports import Waits
from tests.desktop.request import states
from tests.desktop.request.world import SID, challenge, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World

NAMES = (
    "requestMessage",
    "requestFields",
    "requestCountdown",
    "requestNotice",
    "requestResult",
    "approveButton",
    "denyButton",
    "suspiciousButton",
    "nextRequestButton",
)


def focused() -> str:
    """Return the name, or the words, of what has the focus."""
    widget = QApplication.focusWidget()
    return (widget.objectName() or widget.accessibleName()) if widget else ""


def opened(show: Callable[..., Screen], **size: int) -> Screen:
    """Show a request in a window that has the focus."""
    screen = show(**size)
    screen.open()
    screen.window.activateWindow()
    screen.qtbot.waitUntil(screen.window.isActiveWindow)
    return screen


def tab_through(screen: Screen) -> list[str]:
    """Return where Tab leads from the message, until it is back or leads nowhere new."""
    screen.label("requestMessage").setFocus(Qt.FocusReason.TabFocusReason)
    seen = [focused()]
    while len(seen) < 30:
        screen.press(Qt.Key.Key_Tab, on=QApplication.focusWidget())
        if focused() in seen:
            return seen
        seen.append(focused())
    raise AssertionError(seen)


def test_each_name_is_there_once(show: Callable[..., Screen]) -> None:
    screen = opened(show)
    for name in NAMES:
        assert len(screen.pane.findChildren(QWidget, name)) == 1, name


@pytest.mark.parametrize("error", [None, states.LOCKED], ids=["ready", "failed"])
def test_each_button_is_called_as_it_reads_and_is_nobodys_default(
    show: Callable[..., Screen], world: World, error: Exception | None
) -> None:
    world.outcome = error
    screen = opened(show)
    screen.pane.set_next(2)
    if error is not None:
        with screen.qtbot.waitSignal(screen.pane.decisionFailed):
            screen.click("approveButton")
    buttons = screen.pane.findChildren(QAbstractButton)
    named = [button for button in buttons if button.text()]
    assert len(named) > 5
    for button in named:
        assert button.accessibleName() == button.text()
        if isinstance(button, QPushButton):
            assert not button.autoDefault()


@pytest.mark.parametrize("size", [{}, {"width": 400, "height": 420}], ids=["pane", "compact"])
def test_nothing_focuses_an_answer_by_itself(
    show: Callable[..., Screen], qtbot: QtBot, size: dict[str, int]
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    screen = show(**size)
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    screen.open()  # as a compact window does it: filled before the user comes to it
    for _ in range(2):
        screen.window.activateWindow()
        qtbot.waitUntil(screen.window.isActiveWindow)
        assert focused() == "requestMessage"
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)


def test_tab_goes_from_the_text_to_deny_to_approve(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = challenge(fields=[("a", "b")] * 20)
    screen = opened(show)
    screen.qtbot.waitUntil(screen.button("moreButton").isVisible)
    assert tab_through(screen) == [
        "requestMessage",
        "moreButton",
        "denyButton",
        "approveButton",
        "suspiciousButton",
    ]


def test_after_an_answer_tab_reaches_the_result(show: Callable[..., Screen]) -> None:
    screen = opened(show)
    screen.pane.set_next(2)
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed):
        screen.click("denyButton")
    assert tab_through(screen) == [
        "requestMessage",
        "suspiciousButton",
        "requestResult",
        "nextRequestButton",
    ]


def test_the_arrows_go_through_the_text_and_tab_comes_back_to_it(
    show: Callable[..., Screen],
) -> None:
    screen = opened(show)
    screen.label("requestMessage").setFocus(Qt.FocusReason.TabFocusReason)
    seen = [focused()]
    for _ in range(9):
        screen.press(Qt.Key.Key_Down, on=QApplication.focusWidget())
        seen.append(focused())
    assert seen[:5] == [
        "requestMessage",
        "What Northwind Bank says",
        "Location",
        "Berlin, Germany",
        "IP address",
    ]
    assert seen[-1].startswith("Asked 23:10:04")
    screen.press(Qt.Key.Key_Up, on=QApplication.focusWidget())
    assert focused() == "Firefox 144 on Linux"
    screen.press(Qt.Key.Key_Tab, on=QApplication.focusWidget())
    assert focused() == "denyButton"
    screen.press(Qt.Key.Key_Backtab, on=QApplication.focusWidget())
    assert focused() == "Firefox 144 on Linux"


def test_the_arrows_bring_what_is_below_into_sight(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = challenge(fields=[(f"label {i}", "v" * 128) for i in range(20)])
    screen = opened(show, width=400, height=420)
    screen.qtbot.waitUntil(screen.button("moreButton").isVisible)
    screen.label("requestMessage").setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(41):
        screen.press(Qt.Key.Key_Down, on=QApplication.focusWidget())
    assert focused() == "v" * 128
    assert not screen.button("moreButton").text()


def test_keys_select_and_copy_a_part(show: Callable[..., Screen], world: World) -> None:
    world.service = challenge(fields=[("Code", "one two 😀x"), ("شيء", "واحد اثنان")])
    screen = opened(show)

    def keys(text: str, *presses: tuple[Qt.Key, Qt.KeyboardModifier]) -> str:
        [label] = [one for one in screen.pane.findChildren(QWidget) if one.accessibleName() == text]
        label.setFocus(Qt.FocusReason.TabFocusReason)
        for key, modifiers in presses:
            screen.qtbot.keyClick(label, key, modifiers)  # type: ignore[no-untyped-call]
        screen.press(Qt.Key.Key_C, control=True, on=label)
        return QGuiApplication.clipboard().text()

    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    word = shift | Qt.KeyboardModifier.ControlModifier
    key = Qt.Key
    assert keys("one two 😀x", (key.Key_Right, word)) == "one "
    assert keys("one two 😀x", (key.Key_End, none), (key.Key_Left, shift)) == "x"
    assert keys("one two 😀x", (key.Key_End, none), *[(key.Key_Left, shift)] * 2) == "😀x"
    assert keys("one two 😀x", (key.Key_Home, none), (key.Key_End, shift)) == "one two 😀x"
    assert keys("واحد اثنان", (key.Key_Home, none), (key.Key_Left, word)) == "واحد "
    assert keys("Code") == "Code"


def test_a_focus_in_the_text_never_ends_on_a_button(
    show: Callable[..., Screen], world: World
) -> None:
    screen = opened(show)
    world.service = challenge(fields=[("IP address", "198.51.100.9")], updated=9)
    [value] = [
        one for one in screen.pane.findChildren(QWidget) if one.accessibleName() == "203.0.113.24"
    ]
    value.setFocus(Qt.FocusReason.TabFocusReason)
    screen.pane.seen_in_poll({SID: world.service})
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Show the new text"))
    assert focused() in {"requestMessage", "requestPanel"}


@pytest.mark.parametrize("name", ["denyButton", "approveButton", "suspiciousButton"])
def test_going_offline_moves_the_focus_to_no_other_answer(
    show: Callable[..., Screen], world: World, name: str
) -> None:
    screen = opened(show, waits=Waits(guard=0.5))  # type: ignore[arg-type]
    screen.button(name).setFocus(Qt.FocusReason.TabFocusReason)
    screen.pane.set_reachable(False)
    assert focused() == "requestPanel"
    assert "Your answer can't be sent while you're offline." in screen.words()
    screen.press(Qt.Key.Key_Return, control=True)
    screen.press(Qt.Key.Key_Backspace, control=True)
    assert world.sent == []
    screen.pane.set_reachable(True)
    assert not screen.button("denyButton").isEnabled()
    world.hours.pass_by(0.5)
    assert screen.button("denyButton").isEnabled()
    assert focused() == "requestPanel"
    assert "offline" not in screen.words()


def test_coming_back_to_the_window_keeps_the_way_of_reading(show: Callable[..., Screen]) -> None:
    screen = opened(show)
    message = screen.label("requestMessage")
    screen.button("denyButton").setFocus()
    message.setFocus(Qt.FocusReason.TabFocusReason)
    reason = Qt.FocusReason.ActiveWindowFocusReason
    plain = message.grab().toImage()
    for kind in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):
        QApplication.sendEvent(message, QFocusEvent(kind, reason))
    assert message.grab().toImage() == plain
    message.clearFocus()
    assert message.grab().toImage() != plain


def test_the_way_to_the_next_request_leaves_the_focus_with_it(
    show: Callable[..., Screen], world: World
) -> None:
    screen = show()
    elsewhere = QPushButton(screen.window)
    elsewhere.show()
    screen.window.activateWindow()
    screen.qtbot.waitUntil(screen.window.isActiveWindow)
    screen.open()
    screen.pane.set_next(1)
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed):
        screen.click("denyButton")
    screen.button("nextRequestButton").setFocus()
    other = challenge(sid="YC" + "7" * 32)
    world.service = other
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.pane.open(listed(other), chosen=False)
    assert not screen.button("nextRequestButton").isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is screen.pane or screen.pane.isAncestorOf(focused)
    assert focused not in {screen.button("approveButton"), screen.button("denyButton")}
