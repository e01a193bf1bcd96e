"""One banner at a time: what keeps requests from being seen, and what to do about it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from countersign.desktop.theme import Space
from countersign.push.errors import KeyStorageError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from countersign.device.polling import Watch


class Trouble(enum.IntEnum):
    """What a banner is about; the lower one is shown first (screens.md)."""

    PASSWORD_STORE = 1
    OFFLINE = 2
    CLOCK = 3
    PROBLEM = 4


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner's content: times are POSIX seconds, `minutes` how far the clock is slow."""

    trouble: Trouble
    name: str = ""
    message: str = ""
    since: float = 0.0
    minutes: int = 0


def notices(watches: Sequence[Watch], offset: float, since: float) -> list[Notice]:
    """Return what there is to say, most urgent first; `since` is when the network was lost."""
    found = []
    errors = [watch.view.error for watch in watches]
    store = next((error for error in errors if isinstance(error, KeyStorageError)), None)
    if store is not None and store.name != "gone":
        found.append(Notice(Trouble.PASSWORD_STORE, store.name, store.message))
    if errors and all(isinstance(error, NetworkError) for error in errors):
        found.append(Notice(Trouble.OFFLINE, since=since))
    if abs(offset) >= 60:  # noqa: PLR2004 - seconds: what a user would notice (design §5)
        found.append(Notice(Trouble.CLOCK, minutes=round(offset / 60)))
    return found


class Banner(QFrame):
    """Pushes the content down while there is something to say."""

    actionRequested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("look", "banner")
        self._trouble: Trouble | None = None
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.more = QLabel(self)
        self.more.setProperty("look", "quiet")
        self.action = QPushButton(self)
        self.action.setObjectName("bannerAction")
        self.action.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self.text)
        row.addWidget(self.more)
        row.addWidget(self.action)
        self.hide()

    def show_text(self, trouble: Trouble, text: str, action: str, more: int) -> None:
        """Say something; `more` other banners wait."""
        self._trouble = trouble
        self.text.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.more.setText(self.tr("%n more", "", more) if more else "")
        self.more.setVisible(bool(more))
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._trouble = None
        self.hide()

    def _act(self) -> None:
        if self._trouble is not None:
            self.actionRequested.emit(int(self._trouble))
