"""The database: SQLite in a file or in memory, or whatever SQLAlchemy URL it is given."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from countersign.sandbox.errors import SandboxError
from countersign.sandbox.models import SCHEMA_VERSION, Base, SchemaInfo

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


class Store:
    """Transactions on one database. Writers go one at a time, readers beside them."""

    def __init__(self, url: str | None = None, folder: Path | None = None) -> None:
        """Open, and create what is missing: `url` if given, else a file in `folder`, else memory.

        Raises SandboxError if it can't be opened or was written by another version.
        """
        in_memory = url is None and folder is None
        self._writing = threading.Lock()
        # All threads share one in-memory connection, so even readers must take turns.
        self._reading = self._writing if in_memory else contextlib.nullcontext()
        self._engine = _engine(make_url(url) if url else _file_url(folder))
        self._writer = self._engine.execution_options(**{_WRITES: True})
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
        Base.metadata.create_all(self._writer)
        with self.write() as session:
            version = session.scalar(select(SchemaInfo.version))
            if version is None:
                session.add(SchemaInfo(version=SCHEMA_VERSION))
            elif version != SCHEMA_VERSION:
                raise SandboxError("The sandbox's database was written by another version.")

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """Open a consistent view of the data."""
        with self._reading, Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that is committed when the block ends, or undone when it raises."""
        with self._writing, Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


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
    if not url.drivername.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, pool_size=THREADS, pool_pre_ping=True)
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
