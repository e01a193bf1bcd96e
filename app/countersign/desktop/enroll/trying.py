"""Trying Countersign without a company: a sandbox on this computer, for as long as the app runs."""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from countersign.push.address import checked_url, is_loopback
from countersign.push.errors import CountersignError, InitializationError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEEDED: Final = ("alembic", "jinja2", "sqlalchemy", "starlette", "uvicorn")
"""What the extra `sandbox` brings along; the app itself needs none of it."""
_OPTIONS: Final = ("--port", "0", "--quiet", "--open")
_LONGEST: Final = 4096
_STOP: Final = 3000
"""Milliseconds that it has to end by itself."""
_IDENTITY: Final = "just-trying"


def installed() -> bool:
    """Tell whether the sandbox could be started."""
    return all(find_spec(name) is not None for name in _NEEDED)


class _Ready(msgspec.Struct):
    """What is used of the line that a sandbox prints when it is ready."""

    backend_url: str


class TrySandbox(QObject):
    """Runs `countersign sandbox` with its page in the browser; await `settled` in the end.

    `ready` brings a link to enrol with, `failed` a CountersignError. `options` are the command's.
    """

    ready = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject, options: Sequence[str] = _OPTIONS) -> None:
        super().__init__(parent)
        self._options = options
        self._link = ""
        self._line = b""
        self._waiting = False
        self._ending = False
        self._process = QProcess(self)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.errorOccurred.connect(self._broke)
        self._process.finished.connect(self._broke)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.setInterval(_STOP)
        self._deadline.timeout.connect(self._process.kill)
        self._process.finished.connect(self._deadline.stop)

    @property
    def running(self) -> bool:
        """Whether it runs, ready or not."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start it; one that is there already is ready at once."""
        if self._link:
            self.ready.emit(self._link)
        elif not self.running:
            self._line, self._waiting, self._ending = b"", True, False
            self._process.start(sys.executable, ["-m", "countersign", "sandbox", *self._options])

    async def settled(self) -> None:
        """End it, and wait for that: a process that outlives its owner is nobody's."""
        self._waiting = False
        if not self.running:
            return
        ended = asyncio.Event()
        self._process.finished.connect(ended.set)
        self._end()
        await ended.wait()

    def _end(self) -> None:
        """Ask it to end, and see to it if it doesn't."""
        self._ending = True
        self._process.terminate()
        self._deadline.start()

    def _read(self) -> None:
        self._line += self._process.readAllStandardOutput().data()
        line, end, _ = self._line.partition(b"\n")
        if not self._waiting or self._ending or (not end and len(line) <= _LONGEST):
            return
        try:
            backend = checked_url(msgspec.json.decode(line[:_LONGEST], type=_Ready).backend_url)
            if not is_loopback(backend):
                raise no_sandbox_error()
        except (msgspec.MsgspecError, CountersignError):
            self._end()  # what is to be said comes when it has ended, and could be started again
            return
        self._waiting = False
        self._link = (
            f"countersign://enroll?{urlencode({'backend': backend, 'identity': _IDENTITY})}"
        )
        self.ready.emit(self._link)

    def _broke(self) -> None:
        """Tell that it ended; one that ends later is told by its account's row, as a company is."""
        waited, self._waiting, self._link = self._waiting, False, ""
        if waited:
            self.failed.emit(no_sandbox_error())


def no_sandbox_error() -> InitializationError:
    """Return the error for a sandbox that didn't get ready."""
    return InitializationError(
        "no_sandbox",
        QCoreApplication.translate("TrySandbox", "The sandbox didn't start."),
        QCoreApplication.translate("TrySandbox", "Start it in a terminal: countersign sandbox"),
    )
