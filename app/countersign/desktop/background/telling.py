"""Tells of new requests where the window isn't seen, and does what is clicked on a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from countersign.desktop.language.errors import message_of
from countersign.desktop.notify import words
from countersign.desktop.notify.announcing import SUMMARY, Announcing
from countersign.desktop.notify.denying import outcome
from countersign.desktop.notify.port import DENY
from countersign.desktop.pin.words import LOCKED, locked_notice
from countersign.desktop.request.view import Say
from countersign.desktop.silent.words import notice as silent_notice
from countersign.desktop.tasks import Tasks
from countersign.device.polling import Presence
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.notify.announcing import Told
    from countersign.desktop.notify.mutes import Mutes
    from countersign.desktop.notify.port import Notifier
    from countersign.device.inbox import Request
    from countersign.device.silent.events import SilentApproved


class Telling(QObject):
    """Between what the polls bring and the desktop's notices; emits `notificationShown`.

    The focus is never taken: a request that is new only has the taskbar ask for attention.
    """

    def __init__(
        self, window: MainWindow, controller: Controller, notifier: Notifier, mutes: Mutes
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._notifier = notifier
        self._settings = controller.preferences
        self._shown: set[str] = set()
        self.announcing = Announcing(self, lambda: self._settings.now, mutes)
        self._denials = Tasks(self)
        self._denials.failed.connect(controller.tell)
        mutes.listeners.append(self.announcing.refresh)
        self._settings.changed.connect(self.announcing.refresh)
        controller.polled.connect(self._polled)
        controller.second.timeout.connect(self._expire)
        window.decisionConfirmed.connect(self.announcing.answered)
        controller.silent.approved.connect(self._approved_silently)
        controller.locking.woken.connect(lambda: notifier.show_notice(locked_notice()))
        controller.locking.covered.connect(lambda: self.announcing.follow([], here=False))
        controller.locking.changed.connect(self._locked)
        notifier.shown.connect(self._was_shown)
        notifier.closed.connect(self.announcing.closed)
        notifier.activated.connect(self._activated)
        QGuiApplication.instance().focusWindowChanged.connect(self._focused)  # type: ignore[union-attr]  # there is one

    async def settled(self) -> None:
        """End in order: a denial that was clicked is sent; HTTP's timeouts bound that."""
        await self._denials.done()
        await self._notifier.settled()

    # --- As the board of `Announcing` --------------------------------------------------------

    def tell(self, told: Told) -> None:
        """Hang a notice up."""
        self._notifier.show_notice(words.notice(told, self._settings.now))

    def withdraw(self, ident: str) -> None:
        """Take one down."""
        self._notifier.withdraw(ident)

    # --- What happens ------------------------------------------------------------------------

    def _polled(self) -> None:
        if self._controller.locking.locked:
            return
        watches = self._controller.poller.watches.values()
        silent = self._controller.silent
        # What is about to be approved by itself asks nobody; where that fails, it is new then.
        requests = [
            request
            for watch in watches
            for request in watch.view.requests
            if not silent.expects(request)
        ]
        here = self._controller.poller.presence is Presence.ACTIVE
        if self.announcing.follow(requests, here=here):
            QApplication.alert(self._window)

    def _expire(self) -> None:
        self.announcing.expire(self._controller.service_time)

    def _focused(self, window: QWindow | None) -> None:
        if window is not None and window is self._window.windowHandle():
            self.announcing.seen()

    def _was_shown(self, ident: str) -> None:
        waiting = self.announcing.sids(ident)
        for sid in waiting:
            if sid not in self._shown:
                self._window.notificationShown.emit(sid)
        self._shown = self._shown.union(waiting) if ident == SUMMARY else self._shown | {ident}

    def _locked(self, locked: bool) -> None:  # noqa: FBT001 - as Qt's signals have it
        if not locked:
            self._notifier.withdraw(LOCKED)

    def _activated(self, ident: str, key: str, token: str) -> None:
        if ident == LOCKED:
            self._window.to_front(token)
            return
        request = self.announcing.request(ident)
        if key == DENY:
            if request is not None:
                self.announcing.closed(ident)  # a second click finds nothing to deny
                self._denials.start(self._deny(request), f"deny {ident}")
            return
        self.announcing.closed(ident)
        self._notifier.withdraw(ident)
        self._controller.poller.expect()
        if ident == SUMMARY or not self._controller.read_small(ident):
            self._window.to_front(token)

    def _approved_silently(self, event: SilentApproved) -> None:
        notice = silent_notice(event, self._settings.now.notices)
        if notice is not None:
            self._notifier.show_notice(notice)

    async def _deny(self, request: Request) -> None:
        sid = request.challenge.sid
        try:
            await self._controller.deny(request)
        except CountersignError as error:
            say, code = outcome(error)
            self._notifier.show_notice(words.not_denied(request, say, message_of(error)))
            if say is Say.UNKNOWN:
                self._window.decisionUnknown.emit(sid)
            else:
                self._window.decisionFailed.emit(sid, code)
        else:
            self._notifier.show_notice(words.denied(request))
            self._window.decisionConfirmed.emit(sid, "denied")
        self._controller.answered()
