"""Whose requests are shown: the button for all of them, and the list of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from countersign.desktop.lists.accounts_delegate import (
    AVATAR,
    PAD,
    AccountDelegate,
    paint_badge,
    paint_ground,
)
from countersign.desktop.lists.accounts_model import AccountsModel, badge_text
from countersign.desktop.lists.paint import Brush, Fonts
from countersign.desktop.lists.row_list import FONT_EVENTS, RowList
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QEvent, QModelIndex
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.theme import Theme
    from countersign.device.polling import Watch
    from countersign.device.records import Account

_ICON: Final = 20


class AllRequestsButton(QPushButton):
    """`allRequestsButton`: checked while the requests of all accounts are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("allRequestsButton")
        self.setText(self.tr("All requests"))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._fonts = Fonts()
        self._badge = ""
        theme.changed.connect(self.update)

    def set_badge(self, count: int) -> None:
        """Show how many requests wait, of all accounts together."""
        self._badge = badge_text(count)
        self.setAccessibleName(", ".join(filter(None, (self.text(), self._badge))))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, max(self._fonts.body_height, _ICON) + 3 * Space.S)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in FONT_EVENTS:
            self._fonts = Fonts()
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        brush = Brush(painter, self._theme, self.rect(), self.layoutDirection())
        paint_ground(
            brush,
            self.rect(),
            selected=self.isChecked(),
            hover=self.underMouse(),
            focus=self.hasFocus(),
        )
        inner = self.rect().adjusted(PAD, 0, -Space.S, 0)
        left = inner.left() + (AVATAR - _ICON) // 2
        icon = QRect(left, inner.top() + (inner.height() - _ICON) // 2, _ICON, _ICON)
        brush.pixmap(icon, self._theme.pixmap("requests", "text", _ICON))
        taken = paint_badge(brush, inner, self._badge, self._fonts)
        text = inner.adjusted(AVATAR + Space.M - 2, 0, -taken, 0)
        brush.text(text, self.text(), self._fonts.body, "text")
        painter.end()


class AccountList(RowList):
    """`accountList`; `accountChosen` brings a factor's sid, `menuRequested` where a menu goes."""

    accountChosen = Signal(str)
    menuRequested = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("accountList")
        self.setAccessibleName(self.tr("Accounts"))
        self.setUniformItemSizes(False)  # few rows, and those with trouble need a line more
        self.setResizeMode(self.ResizeMode.Adjust)  # their height depends on the width
        self.accounts = AccountsModel(self)
        self._delegate = AccountDelegate(theme, self)
        self.setModel(self.accounts)
        self.setItemDelegate(self._delegate)

    def set_accounts(
        self,
        watches: Iterable[Watch],
        unfinished: Iterable[Account] = (),
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Show these; `notes` has words by sid for what no poll tells ("Removed by …")."""
        self.accounts.set_accounts(watches, unfinished, notes)

    @override
    def index_of(self, sid: str) -> QModelIndex:
        return self.accounts.index_of(sid)

    @override
    def chosen(self, sid: str) -> None:
        self.accountChosen.emit(sid)

    @override
    def measure(self) -> None:
        self._delegate.follow_font()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu: the mouse for the row under it, the menu key for the current one."""
        index = self.indexAt(event.pos())
        place = event.globalPos()
        if event.reason() is event.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        if sid := self.key_of(index):
            self.menuRequested.emit(sid, place)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.RightButton:
            return  # a menu is asked for; nothing is chosen by it
        super().mousePressEvent(event)
