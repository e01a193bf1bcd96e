"""What our dialogs have in common: one panel, a width, a height that follows what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.theme import Space, zoom

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
_WIDTH: Final = 480
_LOWEST: Final = 120


class FittingScroll(QScrollArea):
    """As high as what is in it, and scrolling only where there isn't that much room."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        inside = self._inside.minimumSizeHint()
        return QSize(inside.width(), min(_LOWEST, inside.height()))


class PanelDialog(QDialog):
    """Lies over its parent; use `open()`. It deletes itself when it is closed.

    Subclasses fill `column`, which scrolls where the screen is low, and `foot`, the buttons, which
    never go out of sight; they connect what changes the height of something to `fit`.
    """

    def __init__(self, parent: QWidget | None, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(round(_WIDTH * zoom()), self.screen().availableGeometry().width()))
        ground = QFrame(self)
        ground.setProperty("look", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        inside = QWidget()
        inside.setProperty("look", "scrolled")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.M)
        self.column.setSpacing(Space.XL)
        self.scroller = FittingScroll(inside, ground)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(Space.XXL, Space.M, Space.XXL, Space.XXL)
        self.foot.setSpacing(Space.S)
        both = QVBoxLayout(ground)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.scroller, 1)
        both.addLayout(self.foot)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the style is known: before, nothing has its size."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Become as high as the content is at this width; Qt by itself only ever grows."""
        for each in self.findChildren(QLayout):
            each.invalidate()
        width = max(self.width(), self.minimumWidth())
        high = self.foot.totalSizeHint().height()
        if self.column.hasHeightForWidth():
            high += self.column.totalHeightForWidth(width)
        else:
            high += self.column.totalSizeHint().height()
        self.resize(width, min(high, self.screen().availableGeometry().height()))
