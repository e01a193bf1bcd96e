"""Time that stands still, in every module that asks for it, so that two runs show the same."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from unittest import mock

from PySide6.QtCore import QDateTime
from typing_extensions import override

from countersign.desktop.enroll import parts
from countersign.device import decisions, device
from countersign.push.clock import ServiceClock
from countersign.storage import decision_table
from tests.unit.device import device_support

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from types import ModuleType

WINDOW: Final = "countersign.desktop."
START = datetime(2026, 3, 2, 22, 10, 4, tzinfo=UTC).timestamp()
"""23:10:04 in the time zone that `__main__` sets."""


class Clock:
    """Stands in for the module `time`; it moves when it is told to."""

    def __init__(self) -> None:
        self._now = START

    def time(self) -> float:
        """Return POSIX seconds."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds since some moment."""
        return self._now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds


@contextmanager
def frozen() -> Iterator[Clock]:
    """Stop time, and give the clock."""
    clock = Clock()

    class Moment(datetime):
        @override
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Moment:
            return cls.fromtimestamp(clock.time(), tz)

    class QtMoment(QDateTime):
        @override
        @staticmethod
        def currentDateTime() -> QDateTime:  # type: ignore[override]  # Qt's has an overload
            return QDateTime.fromSecsSinceEpoch(round(clock.time()))

    with ExitStack() as stack:
        for module in _clock_watchers():
            stack.enter_context(mock.patch.object(module, "time", clock))
        for module in (decisions, decision_table, device_support):
            stack.enter_context(mock.patch.object(module, "datetime", Moment))
        stack.enter_context(mock.patch.object(parts, "QDateTime", QtMoment))
        local = partial(ServiceClock, local=clock.time)
        stack.enter_context(mock.patch.object(device, "ServiceClock", local))
        yield clock


def _clock_watchers() -> list[ModuleType]:
    """Return every module of the window that asks `time`, and the service's."""
    loaded = [module for name, module in sys.modules.items() if name.startswith(WINDOW)]
    return [device_support, *(each for each in loaded if getattr(each, "time", None) is time)]
