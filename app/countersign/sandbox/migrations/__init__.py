"""The database's schema, version by version, by Alembic; run whenever a database is opened.

The next version, when a table changes: change the models; copy the newest file of `versions/` to
the next number and write there, in `revision` and `down_revision`, the number and the one before;
run `tests/sandbox/test_migrations.py`, which names what lacks until file and models agree. A table
that is changed and not only added to needs `op.batch_alter_table`: SQLite can't alter one in place.
A version that was ever released is never edited again.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from countersign.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = "countersign.sandbox:migrations"
FIRST = "0001"
_FIRST_NUMBER = 1
# Alembic's `op` and `context` are the process's, and two sandboxes may start in two threads.
_alone = threading.Lock()


def upgrade(connection: Connection, scripts: str = SCRIPTS) -> None:
    """Bring a database, empty or old, to the newest version, inside the caller's transaction.

    Raises SandboxError if it was written by a newer version, or is no sandbox's.
    """
    config = Config()
    config.set_main_option("script_location", scripts)
    config.attributes["connection"] = connection
    with _alone:
        found = _version(connection)
        script = ScriptDirectory.from_config(config)
        if found not in {None, *(each.revision for each in script.walk_revisions())}:
            raise SandboxError(
                "The sandbox's database was written by another version, newer than this one. "
                "Update Countersign, or give it another folder or database."
            )
        if MigrationContext.configure(connection).get_current_revision() is None and found:
            command.stamp(config, found)
        if found != script.get_current_head():
            command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    """Give the version of the schema; None where there is none yet."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None or not inspect(connection).has_table("schema_info"):
        return current
    # The first version counted by itself: one row, written in the transaction that came next.
    number = connection.scalar(text("SELECT version FROM schema_info"))
    return f"{number or _FIRST_NUMBER:04}"
