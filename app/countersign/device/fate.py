"""What became of an answer, judged from a challenge as the service shows it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.device.errors import ANSWERED, EXPIRED, SIGNATURE, DecisionError
from countersign.push.confirm import same_as_signed, same_content
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.records import Decision
    from countersign.push.values import Challenge

_DONE: Final = {ChallengeStatus.APPROVED: "approved", ChallengeStatus.DENIED: "denied"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The service's status, and None or the name of what went wrong (see `DecisionError`)."""

    status: ChallengeStatus | None
    error: str | None = None


def judge(decision: Decision, seen: Challenge, asked: Challenge | None) -> Verdict:
    """Judge an answer whose arrival wasn't known; `asked` is None after a restart."""
    if asked is not None and not same_content(asked, seen):
        pending = seen.status is ChallengeStatus.PENDING  # then no answer was taken
        return Verdict(None if pending else seen.status, "changed")
    if seen.status is decision.answer:
        return Verdict(seen.status)
    if seen.status is ChallengeStatus.EXPIRED:
        return Verdict(seen.status, "expired")
    if seen.status is ChallengeStatus.PENDING:
        return Verdict(None, "not_arrived")
    return Verdict(seen.status, "answered_elsewhere")


def judge_refusal(seen: Challenge, asked: Challenge, known: Sequence[Decision]) -> Verdict | None:
    """Judge an answer that the service refused; None where what is seen doesn't explain it.

    `known` are this device's other decisions on the challenge: a challenge belongs to one key,
    so an answer that none of them gave means that somebody else has the key. One that saw that
    before is no answer of ours: the alarm stays.
    """
    if seen.status is ChallengeStatus.EXPIRED:
        return Verdict(seen.status, "expired")
    if seen.status is not ChallengeStatus.PENDING:
        ours = any(
            other.server_status is seen.status and other.error != "answered_elsewhere"
            for other in known
        )
        return Verdict(seen.status, "already_answered" if ours else "answered_elsewhere")
    if not same_as_signed(asked, seen):
        return Verdict(None, "changed")
    return None


def judge_before(asked: Challenge, known: Sequence[Decision], now: float) -> Verdict | None:
    """Judge a challenge before it is answered; None where it can be. `now` is POSIX seconds."""
    if asked.status in _DONE:
        return judge_refusal(asked, asked, known)
    if asked.status is ChallengeStatus.EXPIRED or asked.expiration_date.timestamp() <= now:
        return Verdict(ChallengeStatus.EXPIRED, "expired")
    return None


def explain(verdict: Verdict, answer: ChallengeStatus) -> DecisionError:
    """Return the error, with its sentence, that a verdict on an answer stands for."""
    word = _DONE.get(answer, "answered")
    match verdict.error:
        case "expired":
            return DecisionError(
                "expired",
                f"Too late: this request expired. Nothing was {word}.",
                "Still signing in? Start again there.",
                code=EXPIRED,
            )
        case "not_arrived":
            return DecisionError(
                "not_arrived",
                f"Your answer did not arrive. Nothing was {word}.",
                "Answer again, if the request still waits.",
                code=60401,
            )
        case "changed":
            return DecisionError(
                "changed",
                "This request changed while you were reading. "
                + ("Your answer was not taken." if verdict.status is None else "Look at it again."),
                "Read it again.",
                code=SIGNATURE,
            )
        case "already_answered":
            before = "answered" if verdict.status is None else _DONE.get(verdict.status, "answered")
            return DecisionError(
                "already_answered",
                f"This request was already {before} from this computer.",
                "See when: countersign history",
                code=ANSWERED,
            )
        case _:
            return DecisionError(
                "answered_elsewhere",
                "This request was answered with your key, but not by this app.",
                "Tell whoever gave you this account now: someone may have a copy of your key.",
                code=ANSWERED,
            )
