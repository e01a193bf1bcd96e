"""A database of any version becomes one of today's, and none is ever spoiled."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import create_engine, inspect

from countersign.sandbox import app, migrations
from countersign.sandbox.clock import Clock
from countersign.sandbox.errors import SandboxError
from countersign.sandbox.models import Base
from countersign.sandbox.serve import running
from countersign.sandbox.store import Store
from tests.sandbox.world import START, Device, Key, World

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tests.sandbox.postgres import Server

DATA = Path(__file__).parent / "data"
# The key of the device in version-1.sql.
SECRET = 0xC48356F6A33F5C9A1D2F48E9991C2C204E9B32BDB58AB0D5547C2D9FC163DD1C
KEPT = (
    ("SELECT count(*) FROM challenges", 2),
    ("SELECT count(*) FROM factors", 1),
    ("SELECT count(*) FROM entities", 1),
    ("SELECT count(*) FROM access_tokens", 2),
)


def database(folder: Path) -> contextlib.closing[sqlite3.Connection]:
    folder.mkdir(exist_ok=True)
    return contextlib.closing(sqlite3.connect(folder / "sandbox.db"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a folder with a sandbox as the first version left it."""
    with database(tmp_path) as connection:
        connection.executescript((DATA / "version-1.sql").read_text(encoding="utf-8"))
    return tmp_path


def dump(folder: Path) -> list[str]:
    with database(folder) as connection:
        return list(connection.iterdump())


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [
        each
        for each in compare_metadata(context, Base.metadata)
        if each[0] != "remove_table" or each[1].name != "alembic_version"
    ]


def migrated(engine: Engine) -> list[Any]:
    with engine.begin() as connection:
        migrations.upgrade(connection)
        # Foreign keys, which SQLite's reflection gives in full, are compared as well.
        return differences(connection)


def test_the_migrations_make_what_the_models_say() -> None:
    assert app.__name__ in sys.modules  # with it every module that has tables is loaded
    engine = create_engine("sqlite://")
    # What stands here has to go into a new file of migrations/versions: see its __init__.
    assert migrated(engine) == []
    engine.dispose()


@pytest.mark.full
def test_so_they_do_on_postgresql(postgres: Server) -> None:
    with postgres.database() as url:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        assert migrated(engine) == []
        engine.dispose()


def test_a_table_without_a_migration_is_found() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrations.upgrade(connection)
        connection.exec_driver_sql("DROP INDEX challenges_by_factor")
        connection.exec_driver_sql("ALTER TABLE accounts DROP COLUMN friendly_name")
        found = differences(connection)
    engine.dispose()
    assert {each[0] for each in found} == {"add_index", "add_column"}


def test_the_versions_are_numbered_in_one_row() -> None:
    config = Config()
    config.set_main_option("script_location", migrations.SCRIPTS)
    newest_first = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert newest_first == [f"{number:04}" for number in range(len(newest_first), 0, -1)]


def test_a_file_of_the_first_version_opens_with_all_that_it_had(old: Path) -> None:
    key = Key(ec.derive_private_key(SECRET, ec.SECP256R1()))
    clock = Clock(lambda: START + 10)
    with running(state_dir=old, clock=clock) as sandbox, World.over(sandbox) as world:
        assert sandbox.account_sid == "AC587146a93e5d70a7ba1f1032c3c5478b"
        assert sandbox.auth_token == "970b175d7d31bc6e140d37df8aff9da8"
        assert sandbox.service_sid == "VAcad142ba6785a4b5b7935ab54c84d335"
        assert sandbox.client.accounts()[0]["friendly_name"] == "Countersign sandbox"
        factor = world.company("GET", "/Entities/version-one-user/Factors").json()["factors"][0]
        factor["config"]["credential_sid"] = "CRa1011f97a0ea90766c30bd1224fd6c64"
        device = Device(world, factor, key)
        answered, pending = device.call("GET", "/Challenges").json()["challenges"]
        assert answered["status"] == "approved"
        assert pending["details"]["fields"] == [{"label": "Ort", "value": "Köln"}]
        assert pending["hidden_details"] == {"transaction": "t-1"}
        assert device.answer(pending["sid"], "denied").status_code == 200
    with database(old) as connection:
        for query, rows in KEPT:
            assert connection.execute(query).fetchone() == (rows,)
        assert connection.execute("SELECT version FROM schema_info").fetchone() == (2,)


def test_an_opened_file_stays_as_it_is(old: Path) -> None:
    Store(folder=old).close()
    once = dump(old)
    Store(folder=old).close()
    assert dump(old) == once


def test_a_newer_file_is_refused_in_a_sentence_and_left_alone(tmp_path: Path) -> None:
    Store(folder=tmp_path).close()
    with database(tmp_path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = dump(tmp_path)
    with pytest.raises(SandboxError, match="another version, newer than this one"):
        Store(folder=tmp_path)
    assert dump(tmp_path) == before


@pytest.fixture
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give migrations whose last one does half of its work and fails."""
    place = tmp_path_factory.mktemp("scripts")
    source = Path(migrations.__file__).parent
    (place / "versions").mkdir()
    (place / "env.py").write_text((source / "env.py").read_text())
    for file in (source / "versions").glob("v*.py"):
        (place / "versions" / file.name).write_text(file.read_text())
    newest = max(file.stem[1:5] for file in (source / "versions").glob("v*.py"))
    (place / "versions" / "broken.py").write_text(
        "from alembic import op\n"  # noqa: S608 - a script, not a query
        f"revision, down_revision = '9000', '{newest}'\n"
        "def upgrade():\n"
        "    op.execute('DELETE FROM challenges')\n"
        "    op.drop_table('factors')\n"
        "    op.execute('CREATE TABLE half (done INTEGER)')\n"
        "    op.execute('SELECT nothing FROM nowhere')\n"
    )
    return place


def test_a_failed_migration_leaves_the_file_as_it_was(
    old: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    with monkeypatch.context() as patch:
        patch.setattr(migrations.upgrade, "__defaults__", (str(broken),))
        with pytest.raises(SandboxError, match="can't be opened"):
            Store(folder=old)
    assert dump(old) == before
    Store(folder=old).close()
    assert dump(old) != before


@pytest.mark.full
def test_a_failed_migration_leaves_postgresql_as_it_was(
    postgres: Server, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.database() as url:
        with monkeypatch.context() as patch:
            patch.setattr(migrations.upgrade, "__defaults__", (str(broken),))
            with pytest.raises(SandboxError, match="can't be opened"):
                Store(url)
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        assert inspect(engine).get_table_names() == []
        engine.dispose()


def test_rows_that_belong_to_nothing_are_refused(old: Path) -> None:
    with database(old) as connection:
        connection.execute("DELETE FROM services")  # without foreign keys, as any tool would
        connection.commit()
    with pytest.raises(SandboxError, match="belong to nothing"):
        Store(folder=old)
