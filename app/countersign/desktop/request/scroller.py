"""A scroll area that is as high as its content, and scrolls when there isn't room for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy
from typing_extensions import override

from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.request.content import Content


class Scroller(QScrollArea):
    """Keeps what follows the content right below it; `more` says how many rows are out of sight.

    Whether it scrolls depends on its own size alone, and never on what scrolling takes away: else
    the scroll bar could be the reason that there is one.
    """

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content
        self._scrolls = False
        self.more = QPushButton(self)
        self.more.setObjectName("moreButton")
        self.more.setProperty("look", "link")
        self.more.setAutoDefault(False)
        self.more.hide()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)
        content.reached.connect(self._reveal)
        self.more.clicked.connect(self._page_down)
        self.verticalScrollBar().valueChanged.connect(self._count)
        self.verticalScrollBar().rangeChanged.connect(self._count)

    def below(self) -> int:
        """Return how many rows end below what is in sight."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        return sum(
            row.mapTo(self._content, row.rect().bottomLeft()).y() > bottom
            for row in self._content.rows
        )

    @override
    def minimumSizeHint(self) -> QSize:
        least = 3 * self.fontMetrics().lineSpacing() + self.more.sizeHint().height()
        return QSize(0, min(self.maximumHeight(), least))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), self.maximumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Lay the content out anew: Qt forgets sizes that changed while it was being shown."""
        super().showEvent(event)
        layout = self._content.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _reveal(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget, 0, Space.S)

    def _page_down(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    def _fit(self) -> None:
        layout = self._content.layout()
        if layout is None:
            return
        margins = self._content.contentsMargins()
        gap = margins.left() + margins.right()
        needed = layout.totalHeightForWidth(self.width() + gap)  # as if there were no gap
        self.setMaximumHeight(max(1, needed))
        self._make_room(scrolls=needed > self.height())
        self._count()

    def _make_room(self, *, scrolls: bool) -> None:
        """Take room for the scroll bar, a gap beside it, and the line below, or give it back."""
        high = self.more.sizeHint().height() if scrolls else 0
        self.more.setGeometry(0, self.height() - high, self.width(), high)
        if scrolls is self._scrolls:
            return
        self._scrolls = scrolls
        # Each of these may resize and so come back here before it returns, with another answer:
        # that one holds, so that each step asks anew.
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if self._scrolls else policy.ScrollBarAlwaysOff
        )
        self.setViewportMargins(0, 0, 0, high + Space.XS if self._scrolls else 0)
        gap = Space.S if self._scrolls else 0
        to_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._content.setContentsMargins(gap * to_right, 0, gap * (not to_right), 0)
        self.more.setVisible(self._scrolls)

    def _count(self) -> None:
        """Say how many rows are out of sight; the line's room stays while there is any need."""
        count = self.below() if self._scrolls else 0
        self.more.setText(self.tr("%n more below", "", count) if count else "")
        self.more.setAccessibleName(self.more.text())
        self.more.setEnabled(count > 0)
