"""History in the window: its list, the answer beside it, the file, and answers still in doubt."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from countersign.desktop.history.detail import HistoryDetail
from countersign.desktop.lists.history_feed import HistoryFeed
from countersign.desktop.request.endings import bug
from countersign.device.history_table import save, table
from countersign.push.errors import CountersignError

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
    from countersign.device.suspicion import Mark


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
        self._accounts: dict[str, Account] = {}
        self._left: set[str] = set()  # in doubt since before this start
        self._settling = False
        self._covered = False
        self.detail = HistoryDetail(theme)
        self.detail.suspiciousRequested.connect(self._mark)
        panes.add_past(self.detail)
        history = panes.inbox.history
        self._feed = HistoryFeed(history, device.decisions)
        panes.inbox.historyShown.connect(self.load)
        history.list.decisionChosen.connect(self._show)
        history.exportRequested.connect(self._choose_file)

    def cover(self) -> None:
        """Hold nothing that could be seen, until `begin`."""
        self._covered = True
        self._accounts, self._left = {}, set()
        self._feed.clear()
        self.detail.show_empty()

    def load(self) -> None:
        """Show what was answered by now; all of it while History is shown."""
        if self._covered:
            return
        self._tasks.start(self._load(), "history")

    async def keep_for(self, days: int) -> None:
        """Forget what is older, and say how long answers are kept."""
        self._panes.inbox.history.set_kept(days)
        await self._device.decisions.prune(days)
        self.load()

    async def begin(self) -> None:
        """Tell of answers that are in doubt since the last time, and ask about them."""
        self._covered = False
        await self.refresh()
        self._left = {one.id for one in self._feed.doubtful}
        await self._settle()

    def follow(self, watches: Sequence[Watch]) -> None:
        """Ask again about what is in doubt, now that a service was reached."""
        doubtful = {one.factor_sid for one in self._doubts()}
        reached = {watch.account.sid for watch in watches if watch.view.error is None}
        if doubtful & reached and not self._settling:
            self._tasks.start(self._settle(), "asking about answers")

    async def refresh(self) -> None:
        """Follow the history."""
        if self._hides():
            return
        self._accounts = {account.sid: account for account in await self._device.accounts.all()}
        await self._feed.newest(self._accounts)
        if self._hides():  # locked meanwhile
            self._feed.clear()
            return
        self._showing.set_unknown({one.challenge_sid for one in self._feed.doubtful})
        self._show(self.detail.shown, go=False)

    async def export(self, file: Path) -> None:
        """Save what the list shows as CSV."""
        while not await self._feed.whole(self._accounts):
            pass  # another reading took over
        decisions = self._panes.inbox.history.shown_decisions()
        await asyncio.to_thread(lambda: save(file, table(decisions, self._accounts)))

    def _hides(self) -> bool:
        return self._covered

    async def _load(self) -> None:
        await self.refresh()
        if self._panes.inbox.in_history:
            await self._feed.whole(self._accounts)

    def _doubts(self) -> list[Decision]:
        """Return the answers that are in doubt since before this start."""
        return [one for each in self._left if (one := self._feed.find(each)) is not None]

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
        settled = [one for one in self._doubts() if not one.open]
        self._left = {one.id for one in self._doubts() if one.open}
        for decision in settled:
            account = self._accounts.get(decision.factor_sid)
            self._showing.banners.add_settled(decision, account)
        self._tell_doubt()

    def _tell_doubt(self) -> None:
        doubtful = self._doubts()
        labels = [
            account.label
            for one in doubtful
            if (account := self._accounts.get(one.factor_sid)) is not None
        ]
        self._showing.banners.set_doubt(doubtful, labels)

    def _show(self, decision_id: str, *, go: bool = True) -> None:
        decision = self._feed.find(decision_id)
        if decision is None:
            return
        self.detail.show_decision(decision, self._accounts.get(decision.factor_sid))
        if go:
            self._panes.show_past()

    def _mark(self, decision_id: str) -> None:
        decision = self._feed.find(decision_id)
        if decision is not None:
            self._tasks.start(self._tell_suspicion(decision), f"mark {decision.challenge_sid}")

    async def _tell_suspicion(self, decision: Decision) -> None:
        """Mark a denial; it is told before history is read again, which may take a while."""
        try:
            mark: Mark | CountersignError = await self._decisions.mark_suspicious(
                decision.factor_sid, decision.challenge_sid
            )
        except CountersignError as error:
            mark = error
        except Exception:  # a bug of ours: it is told elsewhere, too
            self.detail.show_mark(decision.id, bug())
            raise
        self.detail.show_mark(decision.id, mark)
        await self.refresh()

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
