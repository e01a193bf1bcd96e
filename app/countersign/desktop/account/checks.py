"""When an account was asked for requests, when it is next and why then: lines that stay true."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QObject, QTimer, Signal

from countersign.desktop.account.check_words import next_text, why_text
from countersign.desktop.account.technical import read_only
from countersign.desktop.enroll.parts import label
from countersign.desktop.language.clock import time_of_day
from countersign.desktop.theme import Type
from countersign.device.watch import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from countersign.device.polling import Watch

_TICK: Final = 1000


class Checks(QObject):
    """`last` and `next` are lines for a form, `why` stands below them; `resized`: it came or went.

    `watch` gives what is known just now; None where nothing polls the account. It counts by a
    clock that nobody can set: only the time of day that is shown is this computer's.
    """

    resized = Signal()

    def __init__(self, watch: Callable[[], Watch | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._watch = watch
        self._checked: tuple[float, float] | None = None
        self.last = read_only(parent, "", self.tr("Last checked"))
        self.next = read_only(parent, "", self.tr("Next check"))
        self.next.setObjectName("nextCheck")
        self.last.setObjectName("lastCheck")
        self.why = label(parent, scale=Type.SMALL, look="quiet")
        self.why.setObjectName("checkReason")
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Say what is true now."""
        watch, now = self._watch(), time.monotonic()
        checks = None if watch is None else describe(watch, now)
        ago = None if checks is None else checks.ago
        last = self.tr("Not yet") if ago is None else self._last(now - ago, ago)
        due = self.tr("When it is finished") if checks is None else next_text(checks, time.time())
        for line, text in ((self.last, last), (self.next, due)):
            if line.text() != text:  # else what is selected in it would be lost
                line.setText(text)
        self._explain("" if watch is None or checks is None else why_text(watch, checks))

    def _last(self, checked_at: float, ago: float) -> str:
        """Return the time of day of a check: the same all the time, even if the clock is set."""
        if self._checked is None or abs(self._checked[0] - checked_at) > 0.01:  # noqa: PLR2004 - rounding
            self._checked = (checked_at, time.time() - ago)
        then = QDateTime.fromSecsSinceEpoch(int(self._checked[1]))
        return time_of_day(then.time(), seconds=True)

    def _explain(self, text: str) -> None:
        if text != self.why.text():
            self.why.setText(text)
            self.why.setVisible(bool(text))
            self.resized.emit()
        elif not text:
            self.why.hide()
