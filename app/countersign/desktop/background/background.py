"""Puts the app's life outside of its window together: tray, notices, the taskbar's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from countersign.desktop.background.in_tray import InTray
from countersign.desktop.background.telling import Telling
from countersign.desktop.notify.delivery import for_system
from countersign.desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.background.closing import Closing
    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.notify.port import Notifier
    from countersign.desktop.tray.tray import Tray


class Background(QObject):
    """One for the window's whole life; `stop` it before the controller. Imports jeepney on Linux.

    `notifier` replaces the desktop's own notices in tests.
    """

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        tray: Tray,
        closing: Closing,
        notifier: Notifier | None = None,
    ) -> None:
        super().__init__(window)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(controller.tell)
        self._tray = tray
        notifier = notifier or for_system(tray, self._tasks, self)
        self.telling = Telling(window, controller, notifier, controller.mutes)
        self.in_tray = InTray(window, controller, tray, closing, controller.mutes)
        window.inboxChanged.connect(_set_badge)

    def offer_settings(self, show: Callable[[], object]) -> None:
        """Have the tray's menu offer the settings."""
        self._tray.menu.settingsRequested.connect(show)
        self._tray.menu.offer_settings()

    async def stop(self) -> None:
        """End in order: the icon and the notices go, a denial on its way is waited for."""
        self._tray.stop()
        await self.telling.settled()
        await self._tasks.settled()
        _set_badge(0)


def _set_badge(number: int) -> None:
    """Show the number at the app's entry in the taskbar or dock, where the desktop does that."""
    QGuiApplication.instance().setBadgeNumber(number)  # type: ignore[union-attr]  # there is one
