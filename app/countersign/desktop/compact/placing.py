"""Where the small window lies and how large it is; pure geometry, in device-independent pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect

from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QMargins

WIDTH: Final = 400
_SHARE: Final = 0.7
"""Of the screen's available height; screens.md 2."""


def fitted(high: int, now: QRect, screen: QRect, frame: QMargins) -> QRect:
    """Return `now` made `high`, its lower edge in its place, so that what lies there stays.

    With its frame it is never higher than its share of the screen, and never above its top.
    """
    most = round(screen.height() * _SHARE) - frame.top() - frame.bottom()
    placed = QRect(now)
    placed.setHeight(max(1, min(high, most)))
    placed.moveBottom(now.bottom())
    placed.moveTop(max(placed.top(), screen.top() + frame.top()))
    return placed


def at_the_corner(size: QRect, screen: QRect, frame: QMargins) -> QRect:
    """Return a rectangle of this size at the lower right, off the edges of the screen."""
    placed = QRect(size)
    placed.moveRight(screen.right() - frame.right() - Space.L)
    placed.moveBottom(screen.bottom() - frame.bottom() - Space.L)
    return placed
