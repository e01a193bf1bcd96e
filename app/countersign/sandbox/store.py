"""The database: SQLite in a file or in memory, or PostgreSQL, which several sandboxes may share."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from countersign.sandbox import migrations
from countersign.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import DBAPIConnection

THREADS = 8
"""Requests that are worked on at once; the pool has a connection for each."""
_WRITES = "countersign_writes"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # In WAL mode NORMAL loses nothing when the process is killed, only when the machine is.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
# Any number will do, as long as all sandboxes have the same and nobody else in the database.
_WRITER_LOCK = "SELECT pg_advisory_xact_lock(7310016353)"


class Store:
    """Transactions on one database. Writers go one at a time, readers beside them.

    That holds among all processes that share the database: what a writer has looked at stays so
    until it commits.
    """

    def __init__(self, url: str | None = None, folder: Path | None = None) -> None:
        """Open `url` if given, else a file in `folder`, else memory; create or renew the tables.

        Raises SandboxError if it can't be opened or was written by a newer version.
        """
        in_memory = url is None and folder is None
        self._writing = threading.Lock()
        # All threads share one in-memory connection, so even readers must take turns.
        self._reading = self._writing if in_memory else contextlib.nullcontext()
        engine = _engine(_server_url(url) if url else _file_url(folder))
        self._writer = engine.execution_options(**{_WRITES: True})
        self._reader = engine
        if engine.dialect.name == "postgresql":
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        try:
            self._prepare()
        except SQLAlchemyError as error:
            self.close()
            # Not the original text: it may hold the URL with its password.
            raise SandboxError("The sandbox's database can't be opened.") from error
        except SandboxError:
            self.close()
            raise

    def _prepare(self) -> None:
        # One transaction over all versions: a failure leaves the database as it was.
        with self._writer.connect() as connection, _unchecked(connection), connection.begin():
            migrations.upgrade(connection)
            _check_references(connection)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """Open a consistent view of the data."""
        with self._reading, Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that is committed when the block ends, or undone when it raises."""
        with self._writing, Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()


@contextlib.contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table without deleting what refers to its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()  # the driver's own: this has no effect in transactions
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise SandboxError("The sandbox's database has rows that belong to nothing.")


def _server_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError):
        # Without the cause, which quotes what may hold a password.
        raise SandboxError("The sandbox's database has no valid URL.") from None
    match url.get_backend_name():
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case "sqlite":
            return url.set(drivername="sqlite")
        case _:
            raise SandboxError("The sandbox's database must be PostgreSQL or SQLite.")


def _file_url(folder: Path | None) -> URL:
    if folder is None:
        return make_url("sqlite://")
    path = folder / "sandbox.db"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made here and not by SQLite, which would make it readable to others; its -wal and -shm
        # files take over this mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SandboxError(f"The sandbox's folder can't be used: {error.strerror}.") from error
    return make_url("sqlite://").set(database=str(path))


def _engine(url: URL) -> Engine:
    # hide_parameters: an error in the log must not show tokens.
    if url.get_backend_name() == "postgresql":
        return _postgres(url)
    if url.database:
        engine = create_engine(url, hide_parameters=True, pool_size=THREADS)
    else:
        engine = create_engine(
            url,
            hide_parameters=True,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)
    return engine


def _postgres(url: URL) -> Engine:
    try:
        engine = create_engine(url, hide_parameters=True, pool_size=THREADS, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise SandboxError(
            "The driver for PostgreSQL isn't installed. "
            "Install it with: pip install 'countersign[sandbox-postgres]'"
        ) from error
    event.listen(engine, "begin", _wait_for_turn)
    return engine


def _wait_for_turn(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql(_WRITER_LOCK)


def _connected(connection: DBAPIConnection, _record: object) -> None:
    # Python's sqlite3 opens transactions by itself, too late for a consistent read; ours does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that starts as a reader could fail when it upgrades.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
