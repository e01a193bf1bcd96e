"""What is kept beside the database so that a damaged one costs history at most, and using it.

`countersign.db.copy` holds what can't be had again: the profile's name in the keyring, accounts,
notes of keys, the PIN's row. It is written anew, whole, after each change of those. A database that
can't be read is set aside as `countersign.db.damaged-…`, never deleted; a new one is made of the
copy, or where that is missing of what can still be read, with every answer of history that can be.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.storage.schema import migrate

if TYPE_CHECKING:
    from pathlib import Path

COPY: Final = "countersign.db.copy"
_SMALL: Final = ("profile", "accounts", "stray_keys", "pin")
_HISTORY: Final = "decisions"
_BESIDE: Final = ("", "-wal", "-shm")
_ASIDE: Final = ".damaged-"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done: the damaged file's new name, and how many answers could still be read."""

    aside: str
    answers: int


def keep_copy(connection: sqlite3.Connection, folder: Path) -> None:
    """Write the copy anew; one that can't be written leaves the one before, and is tried again."""
    new = folder / f"{COPY}.{os.getpid()}.new"  # two processes may do so at once
    try:
        if (folder / COPY).exists() and not _of_same_profile(connection, folder / COPY):
            _log.info("the copy is another profile's, and stays")
            return
        _write(connection, new)
        os.replace(new, folder / COPY)  # noqa: PTH105 - as atomic as its name says on all systems
    except (sqlite3.Error, OSError) as error:
        _log.info("no copy of the accounts could be kept: %s", type(error).__name__)
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Tell whether SQLite finds nothing wrong with a database that was migrated, and all is there.

    Raises sqlite3.Error.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        return False
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not {*_SMALL, _HISTORY} <= known:
        return False
    named = connection.execute("SELECT value FROM profile WHERE key = 'namespace'").fetchone()
    return named is not None


def is_kept(connection: sqlite3.Connection, folder: Path) -> bool:
    """Tell whether the copy has what the database has."""
    if not (folder / COPY).exists():
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_opened(folder / COPY)) as copy:
        return all(_rows(connection, table) == _rows(copy, table) for table in _SMALL)
    return False


def was_emptied(path: Path) -> bool:
    """Tell whether a file that held a profile has nothing in it any more, or is gone.

    One that is made at a first start is empty for a moment, too, and has no copy beside it.
    """
    if not path.with_name(COPY).exists():
        return False
    return not path.exists() or path.stat().st_size == 0


def recover(path: Path) -> Recovered | None:
    """Set a damaged database aside and make a new one of what there is; None where there is none.

    Then nothing was changed: without the profile's name in the keyring an empty database would
    only lose the keys. One that was cut off is done again from the file that it had set aside.
    The caller keeps other processes out. Raises sqlite3.Error and OSError.
    """
    new = path.with_name(f"{path.name}.new")
    for suffix in _BESIDE:
        path.with_name(new.name + suffix).unlink(missing_ok=True)
    gone = not path.exists()
    aside = (_newest_aside(path) if gone else None) or _free_name(path)
    damaged = aside if gone else path
    answers = _make(new, damaged, path.with_name(COPY), trusted=not gone)
    if answers is None:
        new.unlink(missing_ok=True)
        return None
    if gone and not aside.exists():
        _empty(aside)  # so that what is said to be kept is there
    for suffix in reversed(_BESIDE):  # the database last: with it gone, the rest means nothing
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(path.with_name(aside.name + suffix))
    new.rename(path)
    return Recovered(aside.name, answers)


def _newest_aside(path: Path) -> Path | None:
    """Return the file that was set aside last: a recovery that was cut off had just done so."""
    named = path.parent.glob(f"{path.name}{_ASIDE}*")
    found = [one for one in named if not one.name.endswith(_BESIDE[1:])]
    return max(found, key=lambda one: one.name, default=None)


def _free_name(path: Path) -> Path:
    """Return a name under which nothing was ever set aside."""
    first = f"{path.name}{_ASIDE}{time.strftime('%Y%m%d-%H%M%S')}"
    names = (path.with_name(f"{first}-{number:03}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _make(new: Path, damaged: Path, copy: Path, *, trusted: bool) -> int | None:
    """Fill a new database; returns how many answers it has, None where it has no profile.

    What can be read of the damaged file is newer than the copy, if `trusted`; each adds the
    accounts that the other one lacks. A note of a key as nobody's counts only where all accounts
    could be read: a key that is removed by mistake is gone for good.
    """
    _empty(new)
    with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as target:
        migrate(target)
        sources = [damaged, copy] if trusted else [copy]
        taken = [_take(target, source, _SMALL, over=False) for source in reversed(sources)]
        taken += [_take(target, source, _SMALL, over=True) for source in sources[:1]]
        if not any(rows.get("profile") for rows in taken):
            return None
        if not trusted or not set(_SMALL) <= taken[-1].keys():
            target.execute("DELETE FROM stray_keys")
        target.execute("DELETE FROM stray_keys WHERE key_id IN (SELECT key_id FROM accounts)")
        answers = _take(target, damaged, (_HISTORY,), over=True).get(_HISTORY, 0)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return answers


def _write(connection: sqlite3.Connection, new: Path) -> None:
    _empty(new)
    with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as target:
        migrate(target)
        target.execute("BEGIN")
        for table in _SMALL:
            _fill(target, table, connection.execute(f"SELECT * FROM {table}"))  # noqa: S608 - ours
        target.execute("COMMIT")


def _of_same_profile(connection: sqlite3.Connection, file: Path) -> bool:
    """Tell whether a copy is of this profile, or can't be read and is of no use to any."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_opened(file)) as copy:
        return _rows(connection, "profile") == _rows(copy, "profile") or not _rows(copy, "profile")
    return True


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 - our own tables
    rows: list[tuple[object, ...]] = connection.execute(query).fetchall()
    return rows


def _empty(file: Path) -> None:
    """Make an empty file that is this user's alone; SQLite would let all read it."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _take(
    target: sqlite3.Connection, file: Path, tables: tuple[str, ...], *, over: bool
) -> dict[str, int]:
    """Copy what can be read of some tables, over what is there or beside it.

    Returns the rows of each table that could be read to its end; of history, of what was read.
    """
    taken: dict[str, int] = {}
    if not file.exists():
        return taken
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_opened(file)) as source:
        for table in tables:
            with contextlib.suppress(sqlite3.Error):
                rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
                count, whole = _fill(target, table, rows, over=over)
                if whole or table == _HISTORY:
                    taken[table] = count
    return taken


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def _fill(
    target: sqlite3.Connection, table: str, rows: sqlite3.Cursor, *, over: bool = True
) -> tuple[int, bool]:
    """Copy rows by the names of their columns; returns how many, and whether that was all.

    The name that a new profile was given at random never counts.
    """
    names = [column[0] for column in rows.description]
    places = ", ".join("?" * len(names))
    word = "REPLACE" if over or table == "profile" else "IGNORE"
    insert = f"INSERT OR {word} INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own tables
    count = 0
    try:
        for row in rows:
            with contextlib.suppress(sqlite3.Error):  # a row that doesn't fit is none of ours
                target.execute(insert, row)
                count += 1
    except sqlite3.Error:
        return count, False
    return count, True
