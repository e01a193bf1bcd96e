"""The database's hold on disk: who may read it, what is durable, what each failure is called."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.push.errors import StorageError
from countersign.storage import database as database_module
from countersign.storage.database import FILE_NAME, Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

pytestmark = pytest.mark.anyio

on_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def note(key: str) -> Callable[[sqlite3.Connection], object]:
    """Return a change that is easy to see."""
    return lambda connection: connection.execute("INSERT INTO profile VALUES (?, 'x')", (key,))


def modes(folder: Path) -> dict[str, int]:
    """Return who may do what with a folder and all in it."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}


def plant(folder: Path, content: bytes) -> None:
    """Put a file in the database's place."""
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(content)


def overwrite(path: Path, start: int) -> None:
    """Put nonsense in a file's place from a byte on."""
    content = bytearray(path.read_bytes())
    content[start:] = b"\xa5" * (len(content) - start)
    path.write_bytes(content)


async def notes(database: Database) -> set[str]:
    rows = await database.read(lambda one: one.execute("SELECT key FROM profile").fetchall())
    return {key for (key,) in rows} - {"namespace"}


@pytest.fixture
def loose_umask() -> Iterator[None]:
    """Let new files be readable by all unless somebody sees to it."""
    before = os.umask(0)
    yield
    os.umask(before)


# --- Permissions ---------------------------------------------------------------------------------


