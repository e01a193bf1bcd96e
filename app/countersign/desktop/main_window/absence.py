"""Notices that the computer was asleep: the day's clock has jumped, and no timer ran meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from countersign.device.inbox import look
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.device import Device

_LONG: Final = 60.0
_MOST: Final = 100


class Absence(QObject):
    """Is told of each second by `tick`; `ended` brings when the silence began (POSIX seconds).

    A clock that was set forward looks the same, and does no harm: nothing expired meanwhile.
    """

    ended = Signal(float)

    def __init__(self, parent: QObject, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._last = now()

    def tick(self) -> None:
        """Compare the clock with what it said a second ago."""
        last, self._last = self._last, self._now()
        if self._last - last > _LONG:
            self.ended.emit(last)


async def expired_since(device: Device, since: float) -> int:
    """Return how many requests of all accounts expired since then; 100 stands for 100 or more."""
    accounts = await device.verified_accounts()
    views = await look(device, accounts, ChallengeStatus.EXPIRED, _MOST)
    count = 0
    for view in views:
        begin = since + device.clock(view.account).display_offset
        count += sum(
            1 for one in view.requests if one.challenge.expiration_date.timestamp() > begin
        )
    return min(count, _MOST)
