"""A database that was damaged: set aside, and made anew of its copy and of what can be read."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from countersign.storage.account_table import AccountTable
from countersign.storage.database import FILE_NAME
from countersign.storage.decision_table import DecisionTable
from countersign.storage.recovery import COPY
from tests.unit.storage.pin.pin_support import an_account
from tests.unit.storage.test_tables import decision

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.storage.database import Database

pytestmark = pytest.mark.anyio
PAGE = 4096
ANSWERS = 200


@pytest.fixture
async def filled(open_database: Callable[..., Awaitable[Database]]) -> str:
    """Fill a profile with two accounts and many answers, close it, and give its namespace."""
    database = await open_database()
    accounts, log = AccountTable(database), DecisionTable(database)
    for number in (1, 2):
        key_id = f"key-{number}"
        await accounts.note_key(key_id)
        await accounts.add(replace(an_account("YF" + f"{number}" * 32, key_id), label="L" * 500))
    await accounts.note_key("made and not used yet")
    for number in range(ANSWERS):
        await log.begin(replace(decision(), id=f"{number:032}", challenge_sid=f"YC{number:032}"))
        await log.finish(
            replace(
                decision(),
                id=f"{number:032}",
                challenge_sid=f"YC{number:032}",
                server_status=decision().answer,
            )
        )
    namespace = await database.namespace()
    await database.aclose()
    return namespace


def header(file: Path) -> None:
    file.write_bytes(b"\xff" * 100 + file.read_bytes()[100:])


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def letter(file: Path) -> None:
    file.write_bytes(b"Dear Sir or Madam, " * 5000)


def middle(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(4, len(content) // PAGE, 3):
        content[page * PAGE : page * PAGE + 512] = b"\xa5" * 512
    file.write_bytes(content)


def profile(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE profile")


def take_away(file: Path) -> None:
    file.unlink()


class Killed(BaseException):
    """The process ended here."""


def set_aside(folder: Path) -> list[Path]:
    return [one for one in folder.glob("*.damaged-*") if not one.name.endswith(("-wal", "-shm"))]


def litter(folder: Path) -> list[Path]:
    return list(folder.glob("*.new"))


def begin(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).touch()


@pytest.mark.parametrize("damage", [header, half, nothing, letter, middle, profile])
async def test_accounts_come_back_and_the_damaged_file_stays(
    folder: Path,
    filled: str,
    open_database: Callable[..., Awaitable[Database]],
    damage: Callable[[Path], None],
) -> None:
    damage(folder / FILE_NAME)
    left = (folder / FILE_NAME).read_bytes()
    database = await open_database()
    assert database.recovered is not None
    assert (folder / database.recovered.aside).read_bytes() == left
    assert await database.namespace() == filled, "else its keys would be nobody's"
    accounts = AccountTable(database)
    assert [one.key_id for one in await accounts.all()] == ["key-1", "key-2"]
    notes = await database.read(lambda c: c.execute("SELECT key_id FROM stray_keys").fetchall())
    read = damage is middle and notes  # all accounts could be read: then notes count
    assert notes == ([("made and not used yet",)] if read else [])
    known = await DecisionTable(database).all()
    assert len(known) == database.recovered.answers
    if damage is profile:
        assert len(known) == ANSWERS
    await database.aclose()
    again = await open_database()
    assert again.recovered is None


async def test_some_of_the_history_is_read_where_some_can_be(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    assert filled
    half(folder / FILE_NAME)
    database = await open_database()
    assert database.recovered is not None
    assert 0 <= database.recovered.answers < ANSWERS
    assert (await DecisionTable(database).all(limit=1))[:1] is not None


async def test_without_a_copy_the_accounts_that_can_be_read_are_taken(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    (folder / COPY).unlink()
    middle(folder / FILE_NAME)
    database = await open_database()
    assert database.recovered is not None
    assert await database.namespace() == filled


async def test_a_key_that_the_copy_knows_of_as_nobody_s_is_never_removed_by_it(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    """The copy was written before the account was added; then the computer failed."""
    assert filled
    with closing(sqlite3.connect(folder / COPY)) as connection, connection:
        connection.execute("DELETE FROM accounts WHERE key_id = 'key-2'")
        connection.execute("INSERT INTO stray_keys VALUES ('key-2', NULL)")
    profile(folder / FILE_NAME)
    accounts = AccountTable(await open_database())
    assert {one.key_id for one in await accounts.all()} == {"key-1", "key-2"}
    assert "key-2" not in await accounts.stray_keys()


@pytest.mark.parametrize("step", range(1, 4))
async def test_a_recovery_that_is_cut_off_is_done_again(
    folder: Path,
    filled: str,
    open_database: Callable[..., Awaitable[Database]],
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    profile(folder / FILE_NAME)
    rename, done = Path.rename, 0

    def cut(place: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == step:
            raise Killed
        return rename(place, target)

    monkeypatch.setattr(Path, "rename", cut)
    with contextlib.suppress(Killed):
        await open_database()
    monkeypatch.setattr(Path, "rename", rename)
    database = await open_database()
    assert await database.namespace() == filled
    assert len(await AccountTable(database).all()) == 2
    assert len(await DecisionTable(database).all()) == ANSWERS
    assert any(one.stat().st_size > PAGE for one in set_aside(folder)), "the damaged one is there"


async def test_what_was_set_aside_is_never_written_over(
    folder: Path,
    filled: str,
    open_database: Callable[..., Awaitable[Database]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert filled
    monkeypatch.setattr("countersign.storage.recovery.time.strftime", lambda _: "20261123-120000")
    for _ in range(3):
        letter(folder / FILE_NAME)
        await (await open_database()).aclose()
    assert len(set_aside(folder)) == 3


OPEN: Final = """
    import asyncio, sys
    from pathlib import Path
    from countersign.push.errors import StorageError
    from countersign.storage.account_table import AccountTable
    from countersign.storage.database import Database
    async def main():
        database = Database(Path(sys.argv[1]))
        await database.open()
        print(len(await AccountTable(database).all()), await database.namespace())
        await database.aclose()
    asyncio.run(main())
