"""Decisions in SQLite: history, and the one open decision a challenge that all processes share."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from countersign.device import fate
from countersign.device.errors import AlreadyDecidingError
from countersign.device.records import Decision, Mode
from countersign.push.values import ChallengeStatus, Field
from countersign.storage.database import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.storage.database import Database

KEPT: Final = timedelta(days=90)
"""How long a decision stays in history; an open one stays until it is settled."""

_COLUMNS: Final = (
    "id, challenge_sid, factor_sid, message, fields, answer, mode, decided_at, suspicious, "
    "server_status, finished_at, error"
)
_CONFIRMED: Final = (
    "SELECT server_status FROM decisions "
    "WHERE challenge_sid = ? AND error IS NULL AND server_status IS NOT NULL"
)
_OPEN: Final = "server_status IS NULL AND error IS NULL"
_FINISH: Final = (
    "UPDATE decisions SET server_status = ?, error = ?, finished_at = ?, owner = NULL "
    "WHERE id = ? AND server_status IS NULL AND error IS NULL"
)


class DecisionTable:
    """The `DecisionLog` of a profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, decision: Decision) -> None:
        """Write an open decision; raises AlreadyDecidingError where the challenge has one.

        Raises DecisionError where it has a confirmed one: a second process that read the request
        before the first one's answer must not answer after it.
        """

        def work(connection: sqlite3.Connection) -> None:
            confirmed = connection.execute(_CONFIRMED, (decision.challenge_sid,)).fetchone()
            if confirmed is not None:
                before = fate.Verdict(ChallengeStatus(confirmed[0]), "already_answered")
                raise fate.explain(before, decision.answer)
            owner = self._database.process.take()
            try:
                connection.execute(
                    f"INSERT INTO decisions ({_COLUMNS}, owner) "  # noqa: S608 - our own columns
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*_row(decision), owner),
                )
            except sqlite3.IntegrityError as error:  # the index `one_open_decision`
                raise AlreadyDecidingError from error

        await self._database.write(work)

    async def finish(self, decision: Decision) -> None:
        """Complete a decision; one that is complete already stays as it is."""
        finished_at = decision.finished_at.isoformat() if decision.finished_at else None
        await self._database.write(
            lambda connection: connection.execute(
                _FINISH,
                (decision.server_status, decision.error, finished_at, decision.id),
            )
        )

    async def mark_suspicious(self, decision_id: str) -> bool:
        """Mark a decision, once; False where it is marked already, or unknown."""

        def work(connection: sqlite3.Connection) -> bool:
            marked = connection.execute(
                "UPDATE decisions SET suspicious = 1 WHERE id = ? AND suspicious = 0",
                (decision_id,),
            )
            return marked.rowcount > 0

        return await self._database.write(work)

    async def unresolved(self) -> Sequence[Decision]:
        """Return open decisions of this process and of processes that no longer run."""

        def work(connection: sqlite3.Connection) -> list[Decision]:
            process = self._database.process
            rows = connection.execute(
                f"SELECT {_COLUMNS}, owner FROM decisions WHERE {_OPEN}"  # noqa: S608 - our own
            ).fetchall()
            ours = []
            for *row, owner in rows:
                if owner is None or process.held_by_us(owner) or not process.runs(owner):
                    connection.execute(
                        "UPDATE decisions SET owner = ? WHERE id = ?", (process.take(), row[0])
                    )
                    ours.append(_decision(row))
            return ours

        return await self._database.write(work)

    async def find(self, challenge_sid: str) -> Sequence[Decision]:
        """Return all decisions on one challenge, oldest first."""
        return await self._select("WHERE challenge_sid = ? ORDER BY decided_at", challenge_sid)

    async def all(self, limit: int | None = None) -> Sequence[Decision]:
        """Return decisions, newest first."""
        return await self._select(
            "ORDER BY decided_at DESC, id LIMIT ?", -1 if limit is None else limit
        )

    async def page(self, limit: int, after: Decision | None = None) -> Sequence[Decision]:
        """Return decisions, newest first; `after` is the last one of the page before."""
        if after is None:
            return await self.all(limit)
        when = after.decided_at.isoformat()
        return await self._select(
            "WHERE decided_at <= ? AND (decided_at < ? OR id > ?) "
            "ORDER BY decided_at DESC, id LIMIT ?",
            *(when, when, after.id, limit),
        )

    async def doubtful(self) -> Sequence[Decision]:
        """Return open decisions, whichever process made them, newest first."""
        return await self._select(f"WHERE {_OPEN} ORDER BY decided_at DESC, id")

    async def prune(self, days: int = KEPT.days) -> None:
        """Forget what is older than so many days; what is open stays."""
        before = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        await self._database.write(
            lambda connection: connection.execute(
                f"DELETE FROM decisions WHERE decided_at < ? AND NOT ({_OPEN})",  # noqa: S608 - our own
                (before,),
            )
        )

    async def _select(self, clause: str, *values: str | int) -> list[Decision]:
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_COLUMNS} FROM decisions {clause}",  # noqa: S608 - our own clauses
                values,
            ).fetchall()
        )
        return [_decision(row) for row in rows]


def _row(decision: Decision) -> tuple[Any, ...]:
    return (
        decision.id,
        decision.challenge_sid,
        decision.factor_sid,
        decision.message,
        json.dumps([[field.label, field.value] for field in decision.fields]),
        decision.answer.value,
        decision.mode.value,
        decision.decided_at.isoformat(),
        int(decision.suspicious),
        decision.server_status,
        decision.finished_at.isoformat() if decision.finished_at else None,
        decision.error,
    )


def _decision(row: Sequence[Any]) -> Decision:
    try:
        fields = tuple(Field(label, value) for label, value in json.loads(row[4]))
        return Decision(
            id=row[0],
            challenge_sid=row[1],
            factor_sid=row[2],
            message=row[3],
            fields=fields,
            answer=ChallengeStatus(row[5]),
            mode=Mode(row[6]),
            decided_at=datetime.fromisoformat(row[7]),
            suspicious=bool(row[8]),
            server_status=ChallengeStatus(row[9]) if row[9] else None,
            finished_at=datetime.fromisoformat(row[10]) if row[10] else None,
            error=row[11],
        )
    except (ValueError, TypeError) as error:
        raise damaged() from error
