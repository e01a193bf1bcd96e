"""What stands over the panes while something is approved silently, and says how it ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import breakable, button, label
from countersign.desktop.silent.words import status_text
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from countersign.desktop.silent.silent import Silent

_GOOD_NEWS: Final = 10_000
"""Milliseconds for which good news stay; all else stays until it was read."""
_KEPT: Final = 5


class SilentStrip(QWidget):
    """`silentBanner`: one line for each that is on, with Stop; below, what has happened, with OK.

    It is no banner among others: what approves by itself is seen all the time.
    """

    def __init__(self, silent: Silent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("silentBanner")
        self._silent = silent
        self._news: list[str] = []
        self.running = _Line(self, "silentBannerText", self.tr("Stop"), "stopSilentButton")
        self.running.setProperty("look", "warning")
        self.stop_button = self.running.button
        self.stop_button.setAccessibleDescription(self.tr("Stop silent approval"))
        self.news = _Line(self, "silentNews", self.tr("OK"), "silentNewsButton")
        self.news.setProperty("look", "box")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self.running)
        column.addWidget(self.news)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.refresh)
        self._good_news = QTimer(self)
        self._good_news.setSingleShot(True)
        self._good_news.setInterval(_GOOD_NEWS)
        self._good_news.timeout.connect(self._read)
        self.stop_button.clicked.connect(silent.stop_all)
        self.news.button.clicked.connect(self._read)
        silent.changed.connect(self.refresh)
        silent.told.connect(self.tell)
        self.refresh()

    def tell(self, text: str, good: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Say what happened: each failure is there until it was read."""
        if not good:
            self._good_news.stop()
        elif not self._news:
            self._good_news.start()
        self._news = [*self._news, text][-_KEPT:]
        self.refresh()

    def refresh(self) -> None:
        """Say what is true now."""
        status = self._silent.status()
        now = time.time()
        self.running.say("\n".join(status_text(one, now) for one in status))
        self.news.say("\n".join(self._news))
        self.setVisible(bool(status or self._news))
        if status and not self._second.isActive():
            self._second.start()
        elif not status:
            self._second.stop()

    def _read(self) -> None:
        self._news.clear()
        self.refresh()


class _Line(QFrame):
    """A sentence and its button."""

    def __init__(self, parent: QWidget, name: str, action: str, action_name: str) -> None:
        super().__init__(parent)
        self.text = label(self)
        self.text.setObjectName(name)
        self.button = button(self, action, name=action_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)

    def say(self, text: str) -> None:
        """Say it; nothing hides the line."""
        shown = breakable(text)
        if shown != self.text.text():
            self.text.setText(shown)
        self.setVisible(bool(text))
