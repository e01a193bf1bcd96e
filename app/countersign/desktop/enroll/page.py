"""What the pages of the dialog have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import button
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class Page(QWidget):
    """One page: a column, and the buttons at the dialog's foot that belong to it.

    `resized` comes when its height changed.
    """

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.M)
        self.buttons: list[QPushButton] = []

    def add_button(self, text: str, name: str = "", look: str = "") -> QPushButton:
        """Add a button at the foot; the last one is at the right."""
        made = button(self, text, name=name, look=look)
        self.buttons.append(made)
        return made

    def start(self) -> None:
        """Put the focus where the page begins."""
