"""Draws the tray icon: the mark, the sign of its state, and the number, sharp at each size.

A panel doesn't say how dark it is, so everything has a rim in the opposite colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap

from countersign.desktop.theme import DARK, LIGHT
from countersign.desktop.tray.look import Sign

if TYPE_CHECKING:
    from countersign.desktop.theme import Tokens
    from countersign.desktop.tray.look import Look

NAME: Final = "countersign-tray"
SIZES: Final = (16, 22, 24, 32, 48, 64)
_GRID: Final = 64.0
_RIM: Final = 3.0
_LINE: Final = 7.0


def tray_icon(look: Look, *, dark_panel: bool) -> QIcon:
    """Return the icon in all sizes that panels ask for, or the icon theme's own for this state.

    A panel shows the picture that a name stands for, so what has a number is drawn, always.
    """
    name = name_of(look.sign)
    if not look.badge and not look.silent and QIcon.hasThemeIcon(name):
        return QIcon.fromTheme(name)
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(picture(look, size, dark_panel=dark_panel))
    return icon


def name_of(sign: Sign) -> str:
    """Return what an icon theme may call its own picture of a state."""
    return NAME if sign is Sign.NORMAL else f"{NAME}-{sign.value}"


def picture(look: Look, size: int, *, dark_panel: bool) -> QPixmap:
    """Return the icon in one size, in pixels."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _GRID, size / _GRID)
    pen = _Pen(painter, DARK if dark_panel else LIGHT)
    pen.mark(filled=not look.badge and not look.silent and look.sign is Sign.NORMAL)
    if look.sign is Sign.OFFLINE:
        pen.slash()
    elif look.sign is Sign.LOCKED:
        pen.lock()
    elif look.sign is Sign.WARNING:
        pen.warning(aside=bool(look.badge))
    if look.silent:
        pen.by_itself()
    if look.badge:
        pen.number(look.badge)
    painter.end()
    return pixmap


class _Pen:
    """Draws on a square of 64 units, in a panel's colours."""

    def __init__(self, painter: QPainter, tokens: Tokens) -> None:
        self._painter = painter
        self._ink = QColor(tokens.text)
        self._rim = QColor(tokens.panel)
        self._fill = QColor(tokens.badge)
        self._on_fill = QColor(tokens.on_accent)
        self._warn = QColor(tokens.warning)

    def mark(self, *, filled: bool) -> None:
        """Draw the shield; with its tick where nothing else is to be seen on it."""
        shield = _shield()
        self._stroke(shield, _RIM * 2, self._rim)
        self._painter.fillPath(shield, self._ink)
        if not filled:
            return
        tick = QPainterPath(QPointF(20, 32))
        tick.lineTo(28.5, 40.5)
        tick.lineTo(44, 24.5)
        self._stroke(tick, _LINE, self._rim)

    def slash(self) -> None:
        """Strike it through."""
        line = QPainterPath(QPointF(8, 56))
        line.lineTo(56, 8)
        self._stroke(line, _LINE * 2.4, self._rim)
        self._stroke(line, _LINE, self._ink)

    def lock(self) -> None:
        """Put a closed lock on it."""
        body = QPainterPath()
        body.addRoundedRect(QRectF(19, 29, 26, 20), 4, 4)
        bow = QPainterPath(QPointF(24, 30))
        bow.lineTo(24, 24)
        bow.arcTo(QRectF(24, 15, 16, 18), 180, -180)
        bow.lineTo(40, 30)
        self._stroke(bow, 5, self._rim)
        self._painter.fillPath(body, self._rim)

    def warning(self, *, aside: bool) -> None:
        """Put an exclamation mark on it, in a triangle of its own."""
        scale, corner = (0.62, QPointF(39, 0)) if aside else (1.0, QPointF(20, 20))
        self._painter.save()
        self._painter.translate(corner)
        self._painter.scale(scale, scale)
        sign = QPainterPath(QPointF(20, 0))
        sign.lineTo(40, 37)
        sign.lineTo(0, 37)
        sign.closeSubpath()
        self._stroke(sign, _RIM * 3, self._rim)
        self._painter.fillPath(sign, self._warn)
        bar = QPainterPath(QPointF(20, 14))
        bar.lineTo(20, 22)
        self._stroke(bar, 5, self._rim)
        dot = QPainterPath()
        dot.addEllipse(QPointF(20, 30), 3, 3)
        self._painter.fillPath(dot, self._rim)
        self._painter.restore()

    def by_itself(self) -> None:
        """Put the sign of what goes on by itself into the upper corner: two arrowheads."""
        ground = QPainterPath()
        ground.addEllipse(QRectF(1, 1, 34, 34))
        self._stroke(ground, _RIM * 2, self._rim)
        self._painter.fillPath(ground, self._warn)
        for left in (10, 18):
            head = QPainterPath(QPointF(left, 11))
            head.lineTo(left + 7, 18)
            head.lineTo(left, 25)
            self._stroke(head, 4.5, self._rim)

    def number(self, text: str) -> None:
        """Put the number on it, as large as it can be: at 16 pixels it must be read."""
        wide = {1: 40.0, 2: 54.0}.get(len(text), _GRID)
        place = QRectF(_GRID - wide, 22, wide, 42)
        pill = QPainterPath()
        pill.addRoundedRect(place, 14, 14)
        self._stroke(pill, _RIM * 2, self._rim)
        self._painter.fillPath(pill, self._fill)
        font = QFont(self._painter.font())
        font.setPixelSize(38 if len(text) < 3 else 30)  # noqa: PLR2004 - "99+"
        font.setWeight(QFont.Weight.Bold)
        self._painter.setFont(font)
        self._painter.setPen(self._on_fill)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _stroke(self, path: QPainterPath, width: float, color: QColor) -> None:
        pen = QPen(color, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(path, pen)


def _shield() -> QPainterPath:
    """Return the outline of the app's own mark (resources/icons/countersign.svg)."""
    path = QPainterPath(QPointF(32, 4))
    path.lineTo(9, 12.5)
    path.lineTo(9, 31)
    path.cubicTo(9, 45, 18.4, 55.6, 32, 60)
    path.cubicTo(45.6, 55.6, 55, 45, 55, 31)
    path.lineTo(55, 12.5)
    path.closeSubpath()
    return path
