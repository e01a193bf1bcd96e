"""Tells whether the process that left a mark in the database still runs.

A process id alone can't say: it is used again. So each process holds the lock of a file that
carries its own random name, and the system lets go of it however the process ends.
"""

from __future__ import annotations

import contextlib
import uuid
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path


class ProcessLock:
    """This process's own lock, taken on first use, among those of others in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = uuid.uuid4().hex
        self._lock: FileLock | None = None

    def take(self) -> str:
        """Hold the lock and return its name; raises OSError."""
        if self._lock is None:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            lock = FileLock(self._path(self._name), thread_local=False)
            lock.acquire(blocking=False)
            self._lock = lock
        return self._name

    def held_by_us(self, name: str) -> bool:
        """Tell whether a name is this process's own."""
        return name == self._name

    def runs(self, name: str) -> bool:
        """Tell whether the process of that name still runs; tidies up after one that doesn't."""
        path = self._path(name)
        if self.held_by_us(name):
            return True
        if not path.exists():
            return False
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return True
        lock.release()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return False

    def release(self) -> None:
        """Let go, and leave no file."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
            with contextlib.suppress(OSError):
                self._path(self._name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"
