"""What is said about PINs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.notify.port import Action, Notice

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

LOCKED = "locked"
"""The notice's id."""
UNLOCK = "unlock"
"""Its action's key."""

translate = QCoreApplication.translate


def sentence(error: CountersignError) -> str:
    """Return what a PIN that was refused, or a key that couldn't be wrapped, is told with."""
    return f"{message_of(error)} {hint_of(error)}".strip()


def wait_text(seconds: float) -> str:
    """Return when a PIN may be tried again."""
    text = translate("Pin", "Too many wrong PINs. Try again in {seconds} s.")
    return text.format(seconds=math.ceil(seconds))


def locked_notice() -> Notice:
    """Return what is told once after the screen was unlocked."""
    return Notice(
        LOCKED,
        "Countersign",
        translate("Pin", "Countersign is locked and can't see requests."),
        (Action(UNLOCK, translate("Pin", "Unlock")),),
    )
