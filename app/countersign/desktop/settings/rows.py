"""One setting's row: a box to tick, or a choice; greyed where the company has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.parts import label
from countersign.desktop.settings.lock import Lock
from countersign.desktop.theme import Space, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QWheelEvent

_T = TypeVar("_T")
_LETTERS: Final = 16
"""How wide a choice is at least, so that most are as wide as each other."""


class _Chooser(QComboBox):
    """A wheel that scrolls the dialog must not change what it passes: it would hold at once."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tick(QWidget):
    """A setting that is on or off; `chosen` comes when the user has changed it."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, name: str, text: str, *, managed: bool = False) -> None:
        super().__init__(parent)
        self.box = QCheckBox(text, self)
        self.box.setObjectName(name)
        self.box.setAccessibleName(text)
        self.box.toggled.connect(self.chosen)  # not `clicked`: a screen reader toggles
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        self._managed = managed
        if managed:
            row = QHBoxLayout()
            row.addSpacing(Space.XXL)  # under the words, not under the box
            row.addWidget(note(self, self.box), 1)
            column.addLayout(row)

    def show_value(self, *, on: bool) -> None:
        """Show what holds."""
        with QSignalBlocker(self.box):  # this is no user
            self.box.setChecked(on)

    def offer(self, *, offered: bool) -> None:
        """Let it be changed, unless the company has decided."""
        self.box.setEnabled(offered and not self._managed)


class Choice(QWidget, Generic[_T]):
    """A setting of few values; `chosen` brings the one that the user has chosen."""

    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        name: str,
        text: str,
        values: Mapping[_T, str],
        *,
        managed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._values = list(values)
        self.box = _Chooser(self)
        self.box.setObjectName(name)
        self.box.setAccessibleName(text)
        self.box.addItems(list(values.values()))
        self.box.setMinimumContentsLength(_LETTERS)
        self.box.activated.connect(lambda place: self.chosen.emit(self._values[place]))
        title = QLabel(text, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setBuddy(self.box)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addWidget(title, 1)
        row.addWidget(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if managed:
            column.addWidget(note(self, self.box))

    def show_value(self, value: _T) -> None:
        """Show what holds; nothing is chosen where it isn't one of the values."""
        place = self._values.index(value) if value in self._values else -1
        self.box.setCurrentIndex(place)


def note(parent: QWidget, *controls: QWidget) -> QWidget:
    """Say why controls can't be used, to the ear too, and have it so."""
    text = QCoreApplication.translate("Settings", "Set by your company")
    for control in controls:
        control.setEnabled(False)
        control.setAccessibleDescription(text)
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.XS)
    row.addWidget(Lock(made))
    row.addWidget(label(made, text, scale=Type.SMALL, look="quiet"), 1)
    return made
