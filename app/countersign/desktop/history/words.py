"""What is told of an answer of the past: a pure function of what history has, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.history.reasons import reason_text
from countersign.desktop.lists.history_model import Result, result_of, result_text, tags_of
from countersign.desktop.request.rows import rows, shown
from countersign.desktop.request.words import time_text
from countersign.device.records import Mode
from countersign.device.suspicion import can_mark
from countersign.push.address import host_of
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.desktop.request.view import Row
    from countersign.device.records import Account, Decision

translate = QCoreApplication.translate

_CONFIRMED: Final = {Result.APPROVED, Result.DENIED}


@dataclass(frozen=True, slots=True)
class Told:
    """All that is shown of an answer, safe to show. `alarm`: somebody else may have the key.

    `can_mark`: a denial of this device, of which it wasn't said yet who had asked.
    """

    id: str
    sid: str
    label: str
    host: str
    message: str
    rows: tuple[Row, ...]
    result: Result
    word: str
    tags: tuple[str, ...]
    answered: str
    outcome: str
    alarm: bool
    can_mark: bool


def told(decision: Decision, account: Account | None, now: float, support: str) -> Told:
    """Return what there is to tell; `account` is None where it is gone from this computer.

    `now` is in POSIX seconds: what was on another day is told with its date.
    """
    label = shown(account.label if account else decision.factor_sid)
    result = result_of(decision)
    word = translate("Answer", "Checking answer") if decision.open else result_text(decision)
    return Told(
        id=decision.id,
        sid=shown(decision.challenge_sid),
        label=label,
        host=shown(host_of(account.backend_url)) if account else _gone(),
        message=shown(decision.message),
        rows=rows(decision.fields),
        result=result,
        word=word,
        tags=tags_of(decision),
        answered=_answered(decision, result, now),
        outcome=_outcome(decision, label, now, support),
        alarm=decision.error == "answered_elsewhere",
        can_mark=can_mark(decision),
    )


def copied(what: Told) -> str:
    """Return all of it as plain text, one thing a line; it holds no secret."""
    lines = [
        (translate("Answer", "Account"), f"{what.label} ({what.host})"),
        (translate("Answer", "Request"), f"{what.message} ({what.sid})"),
        *((row.label, row.value) for row in what.rows),
        (translate("Answer", "Result"), ", ".join((what.word, *what.tags))),
    ]
    told_lines = [f"{name}: {value}" for name, value in lines]
    return "\n".join([*told_lines, what.answered, *what.outcome.split("\n")])


def _gone() -> str:
    return translate("Answer", "Removed from this computer")


def _answered(decision: Decision, result: Result, now: float) -> str:
    """Return who answered and when; what, too, where the service doesn't have it that way."""
    when = time_text(decision.decided_at.timestamp(), now)
    if result in _CONFIRMED:
        return _by(decision.mode).format(time=when)
    word = (
        translate("Answer", "Approve")
        if decision.answer is ChallengeStatus.APPROVED
        else translate("Answer", "Deny")
    )
    return _said_by(decision.mode).format(answer=word, time=when)


def _by(mode: Mode) -> str:
    match mode:
        case Mode.HAND:
            return translate("Answer", "Answered {time} by you on this computer")
        case Mode.COMMAND:
            return translate("Answer", "Answered {time} by the command line on this computer")
        case Mode.SILENT_SIGN_IN:
            return translate("Answer", "Answered {time} silently, for a sign-in from here")
        case Mode.SILENT_WINDOW:
            return translate("Answer", "Answered {time} silently, as you had turned on")


def _said_by(mode: Mode) -> str:
    match mode:
        case Mode.HAND:
            return translate("Answer", "Answered “{answer}” {time} by you on this computer")
        case Mode.COMMAND:
            return translate(
                "Answer", "Answered “{answer}” {time} by the command line on this computer"
            )
        case Mode.SILENT_SIGN_IN:
            return translate(
                "Answer", "Answered “{answer}” {time} silently, for a sign-in from here"
            )
        case Mode.SILENT_WINDOW:
            return translate("Answer", "Answered “{answer}” {time} silently, as you had turned on")


def _outcome(decision: Decision, label: str, now: float, support: str) -> str:
    if decision.open:
        text = translate(
            "Answer",
            "Countersign doesn't know yet if it arrived."
            " It is asking {account} and won't send it twice.",
        )
        return text.format(account=label)
    if decision.error is None and decision.server_status is decision.answer:
        if decision.finished_at is None:
            return translate("Answer", "Confirmed")
        when = time_text(decision.finished_at.timestamp(), now)
        return translate("Answer", "Confirmed {time}").format(time=when)
    return reason_text(decision, label, support)
