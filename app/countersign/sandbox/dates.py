"""Dates on the wire: exactly `YYYY-MM-DDTHH:MM:SSZ` out (protocol 0.3), any ISO 8601 in."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime


def stamp(seconds: int) -> str:
    """Write seconds since 1970 as `YYYY-MM-DDTHH:MM:SSZ`: a fraction breaks iOS and Python."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> int:
    """Read an ISO 8601 date and time with an offset or `Z` as whole seconds since 1970.

    Raises ValueError for anything else, a time without an offset included.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("the date has no offset")
    try:
        return int(moment.timestamp())
    except OverflowError as error:
        raise ValueError("the date is out of range") from error


def http_date(seconds: float) -> str:
    """Write seconds since 1970 as the `Date` header has it (RFC 9110)."""
    return email.utils.formatdate(seconds, usegmt=True)
