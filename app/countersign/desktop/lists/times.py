"""The words for time; pure functions of seconds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from countersign.desktop.language.clock import time_of_day

if TYPE_CHECKING:
    from PySide6.QtCore import QDate

translate = QCoreApplication.translate

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400
_FRESH: Final = 30
"""Seconds for which a list counts as up to date."""


def age_text(then: float, now: float) -> str:
    """Return how old something is: words within a day, then the date. Both in POSIX seconds."""
    age = now - then
    if age < _MINUTE:  # also for what a clock puts into the future
        return translate("Times", "now")
    if age < _HOUR:
        return translate("Times", "{minutes} min").format(minutes=int(age // _MINUTE))
    if age < _DAY:
        return translate("Times", "{hours} h").format(hours=int(age // _HOUR))
    return QLocale().toString(local_day(then), QLocale.FormatType.ShortFormat)


def left_text(seconds: float) -> str:
    """Return how much time is left, rounded up: "0 s" only when nothing is."""
    minutes, rest = divmod(max(0, math.ceil(seconds)), _MINUTE)
    if minutes >= _MINUTE:
        hours, minutes = divmod(minutes, _MINUTE)
        return translate("Times", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("Times", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return translate("Times", "{seconds} s").format(seconds=rest)


def left_sentence(seconds: float) -> str:
    """Return how much time is left, as it stands by itself."""
    return translate("Times", "{time} left").format(time=left_text(seconds))


def checked_text(seconds: float) -> str:
    """Return how long ago the services were asked."""
    if seconds < _FRESH:
        return translate("Times", "Up to date")
    if seconds < _HOUR:
        minutes = max(1, int(seconds // _MINUTE))
        return translate("Times", "Checked {minutes} min ago").format(minutes=minutes)
    return translate("Times", "Checked {hours} h ago").format(hours=int(seconds // _HOUR))


def clock_text(then: float) -> str:
    """Return a local time of day without its date."""
    return time_of_day(QDateTime.fromSecsSinceEpoch(math.floor(then)).time())


def local_day(then: float) -> QDate:
    """Return the day that it was, here."""
    return QDateTime.fromSecsSinceEpoch(math.floor(then)).date()


def day_text(day: QDate, today: QDate) -> str:
    """Return a day as a heading says it."""
    if day == today:
        return translate("Times", "Today")
    if day == today.addDays(-1):
        return translate("Times", "Yesterday")
    return QLocale().toString(day, QLocale.FormatType.LongFormat)
