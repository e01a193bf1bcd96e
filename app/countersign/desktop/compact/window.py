"""The small window: comes without taking the focus, shows one request, and goes again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout
from typing_extensions import override

from countersign.desktop.compact.corner import CornerWindow
from countersign.desktop.compact.footer import Footer
from countersign.desktop.compact.queue import Queue
from countersign.desktop.compact.sending import Sending
from countersign.desktop.request.timers import QtTimers
from countersign.desktop.request.view import Say
from countersign.desktop.shortcuts.install import install
from countersign.desktop.shortcuts.table import Command
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.request.pane import RequestPane
    from countersign.desktop.request.ports import After, Timer
    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request
    from countersign.push.values import Challenge

RESULT_STAYS: Final = 1.5
"""Seconds for which a confirmed answer is seen before the window goes; screens.md 2."""
_TITLE: Final = 80


class CompactWindow(CornerWindow):
    """`compactWindow`; made once, shown by `show_request`, hidden by closing it.

    `make_pane` makes its own pane. `reachable` tells by a factor's sid whether its service can be
    reached when a request is shown; later, `set_reachable` does. `after` replaces the clock in
    tests. `openMainRequested` brings the sid of what was read; `closed` comes whenever it went,
    answered or not. The other signals are the pane's, and an answer on its way brings them even
    after the window went.
    """

    openMainRequested = Signal(str)
    closed = Signal()

    requestReady = Signal(str)
    decisionConfirmed = Signal(str, str)
    decisionFailed = Signal(str, int)
    decisionUnknown = Signal(str)
    requestChanged = Signal(str)
    requestExpired = Signal(str)
    removeAccountRequested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        make_pane: Callable[[QWidget], RequestPane],
        *,
        reachable: Callable[[str], bool] = lambda _: True,
        keep_open: bool = False,
        after: After | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("compactWindow")
        self.setWindowIcon(theme.icon_of_app())
        self.keep_open = keep_open
        self._reachable = reachable
        self._after = after or QtTimers(self).after
        self._queue = Queue()
        self._going: Timer | None = None
        ground = QFrame(self)
        ground.setProperty("look", "panel")
        self.pane = make_pane(ground)
        self._sending = Sending(self.pane)
        self._footer = Footer(ground)
        self._lay_out(ground)
        self._connect()

    # --- For the window ----------------------------------------------------------------------

    @property
    def reading(self) -> Request | None:
        """What is being read; None while it isn't shown."""
        return self._queue.reading

    def set_requests(self, requests: Sequence[Request]) -> None:
        """Follow a poll: all that waits, newest first. What is being read stays."""
        self._queue.follow(requests)
        self._show_place()

    def show_request(self, sid: str, *, chosen: bool, guarded: bool = False) -> bool:
        """Come up with a request of `set_requests`; False where there is no such one.

        `chosen` tells whether the user picked this very one. One that came by itself only counts
        while another is being read. `guarded`: it was picked elsewhere, and may come up under a
        pointer or a key that is meant for something else.
        """
        if self._queue.reading is not None and not chosen:
            return sid in self._queue
        if not self._read(sid, chosen=chosen and not guarded):
            return False
        self.come()
        return True

    def seen_in_poll(
        self, challenges: Mapping[str, Challenge], complete: Collection[str] = ()
    ) -> None:
        """Take in what a poll saw; see `RequestPane`."""
        self.pane.seen_in_poll(challenges, complete)

    def set_reachable(self, reachable: bool) -> None:  # noqa: FBT001 - as Qt's setters have it
        """Say whether the service of the account that is shown can be reached."""
        self.pane.set_reachable(reachable)

    async def settled(self) -> None:
        """End in order: wait for the answers on their way, and stop everything else."""
        self._stay()
        await self._sending.ended()
        await self.pane.settled()

    # --- Reading -----------------------------------------------------------------------------

    def _read(self, sid: str, *, chosen: bool) -> bool:
        self._sending.note()
        request = self._queue.read(sid)
        if request is None:
            return False
        self._stay()
        self.setWindowTitle(_title(self.tr("Request from {account}"), request.account.label))
        self.pane.set_reachable(self._reachable(request.account.sid))
        self.pane.open(request, chosen=chosen)
        self._show_place()
        return True

    def _step(self, step: int) -> None:
        if self._queue.reading is not None and (sid := self._queue.beside(step)):
            self._read(sid, chosen=False)

    def _read_following(self) -> None:
        if sid := self._queue.following():
            self._read(sid, chosen=False)

    def _show_place(self) -> None:
        queue = self._queue
        if queue.reading is None:
            return
        place, of = queue.position
        self._footer.show_place(place, of, back=bool(queue.beside(-1)), on=bool(queue.beside(1)))
        self.pane.set_next(queue.others)

    def _open_main(self) -> None:
        reading = self._queue.reading
        if reading is not None:
            self.openMainRequested.emit(reading.challenge.sid)
            self.close()

    # --- Answers -----------------------------------------------------------------------------

    def _confirmed(self, sid: str) -> None:
        """Go in a while; what had been unknown stays, since nobody knows when it is read."""
        view = self.pane.presenter.view
        if view is None or view.sid != sid or view.result is not Say.CONFIRMED:
            return
        if not self.keep_open:
            self._stay()
            self._going = self._after(RESULT_STAYS, self._go)

    def _go(self) -> None:
        self._going = None
        view = self.pane.presenter.view
        if view is not None and view.suspicious:
            return  # what to do now is being read
        mark = self.pane.findChild(QPushButton, "suspiciousButton")
        if mark is not None and mark.isVisible() and (mark.hasFocus() or mark.underMouse()):
            self._going = self._after(RESULT_STAYS, self._go)
        else:
            self.close()

    def _stay(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None

    # --- Going -------------------------------------------------------------------------------

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Answer nothing; an answer on its way goes on."""
        self._sending.note()
        self._stay()
        self._queue.close()
        self.pane.show_empty("")
        super().closeEvent(event)
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Cancel) or event.matches(keys.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    # --- Making ------------------------------------------------------------------------------

    def _lay_out(self, ground: QFrame) -> None:
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(self._footer)
        self.fill(ground)

    def _connect(self) -> None:
        pane, footer = self.pane, self._footer
        for name in (
            "requestReady",
            "decisionConfirmed",
            "decisionFailed",
            "decisionUnknown",
            "requestChanged",
            "requestExpired",
            "removeAccountRequested",
        ):
            getattr(pane, name).connect(getattr(self, name))
        pane.decisionConfirmed.connect(self._confirmed)
        pane.nextRequested.connect(self._read_following)
        footer.openRequested.connect(self._open_main)
        footer.stepped.connect(self._step)
        steps = {Command.NEXT: lambda: self._step(1), Command.PREVIOUS: lambda: self._step(-1)}
        install(self, steps, *steps)


def _title(words: str, account: str) -> str:
    """Return a title with a name from outside; Qt's mark for changed documents is doubled."""
    return words.format(account=visible(account, _TITLE)).replace("[*]", "[*][*]")
