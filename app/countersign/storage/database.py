"""A profile's SQLite database: one connection on one thread of its own, awaited by all others."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

from filelock import FileLock, Timeout

from countersign.push.errors import StorageError
from countersign.storage.paths import disk_error, make_folder
from countersign.storage.process_lock import ProcessLock
from countersign.storage.recovery import is_kept, is_sound, keep_copy, recover, was_emptied
from countersign.storage.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from countersign.storage.recovery import Recovered

_T = TypeVar("_T")

FILE_NAME: Final = "countersign.db"
_BUSY_TIMEOUT: Final = 10.0  # seconds that another process's write may take
_NEXT_TRY: Final = 0.01


class Database:
    """The database of one profile, made where there is none (0600, in a folder of 0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = ProcessLock(folder / "locks")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="countersign-db")
        self._connection: sqlite3.Connection | None = None
        self.recovered: Recovered | None = None
        """What had to be done about a damaged file when it was opened; None for nothing."""

    async def open(self) -> None:
        """Open and migrate; raises StorageError or InitializationError."""
        await self._run(self._open)

    async def aclose(self) -> None:
        """Close the connection and end its thread; harmless when repeated."""
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, self._close))

    async def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run a query on the database's thread; raises StorageError."""
        return await self._run(lambda: work(self._opened()))

    async def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run a change as one transaction, durable when this returns; raises StorageError.

        A caller that is cancelled doesn't stop it: it is done, whole, all the same.
        """
        return await self._run(lambda: _transaction(self._opened(), work))

    async def write_kept(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run a change of what can't be had again as `write` does, and renew the copy of that."""

        def both() -> _T:
            result = _transaction(self._opened(), work)
            keep_copy(self._opened(), self.folder)
            return result

        return await self._run(both)

    async def namespace(self) -> str:
        """Return the random id under which this profile's keys are kept."""
        query = "SELECT value FROM profile WHERE key = 'namespace'"
        row = await self.read(lambda connection: connection.execute(query).fetchone())
        if row is None:
            raise damaged()
        return str(row[0])

    async def _run(self, work: Callable[[], _T]) -> _T:
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.shield(loop.run_in_executor(self._thread, work))
        except (sqlite3.Error, OSError) as error:
            raise _storage_error(error) from error

    def _open(self) -> None:
        make_folder(self.folder)
        lock = FileLock(self.folder / "open.lock", timeout=_BUSY_TIMEOUT, mode=0o600)
        try:
            with lock:  # what one process makes of a damaged file, no other one meets half done
                self._open_alone(self.folder / FILE_NAME)
        except Timeout as error:
            raise _busy() from error

    def _open_alone(self, path: Path) -> None:
        try:
            self._connection = None if was_emptied(path) else self._connect(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _is_senseless(error):
                raise  # busy, or full: nothing was lost
        if self._connection is None:
            self.recovered = recover(path)
            if self.recovered is None:
                raise sqlite3.DatabaseError("not a database of ours, and there is no copy")
            self._connection = self._connect(path)
        if not is_kept(self._opened(), self.folder):
            keep_copy(self._opened(), self.folder)

    def _connect(self, path: Path) -> sqlite3.Connection | None:
        """Open and migrate; None for a file that is damaged."""
        # SQLite would make it readable by all, and its -wal and -shm take after it.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)  # and so is a file that was copied here by hand
        connection = sqlite3.connect(
            path, timeout=_BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        try:
            _use_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")  # what was decided survives a power cut
            connection.execute("PRAGMA trusted_schema = OFF")
            migrate(connection)
            if not is_sound(connection):
                connection.close()
                return None
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.ProgrammingError("the database isn't open")
        return self._connection

    def _close(self) -> None:
        self._thread.shutdown(wait=True)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.process.release()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, waiting by ourselves.

    Where two processes make the same profile at once, each holds what the other one needs for the
    switch, and SQLite refuses one of them at once instead of letting it wait.
    """
    end = time.monotonic() + _BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() >= end:
                raise
            time.sleep(_NEXT_TRY)
        else:
            return


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], _T]) -> _T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _storage_error(error: Exception) -> StorageError:
    if isinstance(error, OSError):
        return disk_error()
    if not isinstance(error, sqlite3.OperationalError):
        return damaged()
    if _is_busy(error):
        return _busy()
    # Else a statement doesn't fit, as on another app's tables, or (with no name) a text is no text.
    return damaged() if _is_senseless(error) else disk_error()


def _is_senseless(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorname", "SQLITE_ERROR") == "SQLITE_ERROR"


def _busy() -> StorageError:
    return StorageError(
        "database_busy", "Another Countersign is busy with this profile.", "Try again."
    )


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return "locked" in str(error)


def damaged() -> StorageError:
    """Return the error for a file whose content isn't what this app writes."""
    return StorageError(
        "damaged",
        "The profile's database is damaged, so it can't be read.",
        "Put its file aside and add your accounts again.",
    )
