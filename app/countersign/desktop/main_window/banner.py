"""One banner at a time: the frame that pushes the content down and says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Banner(QFrame):
    """`banner`; says one thing, with one thing to do about it (`bannerAction`)."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("look", "banner")
        self.text = QLabel(self)
        self.text.setObjectName("bannerText")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.aside = QLabel(self)
        self.aside.setProperty("look", "quiet")
        self.action = QPushButton(self)
        self.action.setObjectName("bannerAction")
        self.action.setAutoDefault(False)
        self.action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self.text)
        row.addWidget(self.aside)
        row.addWidget(self.action)
        self.hide()

    def show_text(self, text: str, action: str = "", aside: str = "") -> None:
        """Say something; `aside` is quiet: how long until the next try, how many more wait."""
        self.text.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.aside.setText(aside)
        self.aside.setVisible(bool(aside))
        self.show()
