from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from countersign.desktop.request.pane import COLUMN
from countersign.desktop.request.text_label import TextLabel
from tests.desktop.request.world import challenge

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World

FULL = [(f"{i:02} " + "L" * 33, "v" * 128) for i in range(20)]


@pytest.mark.parametrize("width", [400, 720])
@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("letter", ["x", "ش", "漢"])
def test_the_longest_request_fits_and_its_buttons_stay(
    show: Callable[..., Screen],
    world: World,
    width: int,
    rtl: bool,  # noqa: FBT001 - a parameter of the test
    letter: str,
) -> None:
    world.service = challenge(message=letter * 256, fields=FULL)
    screen = show(width=width, rtl=rtl)
    screen.open()
    screen.shows(FULL[-1][1])
    assert screen.pane.minimumSizeHint().width() <= 400
    assert screen.label("requestMessage").width() <= COLUMN
    screen.qtbot.waitUntil(lambda: screen.button("moreButton").isVisible())
    for name in ("approveButton", "denyButton"):
        button = screen.button(name)
        corner = button.mapTo(screen.pane, button.rect().bottomRight())
        assert screen.pane.rect().contains(corner)
    more = screen.button("moreButton")
    screen.qtbot.waitUntil(lambda: "more below" in more.text())
    pages = 0
    while more.isEnabled() and pages < 50:
        screen.click(more)
        pages += 1
    assert 0 < pages < 50
    assert not more.text()
    assert screen.button("denyButton").width() == screen.button("approveButton").width()


def test_what_is_selected_is_copied_as_it_is(show: Callable[..., Screen], world: World) -> None:
    world.service = challenge(message="Pay 😀 now", fields=())
    screen = show()
    screen.open()
    message = screen.label("requestMessage")
    assert isinstance(message, TextLabel)
    message.setFocus()
    screen.press(Qt.Key.Key_A, control=True, on=message)
    screen.press(Qt.Key.Key_C, control=True, on=message)
    assert QGuiApplication.clipboard().text() == "Pay 😀 now"
