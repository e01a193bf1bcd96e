"""A warning over the message, with the way to the new text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.theme import Space, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Notice(QFrame):
    """`requestNotice` and its button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        self.text = TextLabel(font(), self)
        self.text.setObjectName("requestNotice")
        self.text.make_tab_stop()
        self.button = QPushButton(self.tr("Show the new text"), self)
        self.button.setObjectName("showNewTextButton")
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(self.button.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    def show_text(self, text: str, *, can_read: bool) -> None:
        """Say something, or nothing."""
        self.text.setText(text)
        self.button.setVisible(can_read)
        self.setVisible(bool(text))
