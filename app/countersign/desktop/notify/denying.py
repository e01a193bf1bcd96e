"""Denies from a notice: exactly what it showed, or nothing. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.request import endings
from countersign.desktop.request.rows import differs
from countersign.device.decisions import Answer
from countersign.device.errors import SIGNATURE, DecisionError
from countersign.device.inbox import Request
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.desktop.request.ports import Answers, Source
    from countersign.desktop.request.view import Say
    from countersign.push.errors import CountersignError


async def deny(source: Source, answers: Answers, shown: Request) -> None:
    """Fetch the request, compare it with what was shown, and deny it by the button's own way.

    Raises what `Decisions.answer` raises, and DecisionError (`changed`) where it isn't what was
    shown any more: nothing is sent then.
    """
    async with source.speaking_for(shown.account) as client:
        fetched = await client.challenge(shown.challenge.sid)
    if fetched.status is ChallengeStatus.PENDING and differs(shown.challenge, fetched):
        raise DecisionError("changed", "This request changed since it was shown.", code=SIGNATURE)
    await answers.answer(Request(shown.account, fetched), Answer(ChallengeStatus.DENIED))


def outcome(error: CountersignError) -> tuple[Say, int]:
    """Return what an error of `deny` means, and its code."""
    ending = endings.of_error(error)
    return ending.say, ending.code or error.code
