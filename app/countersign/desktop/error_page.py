"""What the window shows where it can't start: the sentence, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ErrorDetails
from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.theme import Space, Type, font
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError


class ErrorPage(QWidget):
    """An error that keeps the app from working at all."""

    def __init__(self, error: CountersignError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XXL)
        column.setSpacing(Space.M)
        column.addStretch()
        for text, scale in ((message_of(error), Type.TITLE), (hint_of(error), Type.BODY)):
            if text:
                column.addWidget(self._line(text, scale))
        self.details = ErrorDetails(self)
        self.details.show_error(error, f"{message_of(error)} {hint_of(error)}".strip())
        column.addWidget(self.details, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def _line(self, text: str, scale: float) -> QLabel:
        label = QLabel(visible(text), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFont(font(scale, bold=scale > Type.BODY))
        return label
