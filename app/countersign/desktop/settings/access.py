"""The settings' place in the window: what opens them, and what of the window follows them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.desktop.tasks import Tasks
from countersign.device.network import route_of

if TYPE_CHECKING:
    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.saving import Saving
    from countersign.desktop.settings.login import LoginItem
    from countersign.desktop.settings.surroundings import Reroute
    from countersign.device.settings import Settings
    from countersign.push.route import Route


class SettingsAccess(QObject):
    """One for the window's whole life; await `settled` before the controller stops.

    `managed` are the fields of Settings that the company decides.
    """

    def __init__(  # noqa: PLR0913 - all that the settings are about
        self,
        window: MainWindow,
        controller: Controller,
        saving: Saving | None,
        login: LoginItem | None,
        managed: frozenset[str] = frozenset(),
        *,
        surroundings: Surroundings | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._saving = saving
        self._login = login
        self._managed = managed
        self._surroundings = surroundings or Surroundings()
        self._dialog: SettingsDialog | None = None
        self._tasks = Tasks(self)
        self._tasks.failed.connect(controller.tell)
        if saving is not None:
            saving.tasks.failed.connect(self._not_saved)
        preferences = controller.preferences
        history = controller.workspace.inbox.history
        history.set_kept(preferences.now.history_days)
        history.retentionWanted.connect(self.show_history)
        history.offer_change()
        preferences.changed.connect(self._follow)

    def show(self) -> SettingsDialog:
        """Open the settings, or bring them to the front."""
        if self._dialog is None or not isValid(self._dialog):
            self._dialog = SettingsDialog(
                self._controller.preferences,
                self._window,
                saving=self._saving,
                login=self._login,
                managed=self._managed,
                surroundings=self._surroundings,
            )
        if not self._window.isVisible() or self._window.isMinimized():
            self._window.to_front()  # from the tray
        self._dialog.open()
        self._dialog.activateWindow()
        return self._dialog

    def show_history(self) -> None:
        """Open them where it is set how long answers are kept."""
        self.show().show_history()

    async def settled(self) -> None:
        """Wait for what is being changed."""
        if self._dialog is not None and isValid(self._dialog):
            await self._dialog.settled()
        await self._tasks.done()

    def _not_saved(self, error: BaseException) -> None:
        """Tell it in the window, unless the dialog that changed it is there to tell."""
        dialog = self._dialog
        if dialog is None or not isValid(dialog) or not dialog.isVisible():
            self._controller.tell(error)

    def _follow(self, before: Settings) -> None:
        now = self._controller.preferences.now
        if self._surroundings.log_file is not None:
            logging.getLogger("countersign").setLevel(now.log_level)
        reroute, route = self._surroundings.reroute, route_of(now)
        if reroute is not None and route != route_of(before):
            self._tasks.start(self._reroute(reroute, route), "another way to the network")
        days = now.history_days
        if days != before.history_days:
            self._tasks.start(self._controller.past.keep_for(days), "history's days")

    async def _reroute(self, reroute: Reroute, route: Route) -> None:
        """Look at once whether the new way leads anywhere."""
        await reroute(route)
        self._controller.poller.check_now()
