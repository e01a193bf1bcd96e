"""What the tray icon shows, as a value: which sign, which number, what it says. Knows no icon."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.counts import Counts
from countersign.push.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.polling import Watch

translate = QCoreApplication.translate


class Sign(enum.Enum):
    """The icon's state; each has a shape of its own, since colours alone tell nothing."""

    NORMAL = "normal"
    OFFLINE = "offline"
    LOCKED = "locked"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see; `badge` is the number as all places show it."""

    sign: Sign = Sign.NORMAL
    badge: str = ""
    silent: bool = False
    """Something is approved silently: seen wherever the window isn't."""

    @property
    def words(self) -> str:
        """What a pointer over the icon, or a screen reader, is told."""
        words = self._words()
        if not self.silent:
            return words
        return translate("Tray", "{words}. Silent approval is on").format(words=words)

    def _words(self) -> str:
        match self.sign:
            case Sign.OFFLINE:
                return translate("Tray", "Countersign: offline, can't see new requests")
            case Sign.LOCKED:
                return translate("Tray", "Countersign: locked")
            case Sign.WARNING:
                first = translate("Tray", "Countersign: something needs your attention")
            case _:
                first = "Countersign"
        if not self.badge:
            return first
        if self.badge == "1":
            return translate("Tray", "{app}, 1 request is waiting").format(app=first)
        if not self.badge.isdecimal():
            return translate("Tray", "{app}, 99+ requests are waiting").format(app=first)
        return Counts().waiting_here(int(self.badge), first)


def look_of(watches: Sequence[Watch], badge: str, *, locked: bool = False) -> Look:
    """Return the look of what is known: what keeps requests from being seen comes first.

    An account that fails is worth a sign once it has failed twice: one lost poll is none.
    """
    if locked:
        return Look(Sign.LOCKED)
    failing = [watch for watch in watches if watch.view.error is not None]
    if failing and all(isinstance(one.view.error, NetworkError) for one in watches):
        return Look(Sign.OFFLINE, badge)
    lasting = [one for one in failing if not isinstance(one.view.error, NetworkError)]
    if any(one.failures > 1 or one.removed or one.store_closed for one in lasting):
        return Look(Sign.WARNING, badge)
    return Look(Sign.NORMAL, badge)
