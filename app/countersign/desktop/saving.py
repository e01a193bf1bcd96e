"""Keeps the settings: in force at once, on the disk soon after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.preferences import Preferences
    from countersign.device.settings import Settings

    Keep = Callable[[Settings], None]


class Saving(QObject):
    """Calls `keep` in a thread after each change, one after the other: the last one stays.

    It is given the user's own settings, without what the company's policy makes of them.
    `tasks.failed` brings its StorageError. Await `settled` in the end: nothing is lost by quitting.
    """

    def __init__(self, preferences: Preferences, keep: Keep, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._keep = keep
        self._saved = preferences.own
        self._at_work = asyncio.Lock()
        self.tasks = Tasks(self)
        preferences.changed.connect(self._changed)

    async def settled(self) -> None:
        """Wait until all is kept."""
        await self.tasks.done()

    def _changed(self, _before: Settings) -> None:
        self.tasks.start(self._save(), "save settings")

    async def _save(self) -> None:
        async with self._at_work:
            own = self._preferences.own
            if own != self._saved:
                await asyncio.to_thread(self._keep, own)
                self._saved = own
