"""The tray icon's life: there when a panel is, gone when it goes, back when it comes back."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from countersign.desktop.theme import DARK
from countersign.desktop.tray.icon import tray_icon
from countersign.desktop.tray.look import Look
from countersign.desktop.tray.menu import TrayMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.theme import Theme

_LOOK_AGAIN: Final = 5000
"""Milliseconds. A panel that is restarted in less finds the icon by itself: Qt sees to that."""
_DARK_PANELS: Final = {"GNOME", "UNITY", "BUDGIE", "PANTHEON"}
"""Desktops whose panel is dark, whatever the rest is."""


class Tray(QObject):
    """`pressed` is a click on the icon, `appeared` and `vanished` tell of the panel's tray.

    Qt chooses between StatusNotifier and XEmbed when an icon is made, so one is made anew for
    each panel. `available` and `make_icon` replace the panel in tests.
    """

    pressed = Signal()
    messageClicked = Signal()
    appeared = Signal()
    vanished = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        make_icon: Callable[[QObject], QSystemTrayIcon] = QSystemTrayIcon,
    ) -> None:
        super().__init__(parent)
        self._available = available
        self._make_icon = make_icon
        self._theme = theme
        self._look = Look()
        self._icon: QSystemTrayIcon | None = None
        # No child of the window: screen readers leave out what is in one that is hidden.
        self.menu = TrayMenu()
        parent.destroyed.connect(self.menu.deleteLater)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN)
        self._timer.timeout.connect(self.follow)
        theme.changed.connect(self._draw)

    @property
    def there(self) -> bool:
        """Whether the icon can be seen."""
        return self._icon is not None

    def start(self) -> None:
        """Show it where there is a tray, now or later."""
        self.follow()
        self._timer.start()

    def stop(self) -> None:
        """Take it away for good."""
        self._timer.stop()
        self._remove()

    def show_look(self, look: Look) -> None:
        """Show a state and a number."""
        if look != self._look:
            self._look = look
            self._draw()

    def show_message(self, title: str, body: str, seconds: float) -> bool:
        """Show a message at the icon, as plain text; False where there is none."""
        if self._icon is None or not self._icon.supportsMessages():
            return False
        kind = QSystemTrayIcon.MessageIcon.NoIcon
        self._icon.showMessage(title, body, kind, int(seconds * 1000))
        return True

    def follow(self) -> None:
        """See whether there is a tray."""
        available = self._available()
        if available and self._icon is None:
            self._make()
            self.appeared.emit()
        elif not available and self._icon is not None:
            self._remove()
            self.vanished.emit()

    def _make(self) -> None:
        self._icon = self._make_icon(self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.messageClicked)
        self._draw()
        self._icon.show()

    def _remove(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _draw(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(tray_icon(self._look, dark_panel=self._on_dark()))
            self._icon.setToolTip(self._look.words)

    def _on_dark(self) -> bool:
        if sys.platform == "linux":
            desktop = os.environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
            if _DARK_PANELS.intersection(desktop):
                return True
        return self._theme.tokens.text == DARK.text

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        reasons = QSystemTrayIcon.ActivationReason
        if reason in {reasons.Trigger, reasons.DoubleClick}:
            self.pressed.emit()
