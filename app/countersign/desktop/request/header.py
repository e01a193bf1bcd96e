"""The top line: whose request it is, and how much time is left, or the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.overflow import turn
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.request.words import left_text
from countersign.desktop.theme import RADIUS, Space, Type, font, zoom

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from countersign.desktop.request.view import RequestView
    from countersign.desktop.theme import Theme

_SIDE: Final = 40
_LETTERS: Final = 16
"""So much of a name is in one line."""


class Header(QWidget):
    """Letter, account over its host, and at the right the time left."""

    nextRequested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next_count = 0
        self._over = False
        self._avatar = _Avatar(theme, self)
        self.account = TextLabel(font(Type.BODY, bold=True), self)
        self.host = TextLabel(font(Type.SMALL), self)
        self.host.setProperty("look", "quiet")
        self.countdown = QLabel(self)
        self.countdown.setObjectName("requestCountdown")
        self.countdown.setTextFormat(Qt.TextFormat.PlainText)
        self.next = QPushButton(self)
        self.next.setObjectName("nextRequestButton")
        self.next.setAutoDefault(False)
        self.next.clicked.connect(self.nextRequested)
        for label in (self.account, self.host):
            label.setSizePolicy(_wide(label.sizePolicy()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out()

    def render_view(self, view: RequestView) -> None:
        """Show a request's account and time."""
        self._avatar.set_letter(view.label)
        self.account.setText(view.label)
        self.host.setText(view.host)
        self.countdown.setVisible(view.counting)
        self.countdown.setText(left_text(view.left))
        self.countdown.setAccessibleName(self.countdown.text())
        self.countdown.setFont(font(Type.BODY, bold=view.hurry))
        self._over = view.over
        self._show_next()

    def set_next(self, count: int) -> None:
        """Say how many other requests wait."""
        self._next_count = count
        self._show_next()

    def _show_next(self) -> None:
        text = self.tr("Next request ({count})").format(count=self._next_count)
        self.next.setText(text)
        self.next.setAccessibleName(text)
        self.next.setVisible(self._over and self._next_count > 0)

    def _lay_out(self) -> None:
        both = QWidget(self)  # not a layout alone: that would never become higher in the middle
        names = QVBoxLayout(both)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self.account)
        names.addWidget(self.host)
        who = QHBoxLayout()
        who.setSpacing(Space.M)
        who.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        who.addWidget(both, 1, Qt.AlignmentFlag.AlignVCenter)
        self._aside = QHBoxLayout()
        self._aside.setSpacing(Space.M)
        self._aside.addWidget(self.countdown)
        self._aside.addWidget(self.next)
        self._aside.addStretch()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.M)
        self._row.addLayout(who, 1)
        self._row.addLayout(self._aside)

    @override
    def event(self, event: QEvent) -> bool:
        """Put the time below the names where these would be broken into bits beside it."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            room = self.width() - self._avatar.width() - self._aside.sizeHint().width()
            widest = max(one.sizeHint().width() for one in (self.account, self.host))
            least = min(widest, _LETTERS * self.fontMetrics().averageCharWidth())
            turn(self._row, beside=least + 2 * Space.M <= room)
        return handled


class _Avatar(QWidget):
    """An account's first letter; it says nothing that the name beside it doesn't."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = ""
        side = round(_SIDE * zoom())
        self.setFixedSize(QSize(side, side))
        theme.changed.connect(self.update)

    def set_letter(self, name: str) -> None:
        """Take the first letter of a name."""
        self._letter = name.strip()[:1].upper()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("neutral"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setPen(self._theme.color("text"))
        painter.setFont(font(Type.BODY, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


def _wide(policy: QSizePolicy) -> QSizePolicy:
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    return policy
