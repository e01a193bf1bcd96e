from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel

from countersign.desktop.request.page import COLUMN
from countersign.desktop.request.scroller import Scroller
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.theme import Space, Type, font
from tests.desktop.request.world import challenge

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World


def _top(widget: QWidget, screen: Screen) -> int:
    return widget.mapTo(screen.pane, widget.rect().topLeft()).y()


def _scrolls(screen: Screen, *, wanted: bool = True) -> bool:
    return screen.button("moreButton").isVisible() is wanted


FULL = [(f"{i:02} " + "L" * 33, "v" * 128) for i in range(20)]


@pytest.mark.parametrize("size", [(400, 420), (400, 560), (720, 560)])
@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("letter", ["x", "ش", "漢"])
def test_the_longest_request_fits_and_its_buttons_stay(
    show: Callable[..., Screen],
    world: World,
    size: tuple[int, int],
    rtl: bool,  # noqa: FBT001 - a parameter of the test
    letter: str,
) -> None:
    world.service = challenge(message=letter * 256, fields=FULL)
    screen = show(width=size[0], height=size[1], rtl=rtl)
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
    while more.isEnabled() and pages < 100:
        screen.click(more)
        pages += 1
    assert 0 < pages < 100
    assert not more.text()
    assert screen.button("denyButton").width() == screen.button("approveButton").width()


def test_what_fits_does_not_scroll_because_it_scrolled(
    show: Callable[..., Screen], world: World
) -> None:
    metrics = QFontMetrics(font(Type.MESSAGE, bold=True))
    # One line at the full width, two beside the least gap for a scroll bar.
    fits = 400 - 2 * Space.L
    message = next(m for n in range(256) if metrics.horizontalAdvance(m := "i" * n) > fits - 7)
    world.service = challenge(message=message)
    screen = show(width=400, height=560)
    screen.open()
    foot = next(one for one in screen.pane.findChildren(QLabel) if "Not you?" in one.text())
    screen.qtbot.waitUntil(lambda: not _scrolls(screen) and 300 < _top(foot, screen) < 480)
    enough = _top(foot, screen) + foot.height() + Space.M + Space.L
    for height, scrolls in ((enough - 40, True), (enough, False)):
        screen.pane.resize(400, height)
        screen.qtbot.waitUntil(partial(_scrolls, screen, wanted=scrolls))


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


@pytest.mark.parametrize("size", [(400, 560), (560, 660), (720, 560)])
def test_one_request_after_another_is_as_high_as_it_is(
    show: Callable[..., Screen], world: World, size: tuple[int, int]
) -> None:
    screen = show(width=size[0], height=size[1])
    scroller = screen.pane.findChild(Scroller)
    assert isinstance(scroller, Scroller)
    for number, rows in enumerate((2, 1, 3, 0, 1, 2)):
        world.service = challenge(fields=[(f"Label {n}", "value") for n in range(rows)])
        screen.open(sid=f"YC{number:032x}")
        screen.shows("Asked")
        facts = next(one for one in screen.pane.findChildren(QLabel) if "Asked" in one.text())
        screen.qtbot.waitUntil(partial(_scrolls, screen, wanted=False))
        bottom = facts.mapTo(scroller, facts.rect().bottomLeft()).y()
        assert scroller.viewport().height() - 2 <= bottom + 1 <= scroller.viewport().height()


def test_a_height_that_is_wrong_for_a_moment_leaves_nothing_behind(
    show: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show()
    screen.open()
    scroller = screen.pane.findChild(Scroller)
    assert isinstance(scroller, Scroller)
    content = scroller.widget()
    assert content is not None
    layout = content.layout()
    assert layout is not None
    settled = scroller.maximumHeight
    screen.qtbot.waitUntil(lambda: scroller.height() == settled() == content.height())
    needed = scroller.height()
    heights = itertools.chain([needed + 50], itertools.repeat(needed))
    # As Qt says it between taking the old rows away and having laid out the new ones.
    monkeypatch.setattr(layout, "totalHeightForWidth", lambda _width: next(heights))
    QCoreApplication.sendEvent(content, QEvent(QEvent.Type.LayoutRequest))
    screen.qtbot.waitUntil(lambda: scroller.height() == settled() == needed)
    assert _scrolls(screen, wanted=False)
    assert scroller.viewport().height() == scroller.height()
    assert content.contentsMargins().isNull()
