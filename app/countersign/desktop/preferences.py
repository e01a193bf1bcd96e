"""The settings in force, for everything in the window: one object, one signal when they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from countersign.device.settings import Settings

if TYPE_CHECKING:
    from typing import Any


class Preferences(QObject):
    """Holds the settings in force; a change is in force at once, before it is saved.

    `changed` comes after each change with the settings of before; who saves them listens to it.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = settings or Settings()

    @property
    def now(self) -> Settings:
        """The settings in force."""
        return self._now

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Settings
        """Change fields by name; the caller has checked the values."""
        before, self._now = self._now, replace(self._now, **values)
        if self._now != before:
            self.changed.emit(before)
