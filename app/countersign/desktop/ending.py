"""The app's end, whoever wants it: its window, the session, a signal. It comes once, in order.

Qt ends its loop in the middle of a task where it is told to quit, and a signal would end the
process in the middle of an answer: both are taken as a wish instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Signal
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QCoreApplication

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_BY_SIGNAL: Final = 128  # what shells add to a signal's number


class Ending(QObject):
    """`came` once, when the end is wanted; `status` is the exit status.

    Made inside the running loop. A second signal of the same kind does what it does to any other
    program: somebody is in a hurry.
    """

    came = Signal()

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.status = 0
        self._event = asyncio.Event()
        app.installEventFilter(self)

    def come(self) -> None:
        """Want the end."""
        if not self._event.is_set():
            self._event.set()
            self.came.emit()

    async def wait(self) -> None:
        """Wait until it is wanted."""
        await self._event.wait()

    @contextlib.contextmanager
    def heeding_signals(self) -> Iterator[None]:
        """Take signals as a wish to end, where the system's loop can (not on Windows)."""
        loop = asyncio.get_running_loop()
        heeded = []
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):
                    loop.add_signal_handler(number, self._signalled, number)
                    heeded.append(number)
        try:
            yield
        finally:
            for number in heeded:
                loop.remove_signal_handler(number)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take "quit" as a wish: of the session, of the Dock, of `QApplication.quit`."""
        if event.type() is QEvent.Type.Quit and watched is self.parent():
            event.ignore()  # the session's end is not refused by that: we go by ourselves
            self.come()
            return True
        return False

    def _signalled(self, number: signal.Signals) -> None:
        asyncio.get_running_loop().remove_signal_handler(number)
        self.status = _BY_SIGNAL + number
        self.come()
