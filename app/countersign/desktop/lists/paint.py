"""What the delegates paint with: text from outside on one line or a few, cards, badges, icons.

All takes logical rectangles: in a right-to-left layout, each is mirrored at the place where it is
painted, so that a delegate is written once.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from countersign.desktop.theme import RADIUS, Type, font
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor, QFont, QPixmap

    from countersign.desktop.theme import Theme

SEPARATOR: Final = " · "
LIMIT: Final = 300
"""Characters of a text that a row takes: more than any row has room for."""
BAR: Final = 3
"""Width of the bar of what is selected, and of the ring's gap."""


def shown(text: str) -> str:
    """Return text from outside as a row shows it."""
    return visible(text, LIMIT)


def joined(parts: Iterable[str]) -> str:
    """Return texts side by side for painting, so that none changes the order of the others."""
    texts = [part for part in parts if part]
    if any(_turns(text) for text in texts):
        texts = [f"\u2068{text}\u2069" for text in texts]  # FSI and PDI: `visible` lets none by
    return SEPARATOR.join(texts)


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text)


class Fonts:
    """The system's font in the sizes of rows, and their measures."""

    def __init__(self) -> None:
        self.body = font(Type.BODY)
        self.strong = font(Type.BODY, bold=True)
        self.small = font(Type.SMALL)
        self.small_strong = font(Type.SMALL, bold=True)
        self.body_height = QFontMetrics(self.body).height()
        self.strong_height = QFontMetrics(self.strong).height()
        self.small_height = QFontMetrics(self.small).height()


class Brush:
    """Paints one row; `bounds` is its rectangle, in which all others are mirrored."""

    def __init__(
        self, painter: QPainter, theme: Theme, bounds: QRect, direction: Qt.LayoutDirection
    ) -> None:
        self.painter = painter
        self.theme = theme
        self._bounds = bounds
        self._direction = direction
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def placed(self, rect: QRect) -> QRect:
        """Return where a rectangle lies in this layout's direction."""
        return QStyle.visualRect(self._direction, self._bounds, rect)

    def text(  # noqa: PLR0913 - what a line is
        self,
        rect: QRect,
        text: str,
        look: QFont,
        color: str,
        *,
        at_end: bool = False,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """Paint one line, cut with "…" where there is no room."""
        option = QTextOption(self._side(at_end=at_end))
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.painter.setFont(look)
        self.painter.setPen(self.theme.color(color))
        fitting = QFontMetrics(look).elidedText(text, cut, rect.width())
        self.painter.drawText(QRectF(self.placed(rect)), fitting, option)

    def paragraph(self, rect: QRect, text: str, look: QFont, color: str) -> None:
        """Paint text over as many lines as fit, the last one cut with "…"."""
        metrics = QFontMetrics(look)
        room = max(1, rect.height() // metrics.height())
        lines = broken(text, look, rect.width(), room)
        for number, line in enumerate(lines):
            top = rect.top() + number * metrics.height()
            self.text(QRect(rect.left(), top, rect.width(), metrics.height()), line, look, color)

    def card(self, rect: QRect, fill: QColor, edge: str, width: float = 1.0) -> None:
        """Paint a rounded box whose edge lies inside the rectangle."""
        scale = self.painter.deviceTransform().m11()
        width = max(1, _rounded(width * scale)) / scale
        inset = width / 2
        self.painter.setPen(QPen(self.theme.color(edge), width))
        self.painter.setBrush(fill)
        box = self._crisp(rect).adjusted(inset, inset, -inset, -inset)
        self.painter.drawRoundedRect(box, RADIUS, RADIUS)

    def bar(self, rect: QRect, color: str) -> None:
        """Paint the bar of what is selected along the start of a card, inside its corners."""
        self.painter.save()
        place = self._crisp(QRect(rect.left(), rect.top(), BAR, rect.height()))
        self.painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color(color))
        self.painter.drawRoundedRect(self._crisp(rect), RADIUS, RADIUS)
        self.painter.restore()

    def pill(self, rect: QRect, text: str, look: QFont, fill: str, color: str) -> None:
        """Paint a word or number on a round ground."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color(fill))
        place = QRectF(self.placed(rect))
        self.painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        self.painter.setFont(look)
        self.painter.setPen(self.theme.color(color))
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        if not any(char.isalpha() for char in text):  # else "99+" would be "+99" from right to left
            option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.painter.drawText(place, text, option)

    def square(self, rect: QRect, letter: str, look: QFont) -> None:
        """Paint a letter on a ground of its own: what stands for an account."""
        self.card(rect, self.theme.color("neutral"), "neutral")
        self.painter.setFont(look)
        self.painter.setPen(self.theme.color("text"))
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        self.painter.drawText(QRectF(self.placed(rect)), letter, option)

    def line(self, rect: QRect, color: str) -> None:
        """Paint a thin line with round ends."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color(color))
        place = self._crisp(rect)
        half = place.height() / 2
        self.painter.drawRoundedRect(place, half, half)

    def pixmap(self, rect: QRect, pixmap: QPixmap) -> None:
        """Paint an icon."""
        self.painter.drawPixmap(self.placed(rect), pixmap)

    def _crisp(self, rect: QRect) -> QRectF:
        """Return a rectangle, placed, whose edges lie between pixels at any scale."""
        to_device = self.painter.deviceTransform()
        there = to_device.mapRect(QRectF(self.placed(rect)))
        corners = (there.left(), there.top(), there.right(), there.bottom())
        left, top, right, bottom = (_rounded(edge) for edge in corners)
        back, _ = to_device.inverted()
        return back.mapRect(QRectF(left, top, right - left, bottom - top))

    def _side(self, *, at_end: bool) -> Qt.AlignmentFlag:
        # By the layout, not by the text: a row in another script keeps its column.
        to_left = at_end == (self._direction is Qt.LayoutDirection.RightToLeft)
        side = Qt.AlignmentFlag.AlignLeft if to_left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def _rounded(number: float) -> int:
    return math.floor(number + 0.5)  # halves up: neighbours keep their distance


def broken(text: str, look: QFont, width: int, most: int) -> list[str]:
    """Return a text as lines of this width; the last of `most` lines has all the rest."""
    layout = QTextLayout(text, look)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF())
        starts.append(line.textStart())
    layout.endLayout()
    units = text.encode("utf-16-le")  # Qt counts UTF-16 units
    ends = [*starts[1:], len(units) // 2]
    return [
        units[2 * start : 2 * end].decode("utf-16-le").strip()
        for start, end in zip(starts, ends, strict=True)
    ]


def badge_size(text: str, look: QFont) -> tuple[int, int]:
    """Return width and height of a badge or a tag."""
    metrics = QFontMetrics(look)
    height = metrics.height() + 4
    if len(text) == 1:
        return height, height  # a circle, whatever the digit's own width
    return max(height, metrics.horizontalAdvance(text) + height // 2 + 4), height
