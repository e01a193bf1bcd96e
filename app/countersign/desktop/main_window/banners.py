"""Which banner stands over the panes, and what its button does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from countersign.desktop.enroll.store_help import HowToFixDialog
from countersign.desktop.language.counts import Counts
from countersign.desktop.main_window.notices import (
    Trouble,
    away_notice,
    clock_notice,
    doubt_notice,
    gone_notice,
    offline_notice,
    policy_notice,
    problem_notice,
    settled_notice,
    store_notice,
)
from countersign.device.watch import describe
from countersign.push.errors import KeyStorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.desktop.main_window.banner import Banner
    from countersign.desktop.main_window.notices import Notice
    from countersign.device.device import Device
    from countersign.device.polling import Watch
    from countersign.device.records import Account, Decision
    from countersign.push.errors import CountersignError


class Banners(QObject):
    """Shows one banner at a time; `checkRequested` and `removeRequested(sid)` are its buttons."""

    checkRequested = Signal()
    removeRequested = Signal(str)

    def __init__(self, banner: Banner, device: Device, parent: QObject) -> None:
        super().__init__(parent)
        self._banners: list[Banner] = []
        self._device = device
        self._watches: Sequence[Watch] = ()
        self._problem: CountersignError | None = None
        self._expired = 0
        self._asked: int | None = None  # how often it had failed when the user was asked
        self._doubt: Notice | None = None
        self._settled: list[Notice] = []
        self._shown: Notice | None = None
        self.add(banner)

    def add(self, banner: Banner) -> None:
        """Say the same in another place, for a page that hides the first one."""
        self._banners.append(banner)
        banner.acted.connect(self._act)
        banner.helped.connect(self._help)
        self._shown = None
        self.refresh()

    def set_watches(self, watches: Sequence[Watch]) -> None:
        """Follow what a round of polling saw."""
        self._watches = watches
        if not any(_unusable(watch) for watch in watches):
            self._asked = None
        self.refresh()

    def set_problem(self, error: CountersignError) -> None:
        """Tell an error that belongs to no pane."""
        self._problem = error
        self.refresh()

    def set_expired_while_away(self, count: int) -> None:
        """Tell how many requests expired while nobody was there."""
        self._expired = count
        self.refresh()

    def set_doubt(self, decisions: Sequence[Decision], labels: Sequence[str]) -> None:
        """Tell of answers in doubt; `labels` are the names of their accounts."""
        self._doubt = doubt_notice(decisions, labels)
        self.refresh()

    def add_settled(self, decision: Decision, account: Account | None) -> None:
        """Tell what became of an answer that had been in doubt, until the user has read it."""
        self._settled.append(settled_notice(decision, account))
        self.refresh()

    def refresh(self) -> None:
        """Say what is to be said now: the time to the next try runs on."""
        found = self._notices()
        if not found:
            self._shown = None
            for banner in self._banners:
                banner.clear()
        elif found[0] != self._shown or len(found) > 1:
            self._show(found[0], len(found) - 1)

    def _show(self, notice: Notice, others: int) -> None:
        self._shown = notice
        more = Counts().banners(others)
        aside = " · ".join(part for part in (notice.aside, more if others else "") if part)
        for banner in self._banners:
            banner.show_text(
                notice.text, notice.action, aside, helps=bool(notice.steps), error=notice.error
            )

    def _notices(self) -> list[Notice]:
        now = time.monotonic()
        watches = self._watches
        checks = [describe(watch, now) for watch in watches]
        failing_for = max((one.failing_for or 0.0 for one in checks), default=0.0)
        next_in = min((one.due for one in checks if one.due is not None), default=None)
        clocks = (self._device.clock(watch.account) for watch in watches)
        offset = max((clock.display_offset for clock in clocks), key=abs, default=0.0)
        found = (
            store_notice(
                watches,
                asking=self._asked == self._failed(),
                asked=self._asked is not None,
            ),
            policy_notice(self._device.policy, pin_set=self._device.pin.is_set),
            gone_notice(watches),
            offline_notice(watches, time.time() - failing_for, next_in),
            self._doubt,
            *self._settled,
            clock_notice(offset),
            problem_notice(self._problem),
            away_notice(self._expired),
        )
        return [notice for notice in found if notice is not None]

    def _help(self) -> None:
        notice = self._shown
        if notice is not None:
            window = self._banners[0].window()
            HowToFixDialog(window, notice.text, notice.steps).open()

    def _failed(self) -> int:
        return sum(watch.failures for watch in self._watches if _unusable(watch))

    def _act(self) -> None:
        notice = self._shown
        match notice.trouble if notice else None:
            case Trouble.PROBLEM:
                self._problem = None
            case Trouble.AWAY:
                self._expired = 0
            case Trouble.KEY_GONE if notice:
                self.removeRequested.emit(notice.account)
            case Trouble.PASSWORD_STORE:
                self._asked = self._failed()
                self.checkRequested.emit()
            case Trouble.SETTLED:
                del self._settled[:1]
            case Trouble.OFFLINE | Trouble.DOUBT:
                self.checkRequested.emit()
        self.refresh()


def _unusable(watch: Watch) -> bool:
    return isinstance(watch.view.error, KeyStorageError)
