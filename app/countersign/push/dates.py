"""The two date forms of the protocol: those in bodies and those in HTTP headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# The service sends YYYY-MM-DDTHH:MM:SSZ; a device reads offsets and fractions as well
# (protocol.md §0.3). `fromisoformat` alone would take week dates and local times too.
_BODY_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def parse_date(text: str) -> datetime:
    """Return a body's date in UTC; raises ValueError where it is none."""
    if not _BODY_DATE.fullmatch(text):
        raise ValueError("not a date of the Verify API")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:  # the year 1 or 9999 with an offset that leaves the calendar
        raise ValueError("date out of range") from error


def parse_http_date(text: str | None) -> float | None:
    """Return a `Date` header as POSIX seconds, or None where there is none that can be read."""
    if text is None:
        return None
    try:
        when = parsedate_to_datetime(text)
        # A date that names no zone is UTC (RFC 9110, 5.6.7), never this computer's zone.
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def format_date(when: datetime) -> str:
    """Return a date as the service writes it."""
    # Not strftime, which writes the year 999 with three digits on some systems.
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
