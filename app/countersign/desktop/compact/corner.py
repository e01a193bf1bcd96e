"""A window that comes at the corner of the screen, takes no focus, and is as high as it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMargins, QRect, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLayout, QStyle, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.compact.placing import WIDTH, at_the_corner, fitted
from countersign.desktop.raising import raise_window
from countersign.desktop.theme import zoom

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

_SMALLEST: Final = (320, 240)


class CornerWindow(QWidget):
    """An ordinary window otherwise: not on top, and the user may move and size it.

    Subclasses give it a layout by `fill`.
    """

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The app may live in the tray: what comes and goes doesn't end it.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setMinimumSize(*_SMALLEST)
        self._ours = QRect()

    def fill(self, content: QWidget) -> None:
        """Put this into the window, up to its edges."""
        layout = QVBoxLayout(self)
        # Else the layout makes the window larger by itself, downwards and off the screen.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)

    def come(self) -> None:
        """Come up where it isn't seen; where it is, stay in its place, above other windows."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        elif self.isVisible():
            raise_window(self)
        else:
            self._show_in_the_corner()

    @override
    def event(self, event: QEvent) -> bool:
        """Follow what is in it; a layout by itself would only ask for a smallest size."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return done

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _show_in_the_corner(self) -> None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        self.setScreen(screen)
        width = min(round(WIDTH * zoom()), screen.availableGeometry().width())
        self.resize(width, self.minimumHeight())
        self.setGeometry(at_the_corner(self.geometry(), screen.availableGeometry(), self._frame()))
        self._ours = self.geometry()
        self.show()

    def _fit(self) -> None:
        """Become as high as the request needs; never lower while it is shown, for a calm view."""
        layout = self.layout()
        if layout is None or self.size() != self._ours.size():  # the user's own size stays
            return
        high = max(self.height(), layout.totalHeightForWidth(self.width()))
        screen = self.screen().availableGeometry()
        self._ours = fitted(high, self.geometry(), screen, self._frame())
        self.setGeometry(self._ours)

    def _frame(self) -> QMargins:
        """Return the widths of the system's frame; before it is known, a guess at its title."""
        inner, outer = self.geometry(), self.frameGeometry()
        if inner == outer:
            title = QStyle.PixelMetric.PM_TitleBarHeight
            return QMargins(0, self.style().pixelMetric(title, None, self), 0, 0)
        return QMargins(
            inner.left() - outer.left(),
            inner.top() - outer.top(),
            outer.right() - inner.right(),
            outer.bottom() - inner.bottom(),
        )