@on_posix
@pytest.mark.usefixtures("loose_umask")
async def test_the_profile_is_this_user_s_alone(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    database = await open_database()
    await database.write(note("a"))
    await database.write(lambda _: database.process.take())
    assert modes(folder) == {
        folder.name: 0o700,
        FILE_NAME: 0o600,
        f"{FILE_NAME}-wal": 0o600,
        f"{FILE_NAME}-shm": 0o600,
        f"{FILE_NAME}.copy": 0o600,
        "open.lock": 0o600,
        "locks": 0o700,
    }


# --- Transactions --------------------------------------------------------------------------------


async def test_what_was_written_is_there_after_a_start(
    database: Database, open_database: Callable[..., Awaitable[Database]]
) -> None:
    await database.write(note("a"))
    await database.aclose()
    assert await notes(await open_database()) == {"a"}


async def test_a_write_that_fails_changes_nothing(database: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        note("a")(connection)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(half)
    await database.write(note("b"))
    assert await notes(database) == {"b"}


async def test_a_write_whose_caller_is_cancelled_is_done_whole(database: Database) -> None:
    writing = asyncio.ensure_future(database.write(note("a")))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await notes(database) == {"a"}


async def test_a_process_sees_what_another_has_written(
    database: Database, open_database: Callable[..., Awaitable[Database]]
) -> None:
    other = await open_database()
    await database.write(note("a"))
    assert await notes(other) == {"a"}


async def test_writes_of_two_processes_do_not_get_in_each_other_s_way(
    database: Database, open_database: Callable[..., Awaitable[Database]]
) -> None:
    other = await open_database()
    writers = [database, other] * 10
    await asyncio.gather(*(each.write(note(str(i))) for i, each in enumerate(writers)))
    assert len(await notes(database)) == 20


async def test_closing_twice_does_no_harm(database: Database) -> None:
    await database.aclose()
    await database.aclose()


async def test_closing_what_was_never_opened_makes_no_folder(tmp_path: Path) -> None:
    await Database(tmp_path / "profile").aclose()
    assert list(modes(tmp_path)) == [tmp_path.name]


class Refusing:
    """A connection that refuses a statement some times."""

    def __init__(self, *errors: str) -> None:
        self.errors = list(errors)

    def execute(self, _statement: str) -> None:
        """Refuse, or not any more."""
        if self.errors:
            raise sqlite3.OperationalError(self.errors.pop(0))


def test_a_switch_to_wal_that_sqlite_refuses_at_once_is_waited_for() -> None:
    connection = Refusing("database is locked", "database is locked")
    database_module._use_wal(connection)  # type: ignore[arg-type]  # as far as it is used
    assert connection.errors == []


@pytest.mark.parametrize(("error", "patience"), [("disk I/O error", 10), ("database is locked", 0)])
def test_a_switch_to_wal_that_fails_otherwise_or_too_long_fails(
    monkeypatch: pytest.MonkeyPatch, error: str, patience: float
) -> None:
    monkeypatch.setattr(database_module, "_BUSY_TIMEOUT", patience)
    with pytest.raises(sqlite3.OperationalError, match=error):
        database_module._use_wal(Refusing(error, error))  # type: ignore[arg-type]  # as above


# --- Trouble -------------------------------------------------------------------------------------


async def test_a_database_that_another_process_holds_is_busy(
    database: Database, open_database: Callable[..., Awaitable[Database]], folder: Path
) -> None:
    await database.aclose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "_BUSY_TIMEOUT", 0.0)
        impatient = await open_database()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as raised:
            await impatient.write(note("a"))
        assert await notes(impatient) == set()  # reading goes on
    assert (raised.value.name, raised.value.code) == ("database_busy", 60403)
    await impatient.write(note("a"))


async def test_a_profile_below_a_file_is_the_disk_s_trouble(
    tmp_path: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as raised:
        await open_database(tmp_path / "file" / "profile")
    assert raised.value.name == "disk"


async def test_a_folder_in_the_file_s_place_is_the_disk_s_trouble(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    (folder / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StorageError) as raised:
        await open_database()
    assert raised.value.name == "disk"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no new folders")
async def test_a_read_only_place_is_the_disk_s_trouble(
    open_database: Callable[..., Awaitable[Database]],
) -> None:
    with pytest.raises(StorageError) as raised:
        await open_database(Path("/proc/countersign"))
    assert raised.value.name == "disk"


async def test_a_disk_that_turned_read_only_is_the_disk_s_trouble(database: Database) -> None:
    await database.read(lambda connection: connection.execute("PRAGMA query_only = ON"))
    with pytest.raises(StorageError) as raised:
        await database.write(note("a"))
    assert raised.value.name == "disk"


DAMAGE = {
    "another file": b"This is no database, but a letter. " * 300,
    "a broken header": b"SQLite format 3\x00" + b"\xff" * 4096,
}


@pytest.mark.parametrize("content", DAMAGE.values(), ids=DAMAGE)
async def test_a_file_that_is_no_database_is_damaged_and_stays(
    folder: Path, open_database: Callable[..., Awaitable[Database]], content: bytes
) -> None:
    plant(folder, content)
    with pytest.raises(StorageError) as raised:
        await open_database()
    assert raised.value.name == "damaged"
    assert (folder / FILE_NAME).read_bytes() == content


async def test_pages_that_were_overwritten_are_damage_where_there_is_no_copy(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    first = await open_database()
    await first.write(note("a"))
    await first.aclose()
    (folder / f"{FILE_NAME}.copy").unlink()
    overwrite(folder / FILE_NAME, 4096)
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as raised:
        await notes(await open_database())
    assert raised.value.name == "damaged"
    assert (folder / FILE_NAME).read_bytes() == before


async def test_another_program_s_database_is_damaged_and_stays(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    plant(folder, b"")
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE accounts (bookkeeping)")
    with pytest.raises(StorageError) as raised:
        await open_database()
    assert raised.value.name == "damaged"


async def test_tables_that_are_missing_are_damage_where_there_is_no_copy(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    await (await open_database()).aclose()
    (folder / f"{FILE_NAME}.copy").unlink()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("DROP TABLE profile")
    with pytest.raises(StorageError) as raised:
        await notes(await open_database())
    assert raised.value.name == "damaged"


async def test_a_text_that_is_none_is_damage(database: Database) -> None:
    await database.write(
        lambda connection: connection.execute(
            "INSERT INTO profile VALUES (CAST(x'ff' AS TEXT), '')"
        )
    )
    with pytest.raises(StorageError) as raised:
        await notes(database)
    assert raised.value.name == "damaged"


FULL_DISK = """
    import asyncio, resource, signal, sys
    from pathlib import Path
    from countersign.push.errors import StorageError
    from countersign.storage.database import Database

    async def fill(database):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write fails like on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024, resource.RLIM_INFINITY))
        for number in range(1000):
            row = (str(number), "x" * 10_000)
            await database.write(
                lambda connection: connection.execute("INSERT INTO profile VALUES (?, ?)", row)
            )

    async def main():
        database = Database(Path(sys.argv[1]))
        await database.open()
        try:
            await fill(database)
        except StorageError as error:
            print(error.name)
        print(await database.namespace())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        await database.write(
            lambda connection: connection.execute("INSERT INTO profile VALUES ('later', '')")
        )
        await database.aclose()

    asyncio.run(main())
"""


@on_posix
async def test_a_full_disk_is_said_to_be_one_and_passes(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    database = await open_database()
    assert done.stdout.split() == ["disk", await database.namespace()], done.stderr
    assert "later" in await notes(database)
