"""The database's schema, version by version; a version that was ever released never changes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from countersign.push.errors import InitializationError

if TYPE_CHECKING:
    import sqlite3

_V1: Final = """
CREATE TABLE profile (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    sid TEXT PRIMARY KEY,
    account_sid TEXT NOT NULL,
    service_sid TEXT NOT NULL,
    entity_sid TEXT,
    identity TEXT NOT NULL,
    friendly_name TEXT NOT NULL,
    label TEXT NOT NULL,
    status TEXT NOT NULL,
    credential_sid TEXT NOT NULL,
    key_id TEXT NOT NULL UNIQUE,
    api_url TEXT NOT NULL,
    backend_url TEXT NOT NULL,
    date_created TEXT NOT NULL,
    token_offset REAL NOT NULL
) STRICT;

CREATE TABLE stray_keys (
    key_id TEXT PRIMARY KEY,
    owner TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    challenge_sid TEXT NOT NULL,
    factor_sid TEXT NOT NULL,
    message TEXT NOT NULL,
    fields TEXT NOT NULL,
    answer TEXT NOT NULL,
    mode TEXT NOT NULL,
    suspicious INTEGER NOT NULL,
    decided_at TEXT NOT NULL,
    server_status TEXT,
    finished_at TEXT,
    error TEXT,
    owner TEXT
) STRICT;
CREATE INDEX decisions_by_time ON decisions (decided_at);
CREATE INDEX decisions_by_challenge ON decisions (challenge_sid);
CREATE UNIQUE INDEX one_open_decision ON decisions (challenge_sid)
    WHERE server_status IS NULL AND error IS NULL;
"""

_V2: Final = """
ALTER TABLE accounts ADD COLUMN sign_in_address TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN silent_sign_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN silent_everything INTEGER NOT NULL DEFAULT 0;
"""

_V3: Final = """
CREATE TABLE pin (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    salt BLOB NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    lanes INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    leaving INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    tried_at REAL NOT NULL
) STRICT;
"""

MIGRATIONS: Final = (_V1, _V2, _V3)
"""The script that leads from version i to version i + 1; version 0 is an empty file."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to this version's schema, whole or not at all.

    Raises InitializationError for one that a newer version has written: reading it could lose
    what this version doesn't know of.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")  # two processes at first start: the second one waits
    try:
        version = _known_version(connection)
        for script in MIGRATIONS[version:]:
            _run(connection, script)
        if version == 0:
            _name_profile(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS):d}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _known_version(connection: sqlite3.Connection) -> int:
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise InitializationError(
            "newer_version",
            "This profile belongs to a newer version of Countersign.",
            "Install the newer version again, or use another profile.",
        )
    return version


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statement by statement: `executescript` would commit the transaction first."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _name_profile(connection: sqlite3.Connection) -> None:
    """Give the profile a random id: its own corner of the keyring, shared with no other one."""
    connection.execute(
        "INSERT INTO profile (key, value) VALUES ('namespace', ?)", (uuid.uuid4().hex,)
    )
