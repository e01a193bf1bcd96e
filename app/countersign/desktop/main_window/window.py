"""The main window: a frame that is there at once, and what fills it when the rest is loaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from countersign.desktop.raising import raise_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from countersign.desktop.theme import Theme

_SIZE = (1120, 660)
_SMALLEST = (360, 420)
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable, and no secret in it


class MainWindow(QMainWindow):
    """`mainWindow`; its signals are a contract for tests to wait on (docs/automation.md).

    `pollFinished` comes after each round of polling, `inboxChanged` brings the number of requests
    that wait, `decisionConfirmed` a challenge's sid and the service's status, `errorShown` a code.
    `closed` comes when the user closed it, whatever becomes of the app; `quitRequested` when the
    app is to end. Without `close_to` that is the same.
    """

    pollFinished = Signal()
    inboxChanged = Signal(int)
    decisionConfirmed = Signal(str, str)
    decisionFailed = Signal(str, int)
    decisionUnknown = Signal(str)
    enrollmentFinished = Signal(str)
    errorShown = Signal(int)
    requestReady = Signal(str)
    requestChanged = Signal(str)
    requestExpired = Signal(str)
    accountNeedsAttention = Signal(str, str)
    notificationShown = Signal(str)
    silentApproved = Signal(str)
    lockedChanged = Signal(bool)
    closed = Signal()
    quitRequested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(theme.icon_of_app())
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        self._close: Callable[[], None] | None = None
        self.pages = QStackedWidget(self)
        self.pages.addWidget(QWidget(self))  # what is seen until the rest is loaded: nothing
        self.setCentralWidget(self.pages)
        self.show_number("")

    @property
    def blank(self) -> bool:
        """Whether it has shown no page yet."""
        return self.pages.currentIndex() == 0

    def show_page(self, page: QWidget) -> None:
        """Show one of the window's pages, added on first use."""
        self.add_page(page)
        self.pages.setCurrentWidget(page)

    def add_page(self, page: QWidget) -> None:
        """Add a page, unseen: a child that is in no layout would be shown with the window."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)

    def close_to(self, close: Callable[[], None]) -> None:
        """Have this decide what the close button does; the window stays until it does."""
        self._close = close

    def to_front(self, token: str = "") -> None:
        """Show it over other windows: the user asked for it.

        `token` is what a click elsewhere gave for that: on Wayland nothing else lets it come.
        """
        if token:
            os.environ[_TOKEN] = token  # Qt reads it there, and takes it away
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        raise_window(self)
        self.activateWindow()
        os.environ.pop(_TOKEN, None)

    def show_quietly(self) -> None:
        """Show it where it is hidden, without taking the focus: nobody asked for it now."""
        if not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.show()
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)

    def show_number(self, badge: str) -> None:
        """Show how many requests wait in the title."""
        self.setWindowTitle(f"Countersign ({badge})" if badge else "Countersign")

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Answer nothing."""
        if self._close is not None:
            event.ignore()
            self._close()
            return
        super().closeEvent(event)
        self.closed.emit()
        self.quitRequested.emit()
