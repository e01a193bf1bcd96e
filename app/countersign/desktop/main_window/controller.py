"""Between the window and the device: what is polled becomes what is shown, clicks become work."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.first_start import FirstStart
from countersign.desktop.main_window.absence import Absence, expired_since
from countersign.desktop.main_window.dialogs import Dialogs
from countersign.desktop.main_window.showing import Showing
from countersign.desktop.main_window.workspace import Workspace
from countersign.desktop.request.pane import RequestPane
from countersign.desktop.tasks import Tasks
from countersign.device.decisions import Decisions
from countersign.device.history_table import save, table
from countersign.device.polling import Poller, Presence
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.theme import Theme
    from countersign.device.device import Device
    from countersign.device.polling import Watch

_TICK: Final = 1000
_RECOVERY: Final = 10.0


class Controller(QObject):
    """Runs the window: one for its whole life. `start` it, and await `stop` in the end."""

    def __init__(self, window: MainWindow, theme: Theme, device: Device) -> None:
        super().__init__(window)
        self._window = window
        self._device = device
        self._decisions = Decisions(device)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self.tell)
        self.poller = Poller(device, self._polled)
        self.request = RequestPane(theme, device, self._decisions)
        self.workspace = Workspace(theme, self.request, device, window)
        self.first_start = FirstStart(device, window)
        self.showing = Showing(window, self.workspace, device)
        self.dialogs = Dialogs(window, device)
        self.request.show_empty(self.tr("Choose a request to read it."))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.showing.tell_time)
        self._absence = Absence(self)
        self._timer.timeout.connect(self._absence.tick)
        self._absence.ended.connect(self._back_again)
        self.dialogs.tasks.failed.connect(self.tell)
        self._connect()

    def start(self) -> None:
        """Show what there is, and begin to poll."""
        self._tasks.start(self._begin(), "start")

    async def stop(self) -> None:
        """End in order: an answer on its way is waited for, everything else is stopped."""
        self._timer.stop()
        await self._tasks.settled()
        await self._decisions.idle()
        await self.request.settled()

    async def _begin(self) -> None:
        await self.refresh_accounts()
        self._timer.start()
        self._tasks.start(self._poll(), "polling")
        self._activated(QGuiApplication.applicationState())
        if await self._decisions.settle():
            await self.refresh_history()

    async def _poll(self) -> None:
        """Poll for ever: a window that silently no longer looks would be worse than any error."""
        while True:
            try:
                await self.poller.run()
            except Exception as error:  # noqa: BLE001 - told, and tried again
                self.tell(error)
            await asyncio.sleep(_RECOVERY)

    async def refresh_accounts(self) -> None:
        """Follow accounts that came, went or changed."""
        accounts = await self._device.accounts.all()
        self.showing.set_accounts(accounts)
        self._window.show_page(self.workspace if accounts else self.first_start)
        self.poller.check_now()

    async def refresh_history(self) -> None:
        """Show what was answered by now."""
        decisions = await self._device.decisions.all()
        accounts = {account.sid: account for account in await self._device.accounts.all()}
        self.workspace.inbox.history.set_decisions(decisions, accounts)
        self.showing.set_unknown({one.challenge_sid for one in decisions if one.open})

    async def export_history(self, file: Path) -> None:
        """Save what the history pane shows as CSV."""
        accounts = {account.sid: account for account in await self._device.accounts.all()}
        text = table(self.workspace.inbox.history.shown_decisions(), accounts)
        await asyncio.to_thread(save, file, text)

    def _connect(self) -> None:
        QGuiApplication.instance().applicationStateChanged.connect(self._activated)  # type: ignore[union-attr]  # there is one
        panes = self.workspace
        panes.inbox.checkNow.connect(self.poller.check_now)
        self.showing.banners.checkRequested.connect(self.poller.check_now)
        self.showing.banners.removeRequested.connect(self.dialogs.remove)
        panes.inbox.historyShown.connect(self._load_history)
        panes.inbox.history.exportRequested.connect(self._choose_file)
        panes.inbox.inbox.requestChosen.connect(lambda sid: self._open(sid, chosen=True))
        panes.sidebar.chosen.connect(self.showing.choose)
        panes.sidebar.add_account.clicked.connect(self.dialogs.add)
        panes.sidebar.accounts.menuRequested.connect(self.dialogs.account_menu)
        panes.unfinished.enrollmentFinished.connect(self._added)
        panes.unfinished.removed.connect(self._accounts_changed)
        self.first_start.pasteRequested.connect(lambda: self.dialogs.add(paste=True))
        self.first_start.typeRequested.connect(lambda: self.dialogs.add(type_in=True))
        self.dialogs.added.connect(self._added)
        self.dialogs.changed.connect(self._accounts_changed)
        self._connect_request()

    def _connect_request(self) -> None:
        pane, window = self.request, self._window
        pane.requestReady.connect(window.requestReady)
        pane.requestChanged.connect(window.requestChanged)
        pane.requestExpired.connect(window.requestExpired)
        pane.decisionUnknown.connect(window.decisionUnknown)
        pane.decisionFailed.connect(window.decisionFailed)
        pane.decisionFailed.connect(lambda _, code: window.errorShown.emit(code))
        pane.decisionConfirmed.connect(window.decisionConfirmed)
        for signal in (pane.decisionConfirmed, pane.decisionFailed, pane.decisionUnknown):
            signal.connect(self._answered)
        pane.nextRequested.connect(self._open_next)
        pane.removeAccountRequested.connect(self.dialogs.remove)
        pane.tasks.failed.connect(self.tell)

    def _polled(self, watches: list[Watch]) -> None:
        self.showing.set_watches(list(self.poller.watches.values()))
        view = self.request.presenter.view
        if view is not None:
            self.request.set_reachable(self.showing.reachable(view.factor_sid))
        good = [watch for watch in watches if watch.view.error is None]
        seen = [request for watch in good for request in watch.view.requests]
        self.request.seen_in_poll(
            {one.challenge.sid: one.challenge for one in seen},
            {watch.account.sid for watch in watches if watch.complete},
        )
        if not self.poller.busy:
            self._window.pollFinished.emit()

    def _back_again(self, since: float) -> None:
        self.poller.check_now()
        self._tasks.start(self._tell_expired(since), "what expired")

    async def _tell_expired(self, since: float) -> None:
        self.showing.banners.set_expired_while_away(await expired_since(self._device, since))

    def _open(self, sid: str, *, chosen: bool) -> None:
        request = self.showing.request(sid)
        if request is None:
            return
        self.workspace.inbox.inbox.select(sid)
        self.workspace.show_request()
        self.request.set_reachable(self.showing.reachable(request.account.sid))
        self.request.open(request, chosen=chosen)
        self.request.set_next(self.showing.others(sid))

    def _open_next(self) -> None:
        following = self.showing.following(self.workspace.inbox.inbox.selected())
        if following:
            self._open(following, chosen=False)

    def _answered(self) -> None:
        self.poller.check_now()
        self._load_history()

    def _load_history(self) -> None:
        self._tasks.start(self.refresh_history(), "history")

    def _choose_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Save as CSV"))
        dialog.setObjectName("exportDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Tables (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(
            lambda file: self._tasks.start(self.export_history(Path(file)), "export")
        )
        dialog.open()

    def _added(self, sid: str) -> None:
        self._accounts_changed()
        self._window.enrollmentFinished.emit(sid)

    def _accounts_changed(self) -> None:
        self._tasks.start(self.refresh_accounts(), "accounts")

    def _activated(self, state: Qt.ApplicationState) -> None:
        active = state is Qt.ApplicationState.ApplicationActive
        self.poller.set_presence(Presence.ACTIVE if active else Presence.BACKGROUND)

    def tell(self, error: BaseException) -> None:
        """Tell what no pane has handled: a sentence where it is ours, and where not, that too."""
        if not isinstance(error, CountersignError):
            error = bug_error(error)
        self.showing.banners.set_problem(error)
        self._window.errorShown.emit(error.code)
