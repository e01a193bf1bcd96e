"""A warning over the message, with the way to the new text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton
from typing_extensions import override

from countersign.desktop.overflow import turn
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.theme import Space, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


_LETTERS: Final = 24
"""So much of the sentence is in one line."""


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
        end = QHBoxLayout()
        end.addWidget(self.button)
        end.addStretch()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        self._row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(end)
        self.hide()

    @override
    def event(self, event: QEvent) -> bool:
        """Put the button below where it would leave the text too little room."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            least = _LETTERS * self.fontMetrics().averageCharWidth()
            needed = least + self.button.sizeHint().width() + 3 * Space.M
            turn(self._row, beside=self.button.isHidden() or needed <= self.width())
        return handled

    def show_text(self, text: str, *, can_read: bool) -> None:
        """Say something, or nothing."""
        self.text.setText(text)
        self.button.setVisible(can_read)
        self.setVisible(bool(text))
