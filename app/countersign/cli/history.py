"""`history`: what was answered from this computer."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.cli.documents import clock_time, decision_document
from countersign.cli.session import Session
from countersign.device.plain_text import visible
from countersign.push.errors import StorageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from countersign.cli.output import Output
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
)


def history(options: Namespace, output: Output) -> int:
    """Show decisions, newest first, or save them as CSV."""
    with Session(options, output) as session:
        session.settle()
        decisions = session.run(session.device.decisions.all())
        known = {account.sid: account for account in session.run(session.device.accounts.all())}
    if options.csv:
        _save(options.csv, table(decisions, known))
    output.document({"decisions": [decision_document(decision) for decision in decisions]})
    if options.csv:
        output.say(f"{len(decisions)} answers saved.")
        return 0
    for decision in decisions:
        output.line(_line(decision, known))
    if not decisions:
        output.line("No answers yet.")
    return 0


def table(decisions: Sequence[Decision], known: dict[str, Account]) -> str:
    """Return decisions as CSV (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for decision in decisions:
        account = known.get(decision.factor_sid)
        values = decision_document(decision) | {"account": account.label if account else ""}
        writer.writerow([_cell(values[column]) for column in _COLUMNS])
    return text.getvalue()


def _cell(value: object) -> str:
    """Write one value; a spreadsheet would run as a formula what begins like one (CWE-1236)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = visible(str(value))
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def _save(file: str, text: str) -> None:
    if file == "-":
        sys.stdout.write(text)
        return
    try:
        Path(file).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise StorageError(
            "csv", "The table can't be saved there.", "Choose another file."
        ) from error


def _line(decision: Decision, known: dict[str, Account]) -> str:
    account = known.get(decision.factor_sid)
    outcome = decision.answer.value
    if decision.open:
        outcome = f"{outcome}? (not known yet)"
    elif decision.error:
        outcome = f"not {outcome} ({decision.error.replace('_', ' ')})"
    marks = " not me" if decision.suspicious else ""
    who = visible(account.label) if account else decision.factor_sid
    return (
        f"{clock_time(decision.decided_at)}  {outcome}{marks}  {visible(decision.message)}  "
        f"{who}  by {decision.mode.value}  {decision.challenge_sid}"
    )
