"""`history`: what was answered from this computer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from countersign.cli.documents import clock_time, decision_document
from countersign.cli.session import Session
from countersign.device.history_table import save, table
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.device.records import Account, Decision


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


def _save(file: str, text: str) -> None:
    if file == "-":
        sys.stdout.write(text)
    else:
        save(Path(file), text)


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
