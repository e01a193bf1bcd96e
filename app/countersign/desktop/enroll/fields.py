"""A line to type in, with its name above it and, below, what it wants or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import breakable, label, set_look
from countersign.desktop.enroll.words import field_words
from countersign.desktop.theme import Space, Type
from countersign.device.plain_text import visible
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable


class Field(QWidget):
    """Checks what was typed when it is left; `changed` comes with each key.

    `check` raises InputError. An empty field is never told off: its button stays off instead.
    """

    changed = Signal()
    resized = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str,
        hint: str,
        check: Callable[[str], object] = lambda text: text,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._hint = hint
        self.edit = QLineEdit(self)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self.title = QLabel(title, self)
        self.title.setBuddy(self.edit)
        self.below = label(self, hint, scale=Type.SMALL, look="quiet")
        self.below.setVisible(bool(hint))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.XS)
        for widget in (self.title, self.edit, self.below):
            self.column.addWidget(widget)
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self.leave)

    @property
    def text(self) -> str:
        """What was typed, without blanks around it: they come along when it is pasted."""
        return self.edit.text().strip()

    @property
    def problem(self) -> InputError | None:
        """What is wrong with it."""
        try:
            self._check(self.text)
        except InputError as error:
            return error
        return None

    def leave(self) -> None:
        """Say what is wrong, if anything is."""
        problem = self.problem if self.text else None
        self.say(field_words(problem) if problem else "")

    def fix(self, hint: str) -> None:
        """Let it be read and not changed from now on; `hint` says why."""
        self._hint = hint
        self.edit.setReadOnly(True)
        self.say("")

    def say_quietly(self, words: str) -> None:
        """Show something that is no trouble, or the hint again."""
        self._below(words or self._hint, "quiet")

    def say(self, trouble: str) -> None:
        """Show a sentence of trouble, or the hint again."""
        self._below(trouble or self._hint, "danger" if trouble else "quiet")

    def _below(self, words: str, look: str) -> None:
        shown = breakable(visible(words))
        set_look(self.below, look)
        # What a screen reader reads with the field.
        self.edit.setAccessibleDescription(shown)
        if shown != self.below.text():
            self.below.setText(shown)
            self.below.setVisible(bool(shown))
            self.resized.emit()

    def _edited(self) -> None:
        self.say("")
        self.changed.emit()
