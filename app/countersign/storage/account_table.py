"""Accounts in SQLite, and the names of keys that no account uses."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from countersign.device.records import Account
from countersign.push.errors import InputError
from countersign.push.values import FactorStatus
from countersign.storage.database import damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from countersign.storage.database import Database

_COLUMNS: Final = tuple(field.name for field in fields(Account))
_SWITCHES: Final = ("silent_sign_in", "silent_everything")
_NAMES: Final = ", ".join(_COLUMNS)
_PLACES: Final = ", ".join(f":{name}" for name in _COLUMNS)
_ASSIGNMENTS: Final = ", ".join(f"{name} = :{name}" for name in _COLUMNS if name != "sid")


class AccountTable:
    """The `AccountStore` of a profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, account: Account) -> None:
        """Add an account; raises InputError where this computer has that factor already."""

        def work(connection: sqlite3.Connection) -> None:
            known = "SELECT 1 FROM accounts WHERE sid = ?"
            if connection.execute(known, (account.sid,)).fetchone():
                raise InputError("already_registered", "This computer is already registered.")
            connection.execute(
                f"INSERT INTO accounts ({_NAMES}) VALUES ({_PLACES})",  # noqa: S608 - our own columns
                _row(account),
            )
            connection.execute("DELETE FROM stray_keys WHERE key_id = ?", (account.key_id,))

        await self._database.write_kept(work)

    async def update(self, account: Account) -> None:
        """Replace the account of the same sid; one that was removed meanwhile stays removed."""
        await self._database.write_kept(
            lambda connection: connection.execute(
                f"UPDATE accounts SET {_ASSIGNMENTS} WHERE sid = :sid",  # noqa: S608 - our own columns
                _row(account),
            )
        )

    async def remove(self, account: Account) -> None:
        """Forget an account and note its key as a stray one, in one transaction."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM accounts WHERE sid = ?", (account.sid,))
            connection.execute(
                "INSERT OR REPLACE INTO stray_keys (key_id, owner) VALUES (?, NULL)",
                (account.key_id,),
            )

        await self._database.write_kept(work)

    async def get(self, factor_sid: str) -> Account | None:
        """Return one account."""
        found = await self._select("WHERE sid = ?", factor_sid)
        return found[0] if found else None

    async def all(self) -> Sequence[Account]:
        """Return all accounts, oldest first."""
        return await self._select("ORDER BY date_created, sid")

    async def note_key(self, key_id: str) -> None:
        """Note a key that this process is about to make."""

        def work(connection: sqlite3.Connection) -> None:
            owner = self._database.process.take()
            connection.execute(
                "INSERT INTO stray_keys (key_id, owner) VALUES (?, ?)", (key_id, owner)
            )

        await self._database.write_kept(work)

    async def forget_key(self, key_id: str) -> None:
        """Take the note of a key back."""
        await self._database.write_kept(
            lambda connection: connection.execute(
                "DELETE FROM stray_keys WHERE key_id = ?", (key_id,)
            )
        )

    async def stray_keys(self) -> Sequence[str]:
        """Return noted keys that no running process is busy with."""

        def work(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute("SELECT key_id, owner FROM stray_keys").fetchall()
            runs = self._database.process.runs
            return [key_id for key_id, owner in rows if owner is None or not runs(owner)]

        return await self._database.read(work)

    async def _select(self, clause: str, *values: str) -> list[Account]:
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_NAMES} FROM accounts {clause}",  # noqa: S608 - our own columns and clauses
                values,
            ).fetchall()
        )
        return [_account(row) for row in rows]


def _row(account: Account) -> dict[str, Any]:
    return asdict(account) | {
        "status": account.status.value,
        "date_created": account.date_created.isoformat(),
    }


def _account(row: tuple[Any, ...]) -> Account:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _SWITCHES:
        values[name] = values[name] == 1  # whatever else is there was never switched on
    try:
        values["status"] = FactorStatus(values["status"])
        values["date_created"] = datetime.fromisoformat(values["date_created"])
    except (ValueError, TypeError) as error:
        raise damaged() from error
    return Account(**values)
