"""What can be done with a request in the list beside reading it: never answering it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from countersign.desktop.lists.inbox import InboxList


class RequestMenu(QObject):
    """`requestMenu`; both signals bring the sid of the row on which it was asked for."""

    openRequested = Signal(str)
    smallRequested = Signal(str)

    def __init__(self, requests: InboxList) -> None:
        super().__init__(requests)
        self._list = requests
        requests.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        requests.customContextMenuRequested.connect(self._show)

    def menu_for(self, sid: str) -> QMenu:
        """Return a menu for a request; it deletes itself once it was shown."""
        menu = QMenu(self._list)
        menu.setObjectName("requestMenu")
        for text, name, act in (
            (self.tr("Open"), "openRequestAction", self.openRequested.emit),
            (self.tr("Open in a small window"), "openSmallAction", self.smallRequested.emit),
            (self.tr("Copy"), "copyRequestAction", self._copy),
        ):
            menu.addAction(text, partial(act, sid)).setObjectName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _show(self, place: QPoint) -> None:
        """Show it for the row at a place of the list's viewport."""
        sid = self._list.key_of(self._list.indexAt(place))
        if sid:
            self.menu_for(sid).popup(self._list.viewport().mapToGlobal(place))

    def _copy(self, sid: str) -> None:
        """Copy what the row says, in the words that a screen reader has of it."""
        index = self._list.index_of(sid)
        if index.isValid():
            text = index.data(Qt.ItemDataRole.AccessibleTextRole)
            QGuiApplication.clipboard().setText(str(text))
