"""A name that is saved when its field is left, and says whether that worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from typing_extensions import override

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.fields import Field
from countersign.desktop.enroll.parts import Problem
from countersign.desktop.language.errors import message_of
from countersign.desktop.tasks import Tasks
from countersign.device.plain_text import visible
from countersign.push.errors import CountersignError, InputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget


class SavedField(Field):
    """Saves through `save`, which returns the name as it then is; one at a time.

    What couldn't be saved stays in the field: leaving it once more, or Enter, tries again.
    """

    saved = Signal()

    def __init__(  # noqa: PLR0913 - a field and what it needs to save itself
        self,
        parent: QWidget,
        title: str,
        name: str,
        hint: str,
        *,
        check: Callable[[str], object],
        save: Callable[[str], Awaitable[str]],
    ) -> None:
        super().__init__(parent, title, name, hint, check)
        self._save = save
        self._current = ""
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda error: self._fail(bug_error(error)))
        self.saving = False
        self.problem_box = Problem(self)
        self.problem_box.changed.connect(self.resized)
        self.column.addWidget(self.problem_box)

    def show_name(self, name: str) -> None:
        """Show the name as it is."""
        self._current = name
        self.edit.setText(name)

    @override
    def leave(self) -> None:
        """Save, where there is something new."""
        if self.saving or self.text == self._current:
            return
        problem = self.problem
        if problem is not None:
            self._fail(problem)
            return
        self.saving = True
        self.edit.setReadOnly(True)
        self.problem_box.hide()
        self.say_quietly(self.tr("Saving…"))
        self._tasks.start(self._work(self.text), "saving a name")

    def restore(self) -> None:
        """Take back what wasn't saved, so that closing saves nothing by accident."""
        self.edit.setText(self._current)

    async def settled(self) -> None:
        """Wait for what is being saved."""
        await self._tasks.done()

    def not_saved(self, current: str) -> str:
        """Return what is said where it couldn't be saved; `current` is what holds on."""
        return self.tr("Couldn't save. Still called {name}.").replace("{name}", current)

    async def _work(self, name: str) -> None:
        try:
            self.show_name(await self._save(name))
        except CountersignError as error:
            self._fail(error)
        else:
            self.say_quietly(self.tr("Saved"))
        finally:
            self.saving = False
            self.edit.setReadOnly(False)
            self.saved.emit()

    def _fail(self, error: CountersignError) -> None:
        self.say_quietly("")
        sentence = self.not_saved(visible(self._current))
        if isinstance(error, InputError):
            sentence = f"{sentence} {message_of(error)}"
        self.problem_box.show_error(error, sentence)
