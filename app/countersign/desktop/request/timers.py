"""Calls that come later on Qt's loop, and not at all once their owner is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable


class QtTimer(QTimer):
    """One call; its owner's end is its own."""

    def cancel(self) -> None:
        """Call it off; one that has fired is gone, and that is no error."""
        if isValid(self):
            self.stop()
            self.deleteLater()


class QtTimers(QObject):
    """Makes calls for one owner."""

    def after(self, seconds: float, call: Callable[[], None]) -> QtTimer:
        """Arrange for a call."""
        timer = QtTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start(round(seconds * 1000))
        return timer
