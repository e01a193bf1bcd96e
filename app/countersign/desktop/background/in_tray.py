"""Has the tray show what the window would, and do what is chosen in its menu."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.lists.accounts_model import badge_text
from countersign.desktop.lists.times import checked_text
from countersign.desktop.silent.words import status_text
from countersign.desktop.tray.look import look_of

if TYPE_CHECKING:
    from countersign.desktop.background.closing import Closing
    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.notify.mutes import Mutes
    from countersign.desktop.tray.tray import Tray


class InTray(QObject):
    """Follows the polls; the number is the window's own, by `inboxChanged`."""

    def __init__(
        self, window: MainWindow, controller: Controller, tray: Tray, closing: Closing, mutes: Mutes
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._tray = tray
        self._mutes = mutes
        self._number = 0
        self._connect(closing)

    def _connect(self, closing: Closing) -> None:
        menu, poller = self._tray.menu, self._controller.poller
        self._window.inboxChanged.connect(self._count)
        self._controller.polled.connect(self._follow)
        self._mutes.listeners.append(self._follow)
        menu.aboutToShow.connect(self._about_to_show)
        menu.requestChosen.connect(self._read)
        menu.expectRequested.connect(poller.expect)
        menu.checkRequested.connect(poller.check_now)
        menu.noticesRequested.connect(self._mutes.clear)
        menu.stopSilentRequested.connect(self._controller.silent.stop_all)
        self._controller.silent.changed.connect(self._follow)
        menu.openRequested.connect(self._window.to_front)
        menu.quitRequested.connect(closing.quit)
        menu.lockRequested.connect(self._controller.lock)
        self._controller.locking.changed.connect(lambda _: self._follow())
        self._controller.locking.covered.connect(self._follow)
        self._tray.pressed.connect(self._pressed)

    def _count(self, number: int) -> None:
        self._number = number
        self._follow()

    def _follow(self) -> None:
        watches = list(self._controller.poller.watches.values())
        silent = self._controller.silent.status()
        locking, menu = self._controller.locking, self._tray.menu
        look = look_of(watches, badge_text(self._number), locked=locking.locked)
        self._tray.show_look(replace(look, silent=bool(silent)))
        menu.set_locked(locked=locking.locked)
        menu.offer_lock(offered=locking.can_lock)
        menu.offer_stop_silent([status_text(one, time.time()) for one in silent])
        requests = [] if locking.locked else self._controller.showing.all_requests()
        menu.set_requests(requests, self._number)
        menu.offer_notices(offered=self._mutes.any)
        times = [watch.checked_at for watch in watches if watch.checked_at is not None]
        menu.set_checked(checked_text(time.monotonic() - min(times)) if times else "")

    def _about_to_show(self) -> None:
        self._controller.poller.expect()  # whoever looks here may be signing in
        self._follow()

    def _pressed(self) -> None:
        """Show the newest request; the window where there is none."""
        self._controller.poller.expect()
        requests = self._controller.showing.all_requests()
        if not requests or not self._controller.read_small(requests[0].challenge.sid):
            self._window.to_front()

    def _read(self, sid: str) -> None:
        if not self._controller.read_small(sid):
            self._window.to_front()
