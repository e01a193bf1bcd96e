"""What our dialogs have in common: one panel, a width, a height that follows what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QVBoxLayout
from typing_extensions import override

from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

_WIDTH: Final = 480


class PanelDialog(QDialog):
    """Lies over its parent; use `open()`. It deletes itself when it is closed.

    Subclasses fill `column`, and connect what changes the height of something to `fit`.
    """

    def __init__(self, parent: QWidget | None, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        ground = QFrame(self)
        ground.setProperty("look", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self.column = QVBoxLayout(ground)
        self.column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XXL)
        self.column.setSpacing(Space.XL)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the style is known: before, nothing has its size."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Become as high as the content is at this width; Qt by itself only ever grows."""
        layout = self.layout()
        if layout is None:
            return
        for each in (*self.findChildren(QLayout), layout):
            each.invalidate()
        layout.activate()
        width = max(self.width(), self.minimumWidth())
        # Not the least height: for a button of the look `link` that is its padding alone.
        high = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            high = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        self.resize(width, min(high, self.screen().availableGeometry().height()))
