"""`approve` and `deny`: the same path as the buttons, with "command line" in history."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from countersign.cli.accounts import confirmed
from countersign.cli.documents import challenge_document, clock_time
from countersign.cli.requests import show_request
from countersign.cli.session import Session
from countersign.device import inbox
from countersign.device.decisions import Answer
from countersign.device.plain_text import visible
from countersign.device.records import Mode
from countersign.push.errors import InputError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output


def approve(options: Namespace, output: Output) -> int:
    """Approve a request; on a terminal it is shown and the user is asked."""
    return _answer(options, output, Answer(ChallengeStatus.APPROVED, Mode.COMMAND))


def deny(options: Namespace, output: Output) -> int:
    """Deny a request."""
    suspicious = options.reason == "suspicious"
    return _answer(options, output, Answer(ChallengeStatus.DENIED, Mode.COMMAND, suspicious))


def _answer(options: Namespace, output: Output, answer: Answer) -> int:
    with Session(options, output) as session:
        session.settle()
        request = session.run(inbox.find(session.device, options.challenge))
        session.tell_clock([request.account])
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
        output.line("Someone may know your password. Change it, and tell your company.")
    return 0
