"""Notices on Linux: the desktop's own service by `org.freedesktop.Notifications`, over D-Bus.

Source: the Desktop Notifications Specification 1.3. jeepney is used from the first notice on, or
from the first connection: never before the first paint.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from countersign.desktop.notify.daemon import Daemon
from countersign.desktop.notify.port import Notifier
from countersign.desktop.presence.bus import BusGone, connected

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from countersign.desktop.notify.daemon import Picture
    from countersign.desktop.notify.port import Notice
    from countersign.desktop.presence.bus import Bus
    from countersign.desktop.tasks import Tasks

_log = logging.getLogger(__name__)

SESSION_BUS: Final = "SESSION"
_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_GOODBYE: Final = 1.0
"""Seconds that taking everything down may take in the end."""


class FreedesktopNotifier(Notifier):
    """Connects by itself, and anew where the bus goes away; `tasks` runs that.

    While there is no bus, or no service on it, each notice comes back by `undelivered`. One whose
    service is started anew is shown again, if it still holds. `picture` is for a desktop that
    can't find the app's icon by its name.
    """

    def __init__(
        self,
        tasks: Tasks,
        parent: QObject,
        *,
        picture: Picture | None = None,
        bus: str = SESSION_BUS,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._address = bus
        self._notices: dict[str, Notice] = {}
        self._jobs: deque[str] = deque()
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._without_bus = False
        self._running = tasks.start(self._run(), "notices")

    @override
    def show_notice(self, notice: Notice) -> None:
        self._notices[notice.id] = notice
        if self._without_bus:
            self._give_back(notice)
        else:
            self._do(notice.id)

    @override
    def withdraw(self, ident: str) -> None:
        if self._notices.pop(ident, None) is not None and not self._without_bus:
            self._do(ident)

    @override
    async def settled(self) -> None:
        for ident in list(self._notices):
            self.withdraw(ident)
        if not self._without_bus and not self._running.done():
            await asyncio.wait([asyncio.ensure_future(self._idle.wait())], timeout=_GOODBYE)
        self._running.cancel()
        await asyncio.wait([self._running], timeout=_GOODBYE)  # no bus may keep the app from ending

    def _do(self, ident: str) -> None:
        if ident not in self._jobs:
            self._jobs.append(ident)
        self._idle.clear()
        self._work.set()

    def _give_back(self, notice: Notice) -> None:
        self._notices.pop(notice.id, None)
        self.undelivered.emit(notice)

    async def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with connected(self._address) as bus:
                    pause, self._without_bus = _FIRST_PAUSE, False
                    await self._serve(bus)
            except BusGone as error:
                level = logging.INFO if pause == _FIRST_PAUSE else logging.DEBUG
                _log.log(level, "no session bus to show notices: %s", error)
            self._lose_bus()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _lose_bus(self) -> None:
        self._without_bus = True
        self._jobs.clear()
        self._idle.set()
        for notice in list(self._notices.values()):
            self._give_back(notice)

    async def _serve(self, bus: Bus) -> None:
        """Take turns between what is to be shown and what the desktop says."""
        daemon = Daemon(bus, self, self._picture)
        await daemon.begin()
        while True:
            await self._catch_up(daemon)
            self._work.clear()
            told = asyncio.ensure_future(bus.signal())
            work = asyncio.ensure_future(self._work.wait())
            try:
                await asyncio.wait((told, work), return_when=asyncio.FIRST_COMPLETED)
            finally:
                work.cancel()
                if not told.done():  # nothing is lost: what has come stays in the stream
                    told.cancel()
                await asyncio.wait((told, work))
            if not told.cancelled():
                await daemon.heed(told.result())

    async def _catch_up(self, daemon: Daemon) -> None:
        while self._next(daemon):
            ident = self._jobs.popleft()
            notice = self._notices.get(ident)
            if notice is None:
                await daemon.close(ident)
            elif await daemon.show(notice):
                self.shown.emit(ident)
            else:
                self._give_back(notice)
        self._idle.set()

    def _next(self, daemon: Daemon) -> bool:
        """See that there is something to do: also what a new daemon doesn't show yet."""
        if not self._jobs:
            self._jobs.extend(ident for ident in self._notices if not daemon.shows(ident))
        return bool(self._jobs)

    # --- What the daemon tells ---------------------------------------------------------------

    def pressed(self, ident: str, key: str, token: str) -> None:
        """Take in a click; only on what was offered."""
        notice = self._notices.get(ident)
        if notice is not None and key in {action.key for action in notice.actions}:
            self.activated.emit(ident, key, token)

    def gone(self, ident: str) -> None:
        """Take in that a notice was closed by the user, or by time."""
        if self._notices.pop(ident, None) is not None:
            self.closed.emit(ident)