"""


def start_at_once(folder: Path) -> list[list[str]]:
    """Open the profile in three processes at the same time; what each says of it."""
    program = [sys.executable, "-c", textwrap.dedent(OPEN), str(folder)]
    started = [
        subprocess.Popen(program, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
        for _ in range(3)
    ]
    return [each.communicate(timeout=60)[0].split() for each in started]


@pytest.mark.parametrize("damage", [letter, nothing])
async def test_processes_that_start_at_once_find_the_same(
    folder: Path, filled: str, damage: Callable[[Path], None]
) -> None:
    for _ in range(4):
        damage(folder / FILE_NAME)
        assert await asyncio.to_thread(start_at_once, folder) == [["2", filled]] * 3


async def test_a_file_that_was_taken_away_is_no_reason_to_forget_the_keys(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    take_away(folder / FILE_NAME)
    database = await open_database()
    assert database.recovered is not None
    assert await database.namespace() == filled
    assert len(await AccountTable(database).all()) == 2


async def test_a_copy_that_is_behind_is_renewed_at_the_next_start(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    assert filled
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("DELETE FROM accounts WHERE key_id = 'key-1'")
    await (await open_database()).aclose()
    letter(folder / FILE_NAME)
    accounts = AccountTable(await open_database())
    assert [one.key_id for one in await accounts.all()] == ["key-2"]


async def test_a_copy_that_cannot_be_written_stops_nothing(
    folder: Path, filled: str, open_database: Callable[..., Awaitable[Database]]
) -> None:
    assert filled
    (folder / COPY).unlink()
    (folder / COPY).mkdir()
    (folder / COPY / "in the way").touch()
    database = await open_database()
    await AccountTable(database).note_key("another")
    assert not litter(folder)


async def test_a_first_start_that_was_cut_off_is_no_damage(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    begin(folder)
    database = await open_database()
    assert database.recovered is None
    assert await database.namespace()
