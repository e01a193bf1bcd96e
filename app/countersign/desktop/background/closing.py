"""What closing the window does: stay in the tray, be minimised, or end; asked for once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from countersign.desktop.background.keep_dialog import KeepDialog, QuitDialog

if TYPE_CHECKING:
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.preferences import Preferences
    from countersign.desktop.tray.tray import Tray


class Closing(QObject):
    """Decides for the window's close button; `quitRequested` of the window where it ends.

    It is asked once, with the words for a tray or for none: without one the window is minimised,
    for an app that can't be seen any more would be a riddle. A window that only the tray can bring
    back comes back, minimised, when the tray goes.
    """

    def __init__(self, window: MainWindow, tray: Tray, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._preferences = preferences
        self._stowed = False
        self._quitting: QuitDialog | None = None
        window.close_to(self.close)
        tray.vanished.connect(self._come_back)
        tray.appeared.connect(self._stow_again)

    def start_hidden(self) -> None:
        """Begin in the tray; minimised where there is none, until there is one."""
        self._stow()

    def close(self) -> None:
        """Do what the close button is to do."""
        keep = self._preferences.now.keep_running
        if keep is None:
            self._ask()
        else:
            if keep:
                self._stow()
            self._window.closed.emit()
            if not keep:
                self._window.quitRequested.emit()

    def quit(self) -> None:
        """Ask whether to end, where somebody chose Quit in the tray's menu."""
        if self._quitting is not None and isValid(self._quitting):
            self._quitting.activateWindow()
            return
        seen = self._window.isVisible() and not self._window.isMinimized()
        self._quitting = QuitDialog(self._window if seen else None)
        self._quitting.accepted.connect(self._window.quitRequested)
        self._quitting.open()

    def _ask(self) -> None:
        if self._window.findChild(KeepDialog, "keepRunningDialog") is None:
            dialog = KeepDialog(self._window, tray=self._tray.there)
            dialog.chosen.connect(self._chosen)
            dialog.open()

    def _chosen(self, keep: bool) -> None:  # noqa: FBT001 - as Qt's signals have it
        self._preferences.change(keep_running=keep)
        self.close()

    def _stow(self) -> None:
        self._stowed = True
        if self._tray.there:
            self._window.hide()
        else:
            self._window.showMinimized()

    def _come_back(self) -> None:
        if not self._window.isVisible():
            self._window.showMinimized()

    def _stow_again(self) -> None:
        """Go into a tray that came late, unless somebody has used the window meanwhile."""
        if self._stowed and self._window.isMinimized():
            self._window.hide()
