"""The row "Start when I sign in": it shows what the system really does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Signal

from countersign.desktop.settings.rows import Tick
from countersign.desktop.tasks import Tasks
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class LoginItem(Protocol):
    """What starts the app with the session. Each may block; changing it raises StorageError."""

    def enabled(self) -> bool:
        """Tell whether the app is started."""

    def enable(self) -> None:
        """Have it started."""

    def disable(self) -> None:
        """Have it started no longer."""


class LoginRow(Tick):
    """Can be used once it is known what holds. `failed` brings a CountersignError."""

    failed = Signal(object)

    def __init__(self, parent: QWidget, item: LoginItem, *, managed: bool = False) -> None:
        super().__init__(
            parent,
            "startAtLoginBox",
            QCoreApplication.translate("LoginRow", "Start when I sign in to this computer"),
            managed=managed,
        )
        self._item = item
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self.failed)
        self.chosen.connect(self._change)
        self.offer(offered=False)
        self.tasks.start(self._look(), "start at sign-in: look")

    def _change(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.offer(offered=False)
        self.tasks.start(self._work(on=on), "start at sign-in: change")

    async def _work(self, *, on: bool) -> None:
        had_focus = self.box.hasFocus()
        try:
            await asyncio.to_thread(self._item.enable if on else self._item.disable)
        except CountersignError as error:
            self.failed.emit(error)
        finally:
            await self._look()
            if had_focus:
                self.box.setFocus()

    async def _look(self) -> None:
        self.show_value(on=await asyncio.to_thread(self._item.enabled))
        self.offer(offered=True)
