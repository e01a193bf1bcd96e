"""History as a table (CSV, RFC 4180), for people who keep records of what they approved.

A file begins with a byte order mark: without one, Excel takes UTF-8 for the system's old encoding
and shows other letters. What goes to standard output, for programs, has none.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from countersign.device.plain_text import visible
from countersign.push.dates import format_date
from countersign.push.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from countersign.device.records import Account, Decision

_COLUMNS: Final = (
    "decided_at",
    "account",
    "factor_sid",
    "challenge_sid",
    "message",
    "answer",
    "mode",
    "suspicious",
    "server_status",
    "error",
    "fields",
    "finished_at",
)
_LONGEST: Final = 8_000
"""Characters of a value: 20 full fields have room."""
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with; the wide forms do where the system writes Chinese or Japanese."""


def table(decisions: Sequence[Decision], known: Mapping[str, Account]) -> str:
    """Return decisions as CSV with a heading line; holds no secret."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for decision in decisions:
        account = known.get(decision.factor_sid)
        writer.writerow(_cell(value) for value in _values(decision, account))
    return text.getvalue()


def save(file: Path, text: str) -> None:
    """Write a table; blocks. Raises StorageError where it can't be kept there."""
    try:
        file.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise StorageError(
            "csv", "The table can't be saved there.", "Choose another file."
        ) from error


def _values(decision: Decision, account: Account | None) -> tuple[str, ...]:
    return (
        format_date(decision.decided_at),
        account.label if account else "",
        decision.factor_sid,
        decision.challenge_sid,
        decision.message,
        decision.answer.value,
        decision.mode.value,
        "yes" if decision.suspicious else "no",
        decision.server_status.value if decision.server_status else "",
        decision.error or "",
        "; ".join(f"{field.label}: {field.value}" for field in decision.fields),
        format_date(decision.finished_at) if decision.finished_at else "",
    )


def _cell(value: str) -> str:
    """Write one value; a spreadsheet would run as a formula what begins like one (CWE-1236)."""
    text = visible(value, _LONGEST)
    return "'" + text if text.lstrip().startswith(_FORMULA) else text
