"""What the window shows while it is locked: nothing of anybody, and a field for the PIN."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.parts import button, label
from countersign.desktop.overflow import Overflow
from countersign.desktop.pin.words import wait_text
from countersign.desktop.theme import Space, Type, zoom
from countersign.device.pin import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

_WIDTH: Final = 360
_MORE: Final = 1000
_SECOND: Final = 1000


def pin_edit(parent: QWidget, name: str, words: str) -> QLineEdit:
    """Return a field that shows dots, and says to input methods that it is a secret."""
    made = QLineEdit(parent)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(LONGEST)
    made.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
    )
    return made


class LockPage(QWidget):
    """`lockOverlay`. `unlockRequested` brings the PIN, and is the last that knows it here.

    `now` is a monotonic clock in seconds.
    """

    unlockRequested = Signal(str)
    forgotRequested = Signal()

    def __init__(self, parent: QWidget, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.setObjectName("lockOverlay")
        self._now = now
        self._until = 0.0
        self._busy = False
        self._second = QTimer(self)
        self._second.setInterval(_SECOND)
        self._second.timeout.connect(self._tick)
        self.title = label(self, self.tr("Countersign is locked."), scale=Type.TITLE)
        self.text = label(self, self.tr("It can't see requests until you unlock it."))
        self.edit = pin_edit(self, "pinEdit", self.tr("PIN"))
        self.edit.setPlaceholderText(self.tr("PIN"))
        self.unlock = button(self, self.tr("Unlock"), name="unlockButton", look="primary")
        self.unlock.setAccessibleName(self.unlock.text())
        self.problem = label(self, look="danger")
        self.problem.setObjectName("pinError")
        self.forgot = button(self, self.tr("Forgot PIN?"), name="forgotPinButton", look="link")
        self.forgot.setAccessibleName(self.forgot.text())
        self._lay_out()
        self.edit.returnPressed.connect(self._ask)
        self.edit.textChanged.connect(self._enable)
        self.unlock.clicked.connect(self._ask)
        self.forgot.clicked.connect(self.forgotRequested)
        self._enable()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the PIN at once."""
        super().showEvent(event)
        self.edit.setFocus()

    def say(self, text: str) -> None:
        """Show a sentence of trouble, which a screen reader has with the field; "" for none."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)

    def wait(self, seconds: float) -> None:
        """Take no PIN for so long, and count down; 0 for none."""
        self._until = self._now() + seconds
        self._tick()
        if seconds > 0:
            self._second.start()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second PIN while one is tried."""
        self._busy = busy
        self._enable()
        if not busy and self.isVisible():
            self.edit.setFocus()

    def forget(self) -> None:
        """Hold nothing that was typed, and say nothing."""
        self.edit.clear()
        self.say("")

    def _ask(self) -> None:
        pin = self.edit.text()
        if not pin or self._busy or self._left() > 0:
            return
        self.edit.clear()
        self.say("")
        self.unlockRequested.emit(pin)

    def _left(self) -> float:
        return max(0.0, self._until - self._now())

    def _tick(self) -> None:
        left = self._left()
        if left > 0:
            self.say(wait_text(left))
        elif self._second.isActive():
            self._second.stop()
            self.say("")
        self._enable()

    def _enable(self) -> None:
        free = not self._busy and self._left() <= 0
        self.edit.setReadOnly(not free)
        self.unlock.setEnabled(free and bool(self.edit.text()))

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(round(_WIDTH * zoom()))
        column = QVBoxLayout(inside)
        column.setSpacing(Space.M)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.edit, 1)
        row.addWidget(self.unlock)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.problem.hide()
        column.addWidget(self.forgot, alignment=Qt.AlignmentFlag.AlignHCenter)
        middle = QWidget()
        around = QVBoxLayout(middle)
        around.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, _MORE)  # all the width that it may have, then the margins
        row.addStretch(1)
        around.addStretch()
        around.addLayout(row)
        around.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Overflow(middle, self))
