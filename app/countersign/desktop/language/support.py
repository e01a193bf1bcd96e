"""Whom the user is told to ask: the company's own words, or ours; one place for all sentences."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from countersign.device.plain_text import visible
from countersign.device.policy import SUPPORT

_PROPERTY: Final = "countersignSupport"
_LONGEST: Final = 200


def use_support(words: str) -> None:
    """Have every sentence from now on name these words of the company's policy."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_PROPERTY, words)


def support() -> str:
    """Return what stands for `{support}` in a sentence, in the user's language. Safe to show."""
    app = QCoreApplication.instance()
    words = None if app is None else app.property(_PROPERTY)
    return worded(words if isinstance(words, str) else SUPPORT)


def worded(words: str) -> str:
    """Return the words of a policy as they are shown; without any, ours."""
    if words in {"", SUPPORT}:
        return QCoreApplication.translate("Support", "whoever gave you this account")
    return visible(words, _LONGEST)
