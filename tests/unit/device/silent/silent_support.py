"""Challenges as the service lists and gives them, for the state machines of silent approval."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from countersign.push.values import parse_challenge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.push.values import Challenge

FACTOR = "YF" + "1" * 32
OTHER = "YF" + "2" * 32
SIGNED = "sid,factor_sid,date_created,date_updated,expiration_date,status,details,hidden_details"
DAY = 1_790_000_000.0
"""A moment on the service's clock, POSIX seconds."""
ID = "0123456789abcdef0123456789abcdef"


def written(moment: float) -> str:
    """Write a time as the API does."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def challenge(  # noqa: PLR0913 - a challenge's members, all by name
    sid: str = "YC1",
    *,
    factor: str = FACTOR,
    created: float = DAY + 1,
    hidden: Mapping[str, object] | None = None,
    fields: Mapping[str, str] | None = None,
    message: str = "Sign in?",
    status: str = "pending",
    signed: str | None = SIGNED,
    **more: object,
) -> Challenge:
    """Return one that was fetched alone; `signed` None for an item of a list."""
    shown = [{"label": label, "value": value} for label, value in (fields or {}).items()]
    body = {
        "sid": sid,
        "factor_sid": factor,
        "date_created": written(created),
        "date_updated": written(created),
        "expiration_date": written(created + 300),
        "status": status,
        "details": {"message": message, "fields": shown},
        "hidden_details": hidden,
        **more,
    }
    return parse_challenge(json.dumps(body).encode(), signed)


def mine(sid: str = "YC1", transaction: str = ID, *, factor: str = FACTOR) -> Challenge:
    """Return a challenge that carries a sign-in's id."""
    return challenge(sid, factor=factor, hidden={"transaction": transaction})
