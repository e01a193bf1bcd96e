"""Where a pane stands in the request's place and says what is the matter with an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ButtonRow
from countersign.desktop.overflow import Overflow
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QPushButton

_WIDTH: Final = 560  # as a request's column


def lay_out(pane: QWidget, texts: Iterable[QWidget], buttons: Sequence[QPushButton]) -> None:
    """Put a pane's texts into one column, and its buttons below them."""
    whole = QWidget()
    inside = QWidget(whole)
    inside.setMaximumWidth(_WIDTH)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    for text in texts:
        column.addWidget(text)
    column.addWidget(ButtonRow(buttons, inside))
    column.addStretch()
    outer = QHBoxLayout(whole)
    side = Space.L  # all that a button's words can spare where the text is large
    outer.setContentsMargins(side, Space.XXL, side, Space.XXL)
    outer.addWidget(inside, 1000)
    outer.addStretch(1)
    around = QVBoxLayout(pane)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(Overflow(whole, pane))
