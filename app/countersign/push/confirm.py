"""Whether a service's word proves that it took the very answer that was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.push.strict_json import canonical

if TYPE_CHECKING:
    from countersign.push.values import Challenge, ChallengeStatus

_MAY_CHANGE = frozenset(
    {"status", "date_created", "date_updated", "date_responded", "expiration_date"}
)


def confirms(asked: Challenge, reply: Challenge, wanted: ChallengeStatus) -> bool:
    """Tell whether `reply` is the challenge that was `asked` about, answered as `wanted`."""
    return (
        asked.signature_fields is not None
        and reply.sid == asked.sid
        and reply.factor_sid == asked.factor_sid
        and reply.status is wanted
        and same_content(asked, reply)
    )


def same_content(asked: Challenge, reply: Challenge) -> bool:
    """Tell whether each signed field but status and dates has the value that was signed.

    Values are compared, not text: a server may write the same value another way.
    """
    return _same(asked, reply, set(asked.signature_fields or ()) - _MAY_CHANGE)


def same_as_signed(asked: Challenge, reply: Challenge) -> bool:
    """Tell whether each signed field, dates and all, still has the value that was signed."""
    return _same(asked, reply, set(asked.signature_fields or ()))


def _same(asked: Challenge, reply: Challenge, names: set[str]) -> bool:
    return all(
        name in reply.members and canonical(asked.members[name]) == canonical(reply.members[name])
        for name in names
    )
