"""History in the window: its list, the answer beside it, the file, and answers still in doubt."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from countersign.desktop.history.detail import HistoryDetail
from countersign.device.history_table import save, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.desktop.main_window.showing import Showing
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.main_window.workspace import Workspace
    from countersign.desktop.tasks import Tasks
    from countersign.desktop.theme import Theme
    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.polling import Watch
    from countersign.device.records import Account, Decision


class Past(QObject):
    """Shows what was answered, and finds out about answers that a crash left open."""

    def __init__(  # noqa: PLR0913 - the parts of the window that it works with
        self,
        window: MainWindow,
        panes: Workspace,
        showing: Showing,
        *,
        decisions: Decisions,
        device: Device,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._showing = showing
        self._decisions = decisions
        self._device = device
        self._tasks = tasks
        self._known: dict[str, Decision] = {}
        self._accounts: dict[str, Account] = {}
        self._left: set[str] = set()  # in doubt since before this start
        self._settling = False
        self.detail = HistoryDetail(theme)
        panes.add_past(self.detail)
        history = panes.inbox.history
        panes.inbox.historyShown.connect(self.load)
        history.list.decisionChosen.connect(self._show)
        history.exportRequested.connect(self._choose_file)

    def load(self) -> None:
        """Show what was answered by now."""
        self._tasks.start(self.refresh(), "history")

    async def begin(self) -> None:
        """Tell of answers that are in doubt since the last time, and ask about them."""
        await self.refresh()
        self._left = {one.id for one in self._known.values() if one.open}
        await self._settle()

    def follow(self, watches: Sequence[Watch]) -> None:
        """Ask again about what is in doubt, now that a service was reached."""
        doubtful = {self._known[one].factor_sid for one in self._left if one in self._known}
        reached = {watch.account.sid for watch in watches if watch.view.error is None}
        if doubtful & reached and not self._settling:
            self._tasks.start(self._settle(), "asking about answers")

    async def refresh(self) -> None:
        """Follow the history."""
        decisions = await self._device.decisions.all()
        self._known = {one.id: one for one in decisions}
        self._accounts = {account.sid: account for account in await self._device.accounts.all()}
        self._panes.inbox.history.set_decisions(decisions, self._accounts)
        self._showing.set_unknown({one.challenge_sid for one in decisions if one.open})
        if self.detail.shown in self._known:
            self._show(self.detail.shown, go=False)

    async def export(self, file: Path) -> None:
        """Save what the list shows as CSV."""
        text = table(self._panes.inbox.history.shown_decisions(), self._accounts)
        await asyncio.to_thread(save, file, text)

    async def _settle(self) -> None:
        if not self._left:
            return
        self._settling = True
        self._tell_doubt()
        try:
            await self._decisions.settle()
            await self.refresh()
        finally:
            self._settling = False
        known = {one for one in self._left if one not in self._known or not self._known[one].open}
        self._left -= known
        for one in known & self._known.keys():
            decision = self._known[one]
            account = self._accounts.get(decision.factor_sid)
            self._showing.banners.add_settled(decision, account)
        self._tell_doubt()

    def _tell_doubt(self) -> None:
        doubtful = [self._known[one] for one in self._left if one in self._known]
        labels = [
            account.label
            for one in doubtful
            if (account := self._accounts.get(one.factor_sid)) is not None
        ]
        self._showing.banners.set_doubt(doubtful, labels)

    def _show(self, decision_id: str, *, go: bool = True) -> None:
        decision = self._known.get(decision_id)
        if decision is None:
            return
        self.detail.show_decision(decision, self._accounts.get(decision.factor_sid))
        if go:
            self._panes.show_past()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Save as CSV"))
        dialog.setObjectName("exportDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Tables (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(
            lambda file: self._tasks.start(self.export(Path(file)), "export")
        )
        dialog.open()
