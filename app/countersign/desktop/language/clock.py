"""A time of day as the user's locale writes it; Qt's own short format has no seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from PySide6.QtCore import QTime

_MINUTES: Final = re.compile(r"([:.]?)mm?")


def time_of_day(time: QTime, *, seconds: bool = False) -> str:
    """Return "23:10", "11:10 PM", "23.10": with seconds, they follow the minutes in that way."""
    locale = QLocale()
    form = locale.timeFormat(QLocale.FormatType.ShortFormat)
    if seconds:
        form = _MINUTES.sub(lambda found: f"{found[0]}{found[1] or ':'}ss", form, count=1)
    return locale.toString(time, form)
