"""`approve` and `deny`: the same path as the buttons, with "command line" in history."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from countersign.cli.accounts import confirmed
from countersign.cli.documents import challenge_document, clock_time
from countersign.cli.requests import show_request
from countersign.cli.session import Session
from countersign.device import inbox
from countersign.device.decisions import Answer
from countersign.device.plain_text import visible
from countersign.device.policy import check_answer
from countersign.device.records import Mode
from countersign.device.suspicion import denied
from countersign.push.errors import AnswerLostError, InputError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.device.inbox import Request

_ADVICE: Final = "Someone may know your password. Change it, and tell your company."


def approve(options: Namespace, output: Output) -> int:
    """Approve a request; on a terminal it is shown and the user is asked."""
    return _answer(options, output, Answer(ChallengeStatus.APPROVED, Mode.COMMAND))


def deny(options: Namespace, output: Output) -> int:
    """Deny a request, or mark one that was denied from here before as suspicious."""
    suspicious = options.reason == "suspicious"
    return _answer(options, output, Answer(ChallengeStatus.DENIED, Mode.COMMAND, suspicious))


def _answer(options: Namespace, output: Output, answer: Answer) -> int:
    with Session(options, output) as session:
        session.settle()
        check_answer(  # before anybody is asked in vain
            session.device.policy, answer.status, pin_set=session.device.pin.is_set
        )
        request = session.run(inbox.find(session.device, options.challenge))
        session.tell_clock([request.account])
        if answer.suspicious and session.run(_denied_here(session, request)):
            return _mark(session, request, output)
        if answer.status is ChallengeStatus.APPROVED and not output.json:
            show_request(session, request, output)
            sys.stdout.flush()
            if not confirmed("Approve this request? You can't undo it."):
                raise InputError("not_answered", "Nothing was approved. The request still waits.")
        answered = session.run(session.decisions.answer(request, answer))
    output.document(challenge_document(answered.challenge))
    word = answer.status.value.capitalize()
    when = clock_time(answered.decision.decided_at)
    output.line(f"{word} at {when}. {visible(request.account.label)} has it.")
    if answer.suspicious:
        output.line(_ADVICE)
    return 0


async def _denied_here(session: Session, request: Request) -> bool:
    if request.challenge.status is not ChallengeStatus.DENIED:
        return False
    known = await session.device.decisions.find(request.challenge.sid)
    return any(denied(decision, request.account.sid) for decision in known)


def _mark(session: Session, request: Request, output: Output) -> int:
    """Mark a denial of before: in history in any case, and once at the service."""
    account = visible(request.account.label)
    mark = session.run(
        session.decisions.mark_suspicious(request.account.sid, request.challenge.sid)
    )
    if mark.error is not None:
        lost = isinstance(mark.error, AnswerLostError)
        told = "may not have been told" if lost else "couldn't be told"
        output.say(f"Noted in history here. {account} {told}:")
        raise mark.error
    output.document(challenge_document(mark.challenge or request.challenge))
    if mark.before:
        output.line("It was marked before, so nothing was sent.")
    else:
        output.line(f"You had denied it. {account} was told that it wasn't you.")
    output.line(_ADVICE)
    return 0
