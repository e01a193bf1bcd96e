"""A place for what may need more room than there is: large text, a low window, a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_LINES: Final = 3
"""Lines of text under which it isn't squeezed."""


def turn(row: QBoxLayout, *, beside: bool) -> None:
    """Put what is in a row side by side, or one below the other."""
    direction = QBoxLayout.Direction
    wanted = direction.LeftToRight if beside else direction.TopToBottom
    if row.direction() is not wanted:
        row.setDirection(wanted)


class Overflow(QScrollArea):
    """Gives its widget all the room that there is, and scrolls where that is less than it needs.

    What it needs is the least that its layout can do with at this width, so that parts which
    scroll by themselves do so first.
    """

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setProperty("look", "scrolled")
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        inside.installEventFilter(self)

    @override
    def hasHeightForWidth(self) -> bool:
        return self._inside.hasHeightForWidth()

    @override
    def heightForWidth(self, width: int) -> int:
        return self._inside.heightForWidth(width)

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._inside.minimumSizeHint()
        few = _LINES * self.fontMetrics().lineSpacing()
        return QSize(least.width(), min(few, least.height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._inside.layout()
        if layout is None:
            return
        width, high = self.viewport().width(), self.viewport().height()
        least = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            least = layout.totalMinimumHeightForWidth(width)
        self._inside.resize(width, max(high, least))
        self.fitted(least)

    def fitted(self, needed: int) -> None:
        """Take in how high the widget must be at this width."""


class Squeezed(Overflow):
    """As high as its widget, where there is room; less where there isn't, and then it scrolls.

    Give it more stretch than its neighbours: it takes no more than it needs.
    """

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(inside, parent)
        self._needed = 0
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._needed)

    @override
    def fitted(self, needed: int) -> None:
        if needed != self._needed:
            self._needed = needed
            self.setMaximumHeight(needed)
            self.updateGeometry()
