"""The ends in their order: what the first can't show, the next one does."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon, QImage
from typing_extensions import override

from countersign.desktop.notify.port import Notifier
from countersign.desktop.notify.tray_messages import TrayNotifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from countersign.desktop.notify.daemon import Picture
    from countersign.desktop.notify.port import Notice
    from countersign.desktop.tasks import Tasks
    from countersign.desktop.tray.tray import Tray


_SIZE: Final = 48


class Delivery(Notifier):
    """Hands a notice on until an end has shown it; `undelivered` where none did."""

    def __init__(self, ends: Sequence[Notifier], parent: QObject) -> None:
        super().__init__(parent)
        self._ends = ends
        for end, following in itertools.pairwise(ends):
            end.undelivered.connect(following.show_notice)
        ends[-1].undelivered.connect(self.undelivered)
        for end in ends:
            end.shown.connect(self.shown)
            end.activated.connect(self.activated)
            end.closed.connect(self.closed)

    @override
    def show_notice(self, notice: Notice) -> None:
        self._ends[0].show_notice(notice)

    @override
    def withdraw(self, ident: str) -> None:
        for end in self._ends:
            end.withdraw(ident)

    @override
    async def settled(self) -> None:
        for end in self._ends:
            await end.settled()


def _picture() -> Picture | None:
    """Return the app's icon, where it isn't installed and its name alone would say nothing."""
    if QIcon.hasThemeIcon("countersign"):
        return None
    form = QImage.Format.Format_RGBA8888
    image = QIcon(":/icons/countersign.svg").pixmap(_SIZE, _SIZE).toImage().convertToFormat(form)
    pixels = bytes(image.constBits())
    return image.width(), image.height(), image.bytesPerLine(), True, 8, 4, pixels


def for_system(tray: Tray, tasks: Tasks, parent: QObject) -> Notifier:
    """Return what shows notices on this system. Imports jeepney on Linux."""
    ends: list[Notifier] = [TrayNotifier(tray, parent)]
    if sys.platform == "linux":
        from countersign.desktop.notify.freedesktop import (  # noqa: PLC0415 - Linux only
            FreedesktopNotifier,
        )

        ends.insert(0, FreedesktopNotifier(tasks, parent, picture=_picture()))
    return Delivery(ends, parent)
