"""When an account was asked for requests, and when it is next: two lines that follow the clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QObject, QTimer

from countersign.desktop.account.technical import read_only

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.device.polling import Watch

_TICK: Final = 1000
_MINUTE: Final = 60


class Checks(QObject):
    """`last` and `next` are lines for a form; without a watch, nothing polls the account."""

    def __init__(self, watch: Watch | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._watch = watch
        self.last = read_only(parent, "", self.tr("Last checked"))
        self.next = read_only(parent, "", self.tr("Next check"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Say what is true now."""
        for line, text in ((self.last, self._last()), (self.next, self._next())):
            if line.text() != text:  # else what is selected in it would be lost
                line.setText(text)

    def _last(self) -> str:
        if self._watch is None or self._watch.checked_at is None:
            return self.tr("Not yet")
        # A watch counts by a clock that only knows differences.
        then = time.time() - (time.monotonic() - self._watch.checked_at)
        return QDateTime.fromSecsSinceEpoch(int(then)).toString("HH:mm:ss")

    def _next(self) -> str:
        if self._watch is None:
            return self.tr("When it is finished")
        if self._watch.store_closed:
            return self.tr("When the password store is unlocked")
        seconds = self._watch.next_at - time.monotonic()
        if seconds <= 1:
            return self.tr("Now")
        if seconds < _MINUTE:
            return self.tr("In {seconds} s").format(seconds=int(seconds))
        return self.tr("In {minutes} min").format(minutes=int(seconds // _MINUTE))
