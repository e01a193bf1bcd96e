"""Below the request: the way to the whole window, and to the other requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from countersign.desktop.enroll.parts import button
from countersign.desktop.theme import Space, Type, font, zoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

_EASY_TO_HIT: Final = 28


class Footer(QWidget):
    """The link, and "1 of 3" between arrows where there are several requests."""

    openRequested = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.open = button(self, self.tr("Open Countersign"), name="openMainButton", look="link")
        self.open.clicked.connect(self.openRequested)
        self.place = QLabel(self)
        self.place.setObjectName("compactPosition")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setProperty("look", "quiet")
        self.previous = self._arrow("\u2039", self.tr("Previous request"), "previousButton", -1)
        self.next = self._arrow("\u203a", self.tr("Next request"), "nextButton", 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, Space.M)
        row.setSpacing(Space.S)
        row.addWidget(self.open)
        row.addStretch()
        row.addWidget(self.previous)
        row.addWidget(self.place)
        row.addWidget(self.next)

    def show_place(self, place: int, of: int, *, back: bool, on: bool) -> None:
        """Say which request it is, and whether there is one before it and one after it."""
        self.place.setText(self.tr("{place} of {count}").format(place=place, count=of))
        self.place.setAccessibleName(self.place.text())
        for arrow, there in ((self.previous, back), (self.next, on)):
            if arrow.hasFocus() and not there:  # Qt would hand it on, even to an answer
                self.open.setFocus(Qt.FocusReason.OtherFocusReason)
            arrow.setEnabled(there)
        for widget in (self.previous, self.place, self.next):
            widget.setVisible(of > 1)

    def _arrow(self, text: str, name: str, object_name: str, step: int) -> QPushButton:
        made = button(self, text, name=object_name, look="link")
        made.setFont(font(Type.MESSAGE))
        made.setMinimumWidth(round(_EASY_TO_HIT * zoom()))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.clicked.connect(lambda: self.stepped.emit(step))
        return made
