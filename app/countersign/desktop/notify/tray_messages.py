"""Notices by the tray icon's own messages: on Windows and macOS, and on Linux without a service.

They have no buttons: a click on one means Review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from countersign.desktop.notify.port import REVIEW, Notifier

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from countersign.desktop.notify.port import Notice
    from countersign.desktop.tray.tray import Tray

_LASTS: Final = 10.0


class TrayNotifier(Notifier):
    """Shows one at a time, as the tray does, and can't take one away: the system's ends don't."""

    def __init__(self, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._tray = tray
        self._last = ""
        tray.messageClicked.connect(self._clicked)

    @override
    def show_notice(self, notice: Notice) -> None:
        if self._tray.show_message(notice.title, notice.body, notice.lasts or _LASTS):
            self._last = notice.id
            self.shown.emit(notice.id)
        else:
            self.undelivered.emit(notice)

    @override
    def withdraw(self, ident: str) -> None:
        if ident == self._last:
            self._last = ""  # a late click means the app, not something that is over

    def _clicked(self) -> None:
        self.activated.emit(self._last, REVIEW, "")
