"""A scroll area that is as high as its content, and scrolls when there isn't room for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy
from typing_extensions import override

from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from countersign.desktop.request.content import Content


class Scroller(QScrollArea):
    """Keeps what follows the content right below it; `moved` when other rows are in sight."""

    moved = Signal()

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    @property
    def overflows(self) -> bool:
        """Whether there is more than is in sight."""
        return self.verticalScrollBar().maximum() > 0

    def below(self) -> int:
        """Return how many rows end below what is in sight."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        return sum(
            row.mapTo(self._content, row.rect().bottomLeft()).y() > bottom
            for row in self._content.rows
        )

    def page_down(self) -> None:
        """Show the next rows."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.maximumHeight(), 3 * self.fontMetrics().lineSpacing()))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), self.maximumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        """Keep the content off the scroll bar, where there is one."""
        gap = Space.S if self.overflows else 0
        to_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._content.setContentsMargins(gap * to_right, 0, gap * (not to_right), 0)
        self.moved.emit()

    def _fit(self) -> None:
        layout = self._content.layout()
        if layout is not None:
            self.setMaximumHeight(max(1, layout.totalHeightForWidth(self.width())))
