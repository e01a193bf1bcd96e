"""What the user is told about an identity before it is sent."""

from __future__ import annotations

import platform
import re
from typing import Final

from countersign import __version__
from countersign.push.errors import InputError

_MAX: Final = 256
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_PHONE: Final = re.compile(r"\+?[\d ()./-]{7,20}")
_SYSTEMS: Final = {"Linux": "Linux", "Darwin": "macOS", "Windows": "Windows"}


def checked_identity(text: str) -> str:
    """Return an identity that can be sent; what a company takes, its backend decides."""
    if not 0 < len(text) <= _MAX or not text.isprintable() or text.strip() != text:
        raise InputError(
            "bad_identity", "That ID can't be used.", "Use the ID from your company, as it is."
        )
    return text


def warning_about(identity: str) -> str | None:
    """Return a warning where an identity looks personal: the service wants opaque ids."""
    if _EMAIL.fullmatch(identity):
        return "This looks like an e-mail address. Use the ID from your company."
    if _PHONE.fullmatch(identity) and sum(map(str.isdigit, identity)) >= 7:  # noqa: PLR2004 - a phone number's least digits
        return "This looks like a phone number. Use the ID from your company."
    return None


def computer_name() -> str:
    """Return the name that a company sees unless the user gives another; never the host's name."""
    return f"{_SYSTEMS.get(platform.system(), 'Desktop')} computer"


def metadata() -> dict[str, str]:
    """Return what a company is told of this computer: its system, and this app's version."""
    return {
        "os": _SYSTEMS.get(platform.system(), "other"),
        "os_version": platform.release()[:64],
        "app_version": __version__,
    }
