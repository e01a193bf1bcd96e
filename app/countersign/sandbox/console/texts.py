"""How the console writes times and untrusted text."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from typing import Final

SHORT: Final = 16
MINUTE, HOUR, DAY = 60, 3_600, 86_400
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})


def briefly(seconds: float) -> str:
    """Write a length of time: 0.8 s, 12 s, 4 min 52 s, 2 h 5 min."""
    if seconds < 10:  # noqa: PLR2004 - from there on a tenth is noise
        return f"{max(seconds, 0):.1f} s"
    whole = int(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"


def offset(seconds: float) -> str:
    """Write how far the clock is off real time: +10 min, -1 h 30 min, +2 d; empty if it isn't."""
    whole = round(abs(seconds))
    if not whole:
        return ""
    sizes = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
    parts = []
    for size, name in sizes:
        if whole >= size:
            parts.append(f"{whole // size} {name}")
            whole %= size
    return ("+" if seconds > 0 else "-") + " ".join(parts[:2])


def clock_time(seconds: float) -> str:
    """Write a moment of the sandbox's clock, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M:%S")


def exact_time(seconds: float) -> str:
    """Write a moment with milliseconds, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def short(identity: str) -> str:
    """Cut a hash down to what tells it from others; leave a name whole."""
    return identity if len(identity) <= SHORT else f"{identity[:8]}…"


def visible(text: object) -> str:
    """Make characters visible that turn text around or hide in it: [U+202E]."""
    return "".join(
        f"[U+{ord(char):04X}]" if unicodedata.category(char) in _INVISIBLE else char
        for char in str(text)
    )


def pretty(value: object) -> str:
    """Write JSON for people; hidden characters as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(
        f"\\u{ord(char):04x}"
        if char != "\n" and unicodedata.category(char) in _INVISIBLE and ord(char) <= 0xFFFF  # noqa: PLR2004 - what one escape can write
        else char
        for char in text
    )
