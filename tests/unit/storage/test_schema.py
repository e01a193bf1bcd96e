"""The schema: made once, kept, and never touched by a version that doesn't know it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from countersign.push.errors import InitializationError, StorageError
from countersign.storage import schema
from countersign.storage.database import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from countersign.storage.database import Database

pytestmark = pytest.mark.anyio


def by_hand(folder: Path, *statements: str) -> None:
    """Run statements on a profile's file, past the app."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def dump(folder: Path) -> list[str]:
    """Return all that a profile's file holds, and its version."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        return [*connection.iterdump(), str(version)]


async def version_of(database: Database) -> int:
    row = await database.read(lambda one: one.execute("PRAGMA user_version").fetchone())
    return int(row[0])


async def test_a_fresh_profile_has_the_latest_version(database: Database) -> None:
    assert await version_of(database) == len(schema.MIGRATIONS)


async def test_a_profile_that_is_opened_again_is_left_as_it_is(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    first = await open_database()
    name = await first.namespace()
    await first.aclose()
    before = dump(folder)
    again = await open_database()
    assert await again.namespace() == name
    assert dump(folder) == before


@pytest.mark.parametrize("version", [len(schema.MIGRATIONS) + 1, 999])
async def test_a_newer_version_s_profile_is_refused_and_left_as_it_is(
    folder: Path, open_database: Callable[..., Awaitable[Database]], version: int
) -> None:
    by_hand(folder, "CREATE TABLE of_tomorrow (a)", f"PRAGMA user_version = {version}")
    before = dump(folder)
    with pytest.raises(InitializationError) as raised:
        await open_database()
    assert (raised.value.name, raised.value.code) == ("newer_version", 60406)
    assert dump(folder) == before


async def test_an_older_version_s_profile_is_brought_up_to_date(
    open_database: Callable[..., Awaitable[Database]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await open_database()
    name = await first.namespace()
    await first.aclose()
    added = "CREATE TABLE more (a TEXT) STRICT;\nINSERT INTO more VALUES ('x');\n"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, added))
    again = await open_database()
    assert await version_of(again) == len(schema.MIGRATIONS)
    assert await again.namespace() == name
    assert await again.read(lambda one: one.execute("SELECT a FROM more").fetchall()) == [("x",)]


async def test_a_migration_that_fails_changes_nothing(
    folder: Path,
    open_database: Callable[..., Awaitable[Database]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await (await open_database()).aclose()
    before = dump(folder)
    broken = "CREATE TABLE more (a TEXT) STRICT;\nINSERT INTO nowhere VALUES ('x');\n"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(StorageError):
        await open_database()
    assert dump(folder) == before


async def test_processes_that_start_at_once_make_one_profile(
    open_database: Callable[..., Awaitable[Database]],
) -> None:
    databases = await asyncio.gather(*(open_database() for _ in range(6)))
    assert len({await database.namespace() for database in databases}) == 1


async def test_two_profiles_have_namespaces_of_their_own(
    tmp_path: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    one, two = [await open_database(tmp_path / name) for name in ("one", "two")]
    assert await one.namespace() != await two.namespace()


async def test_a_lost_namespace_is_damage(
    folder: Path, open_database: Callable[..., Awaitable[Database]]
) -> None:
    await (await open_database()).aclose()
    by_hand(folder, "DELETE FROM profile")
    (folder / "countersign.db.copy").unlink()
    with pytest.raises(StorageError) as raised:
        await (await open_database()).namespace()
    assert raised.value.name == "damaged"
