"""What the delegates paint with: lines that break and end, edges that are crisp at any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from countersign.desktop.lists.paint import Brush, broken, joined, shown
from countersign.desktop.theme import font

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme

BLANK = "#123456"


def nearest(color: QColor, colors: list[QColor]) -> int:
    """Return which of the colours it is, give or take what sums of fractions lose; or fail."""
    for number, one in enumerate(colors):
        apart = (
            color.red() - one.red(),
            color.green() - one.green(),
            color.blue() - one.blue(),
        )
        if all(abs(part) <= 4 for part in apart):
            return number
    pytest.fail(f"{color.name()} is a mixture")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("offset", [0, 1, 3])
def test_edges_fill_whole_pixels(theme: Theme, scale: float, offset: int) -> None:
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(BLANK)
    painter = QPainter(image)
    rect = QRect(offset, 1, 100, 40)
    brush = Brush(painter, theme, rect, Qt.LayoutDirection.LeftToRight)
    brush.card(rect, theme.color("panel"), "accent")
    painter.end()
    colors = [QColor(BLANK), theme.color("panel"), theme.color("accent")]
    seen = set()
    for x in range(image.width()):
        seen.add(nearest(image.pixelColor(x, int(20 * scale)), colors))
    assert seen == {0, 1, 2}


@pytest.mark.parametrize(
    "text",
    ["", "one", "a b c d e f g h i j k l m n o p", "W" * 500, "\U0001f680" * 100, "שלום " * 40],
)
def test_a_text_is_broken_into_lines_without_losing_any(qtbot: QtBot, text: str) -> None:
    assert qtbot is not None
    look = font()
    lines = broken(text, look, 80, 3)
    assert len(lines) <= 3
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(QFontMetrics(look).horizontalAdvance(line) <= 80 for line in lines[:-1])


def test_parts_are_isolated_only_where_one_could_turn_another() -> None:
    assert joined(["Berlin", "", "1"]) == "Berlin · 1"
    assert joined(["אבג", "1"]) == "\u2068אבג\u2069 · \u20681\u2069"
    assert shown("\u2069x") == "⟨U+2069⟩x"  # none from outside can end ours
