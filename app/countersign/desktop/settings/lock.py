"""A small closed lock in the colour of quiet words, drawn: it follows look and size of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from countersign.desktop.theme import Type, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Lock(QWidget):
    """Says nothing to a screen reader: the words beside it do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(font(Type.SMALL))
        high = self.fontMetrics().ascent()
        self.setFixedSize(high, high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        unit = self.height() / 12
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self.palette().placeholderText().color()
        shackle = QPainterPath()
        shackle.moveTo(3.5 * unit, 6 * unit)
        shackle.lineTo(3.5 * unit, 4 * unit)
        shackle.arcTo(QRectF(3.5 * unit, 1.5 * unit, 5 * unit, 5 * unit), 180, -180)
        shackle.lineTo(8.5 * unit, 6 * unit)
        painter.strokePath(shackle, QPen(color, 1.4 * unit))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(2 * unit, 5.5 * unit, 8 * unit, 6 * unit), unit, unit)
        painter.end()
