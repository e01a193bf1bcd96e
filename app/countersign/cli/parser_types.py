"""What single words on the command line may be; wrong ones end the process with status 2."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_FACTOR: Final = re.compile("YF[0-9a-fA-F]{32}")
_CHALLENGE: Final = re.compile("YC[0-9a-fA-F]{32}")
_SCHEME: Final = "countersign:"


def _pattern(pattern: re.Pattern[str], kind: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise argparse.ArgumentTypeError(f"not {kind}")
        return text

    return check


factor = _pattern(_FACTOR, "an account's sid (YF and 32 hex digits)")
challenge = _pattern(_CHALLENGE, "a request's sid (YC and 32 hex digits)")


def link(text: str) -> str:
    """Take what has our scheme: what is wrong with it besides is told in the window.

    The browser that starts us shows nobody what we print.
    """
    if text[: len(_SCHEME)].lower() != _SCHEME:
        raise argparse.ArgumentTypeError("not a countersign:// link")
    return text


def positive(text: str) -> int:
    """Take a number above 0."""
    if not text.isascii() or not text.isdigit() or not int(text[:9]) > 0:
        raise argparse.ArgumentTypeError("not a number above 0")
    return int(text[:9])


def seconds(text: str) -> float:
    """Take a length of time, up to 30 years."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 10**9:
        raise argparse.ArgumentTypeError("not a number of seconds")
    return value
