"""Small widgets that adding an account and its details share; all text in them is plain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.theme import Space, Type, font
from countersign.device.plain_text import visible
from countersign.push.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.push.errors import CountersignError


_SHORT = 16
"""Characters of a code or a date that may stand in a line where the text is large."""


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget another look of the style sheet, which Qt applies only when told."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def label(parent: QWidget, text: str = "", *, scale: float = Type.BODY, look: str = "") -> QLabel:
    """Return a label that wraps, shows plain text, and can't be made to show anything else."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setFont(font(scale, bold=scale > Type.BODY))
    made.setProperty("look", look)
    # A label is a QFrame too: without this it would get the box of a frame with the same look.
    made.setStyleSheet("QLabel { background: transparent; border: none; }")
    return made


def value(parent: QWidget, text: str = "", *, scale: float = Type.BODY) -> QLabel:
    """Return a label for text from outside: hidden characters show, and it can be selected."""
    made = label(parent, breakable(visible(text)), scale=scale)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def breakable(text: str, longest: int = 40) -> str:
    """Let a word that is too long for a line break, which a label by itself never lets it."""
    return " ".join(
        "\u200b".join(word[at : at + longest] for at in range(0, len(word), longest))
        for word in text.split(" ")
    )


def button(parent: QWidget, text: str, *, name: str = "", look: str = "") -> QPushButton:
    """Return a button; Enter presses it only where it is the default one or has the focus."""
    made = QPushButton(text, parent)
    made.setObjectName(name)
    made.setProperty("look", look)
    made.setAutoDefault(False)
    return made


class ButtonRow(QWidget):
    """Buttons side by side, or one below the other where they don't all fit."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        for each in buttons:
            self._row.addWidget(each)
        self._row.addStretch()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        """Follow the width, and buttons that came, went or say something else."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            widths = self._widths()
            fits = sum(widths) + Space.S * len(widths) <= self.width()
            direction = QBoxLayout.Direction
            self._row.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        return handled

    def _widths(self) -> list[int]:
        return [each.sizeHint().width() for each in self._buttons if not each.isHidden()]


class Fold(QFrame):
    """A link that shows and hides more; `changed` comes when its height did."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.link = button(self, title, look="link")
        self.link.setCheckable(True)
        self.body = QWidget(self)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.link, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.body)
        self.body.hide()
        self.link.toggled.connect(self._toggle)

    def _toggle(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.body.setVisible(opened)
        self.changed.emit()


class ErrorDetails(Fold):
    """What stands at the end of each error, for those who help: its code and time, to copy."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._sentence = ""
        self.link.setText(self.tr("Details"))
        self.link.setObjectName("errorDetailsButton")
        self.text = value(self.body, scale=Type.SMALL)
        self.text.setObjectName("errorDetails")
        self.copy = button(self.body, self.tr("Copy"), name="copyErrorButton", look="link")
        for each in (self.link, self.copy):
            each.setAccessibleName(each.text())
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(row)

    def show_error(self, error: CountersignError, sentence: str, at: float | None = None) -> None:
        """Describe an error; the fold closes, for it is another one than before.

        `sentence` is what the user reads of it, copied along; `at` is in POSIX seconds, or now.
        """
        self.link.setChecked(False)
        self._sentence = visible(sentence)
        now = QDateTime.currentDateTime()
        if at is not None:
            now = QDateTime.fromSecsSinceEpoch(math.floor(at))
        when = now.toOffsetFromUtc(now.offsetFromUtc()).toString(Qt.DateFormat.ISODate)
        lines = [f"{error.code} {error.name}", when]
        if isinstance(error, ApiError) and error.detail:
            lines.append(f"HTTP {error.status}: {error.detail}")
        self.text.setText("\n".join(breakable(visible(line), _SHORT) for line in lines))

    def _copy(self) -> None:
        text = f"{self._sentence}\n{self.text.text()}"
        QGuiApplication.clipboard().setText(text.replace("\u200b", ""))


class Problem(QFrame):
    """A sentence on what went wrong, on a warm ground, with its details."""

    changed = Signal()

    def __init__(self, parent: QWidget, name: str = "") -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        self.sentence = label(self, look="warning")
        self.sentence.setObjectName(name)
        self.details = ErrorDetails(self)
        self.details.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(self.sentence)
        column.addWidget(self.details)
        self.hide()

    def show_error(self, error: CountersignError, sentence: str) -> None:
        """Say it; the sentence may hold names from outside."""
        self.sentence.setText(breakable(visible(sentence)))
        self.details.show_error(error, sentence)
        self.show()
        self.changed.emit()
