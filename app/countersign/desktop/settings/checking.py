"""A button that has something checked, and what was found, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.parts import breakable, button, label
from countersign.desktop.settings.check_words import check_words
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.desktop.settings.surroundings import Ask
    from countersign.device.check_up import Check


class Checking(QWidget):
    """Checks once at a time; `resized` comes when its height changed.

    `names` are those of the button and of what was found.
    """

    resized = Signal()

    def __init__(self, parent: QWidget, names: tuple[str, str], text: str, ask: Ask) -> None:
        super().__init__(parent)
        self._ask = ask
        self.button = button(self, text, name=names[0])
        self.button.setAccessibleName(text)
        self.button.clicked.connect(self.check)
        self.found = label(self)
        self.found.setObjectName(names[1])
        self.found.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.found.hide()
        self.tasks = Tasks(self)
        self.tasks.failed.connect(lambda error: self._say(f"✗ {bug_error(error).message}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.found)

    def check(self) -> None:
        """Check now, unless it is under way."""
        if not self.button.isEnabled():
            return
        had_focus = self.button.hasFocus()
        self.button.setEnabled(False)
        self.tasks.start(self._check(had_focus=had_focus), "settings: check")

    async def _check(self, *, had_focus: bool) -> None:
        self._say(QCoreApplication.translate("Checks", "Checking…"))
        try:
            self._say(_lines(await self._ask(), check_words))
        finally:
            self.button.setEnabled(True)
            if had_focus:
                self.button.setFocus()

    def _say(self, text: str) -> None:
        self.found.setText(text)
        self.found.setAccessibleName(text)
        self.found.show()
        self.resized.emit()


def _lines(checks: Sequence[Check], words: Callable[[Check], str]) -> str:
    return "\n".join(f"{'✓' if check.ok else '✗'} {breakable(words(check))}" for check in checks)
