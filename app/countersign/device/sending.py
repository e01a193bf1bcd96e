"""Sending an answer, with the mark of one that is suspicious; and what is said if it got lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.device import suspicion
from countersign.device.errors import UnknownFateError
from countersign.push.errors import ApiError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.device.records import Decision
    from countersign.push.client import FactorClient
    from countersign.push.values import Challenge

_BAD_REQUEST: Final = 400


async def post(client: FactorClient, challenge: Challenge, decision: Decision) -> Challenge | None:
    """Send an answer; raises and returns what `FactorClient.answer` does."""
    metadata = suspicion.SUSPICIOUS if decision.suspicious else None
    try:
        return await client.answer(challenge, decision.answer, metadata)
    except ApiError as error:
        if metadata is None or error.status != _BAD_REQUEST:
            raise
    # The service takes no Metadata here. It refused the request as a whole, so nothing was
    # answered, and the answer matters more than the mark.
    return await client.answer(challenge, decision.answer)


def unknown(decision: Decision) -> UnknownFateError:
    """Return the error of an answer of which nobody knows whether it arrived."""
    word = "approval" if decision.answer is ChallengeStatus.APPROVED else "denial"
    return UnknownFateError(
        "unknown",
        f"We don't know yet if your {word} arrived: the connection broke.",
        "Countersign asks when it can, and won't send it twice. See: countersign history",
    )
