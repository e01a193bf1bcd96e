"""What became of each challenge: an account of it for people, which no device ever sees.

Times have fractions here, which the API's dates haven't: a person wants to see "in 0.8 s".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import JSON, ForeignKey, String, func, select
from sqlalchemy.orm import (
    Mapped,  # noqa: TC002 - SQLAlchemy evaluates the annotations
    mapped_column,
)

from countersign.sandbox.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countersign.sandbox.call import Call
    from countersign.sandbox.errors import ApiError
    from countersign.sandbox.models import Challenge

SENT, ANSWERED, REFUSED, STEERED = "sent", "answered", "refused", "steered"
MAX_REFUSED: Final = 50
"""Refused answers kept of one challenge: a loop in a client under test must not fill the disk."""
_Json = JSON(none_as_null=True)


class ChallengeEvent(Base):
    """One thing that happened to a challenge."""

    __tablename__ = "challenge_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_sid: Mapped[str] = mapped_column(
        String(34), ForeignKey("challenges.sid", ondelete="CASCADE"), index=True
    )
    at: Mapped[float]
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    code: Mapped[int | None]
    """Why it was refused."""
    auth_payload: Mapped[str | None]
    """The answer as it came, up to the length that is read at all."""
    served: Mapped[dict[str, object] | None] = mapped_column(_Json)
    """The fields to sign as they stood when the answer came."""
    public_key: Mapped[bytes | None]
    """The factor's key then: the factor may be gone when somebody looks."""


def _note(call: Call, challenge: Challenge, kind: str, text: str) -> ChallengeEvent:
    call.session.flush()  # the challenge itself must be there first
    event = ChallengeEvent(challenge_sid=challenge.sid, at=call.now, kind=kind, text=text)
    call.session.add(event)
    return event


def sent(call: Call, challenge: Challenge) -> None:
    """Note that a challenge was made, and by whom."""
    _note(call, challenge, SENT, f"Sent by {_sender(call.route)}")


def _sender(route: str) -> str:
    if route.startswith("/v2/"):
        return "the company, by the API"
    if route.startswith("/console"):
        return "the console"
    return "the control API" if route.startswith("/control") else "the sample backend"


def steered(call: Call, challenge: Challenge, text: str) -> None:
    """Note what a tester did to a challenge."""
    _note(call, challenge, STEERED, text)


def answered(
    call: Call, challenge: Challenge, auth_payload: str | None, key: bytes
) -> ChallengeEvent:
    """Note an answer that was taken."""
    event = _note(call, challenge, ANSWERED, f"{challenge.status.capitalize()} by the device")
    event.auth_payload, event.public_key = auth_payload, key
    return event


def refused(
    call: Call, challenge: Challenge, error: ApiError, auth_payload: str | None, key: bytes
) -> ChallengeEvent | None:
    """Note an answer that was not taken; None if there are too many of them."""
    count = select(func.count()).where(
        ChallengeEvent.challenge_sid == challenge.sid, ChallengeEvent.kind == REFUSED
    )
    if (call.session.scalar(count) or 0) >= MAX_REFUSED:
        return None
    event = _note(call, challenge, REFUSED, f"Answer refused: {error.message}")
    event.code, event.auth_payload, event.public_key = error.code, auth_payload, key
    return event


def of(call: Call, challenge_sid: str) -> list[ChallengeEvent]:
    """Give all that happened to a challenge, oldest first."""
    query = select(ChallengeEvent).where(ChallengeEvent.challenge_sid == challenge_sid)
    return list(call.session.scalars(query.order_by(ChallengeEvent.id)))


def waits(call: Call, sids: Iterable[str]) -> dict[str, float]:
    """Give how many seconds the answer took, of those challenges that a device answered."""
    query = (
        select(ChallengeEvent.challenge_sid, ChallengeEvent.kind, ChallengeEvent.at)
        .where(ChallengeEvent.challenge_sid.in_(list(sids)))
        .where(ChallengeEvent.kind.in_((SENT, ANSWERED)))
    )
    times = {(sid, kind): at for sid, kind, at in call.session.execute(query)}
    return {
        sid: at - times[sid, SENT]
        for (sid, kind), at in times.items()
        if kind == ANSWERED and (sid, SENT) in times
    }
