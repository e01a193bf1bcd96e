"""Who owns what runs: each task has a strong reference, a name, a widget and an error handler.

Used instead of qasync's `@asyncSlot`, whose tasks belong to nobody: a widget that closes would
leave its work running, and an error would be found by the garbage collector.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


RECOVERY: Final = 10.0
"""Seconds after which work that broke is begun anew."""


async def for_ever(
    work: Callable[[], Coroutine[object, object, object]], tell: Callable[[Exception], object]
) -> None:
    """Do it until cancelled: work that silently no longer runs would be worse than any error."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - told, and tried again
            tell(error)
        await asyncio.sleep(RECOVERY)


class Tasks(QObject):
    """Runs coroutines for one object, and cancels them when that object goes.

    `failed` brings what a task raised and didn't handle: the one place where it is told. Qt and
    asyncio run in one thread, so no slot is ever called from another one.
    """

    failed = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._running: set[asyncio.Task[object]] = set()
        owner.destroyed.connect(self.cancel)

    def start(self, work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        """Start work under a name that shows in logs and in tests' leak reports."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    def cancel(self) -> None:
        """Cancel all that runs; each task gets to clean up."""
        for task in list(self._running):
            task.cancel()

    async def settled(self) -> None:
        """Cancel all that runs and wait until it has ended."""
        self.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def done(self) -> None:
        """Wait until all that runs has ended by itself: half of it would be worse than a wait."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failed.emit(error)
