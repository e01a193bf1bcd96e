"""The left pane: all requests, the accounts, and the way to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from countersign.desktop.lists.accounts import AccountList, AllRequestsButton
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.theme import Theme

WIDTH = 232


class Sidebar(QFrame):
    """Chooses whose requests are shown: one account's, or all (an empty sid)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "sidebar")
        self.all_requests = AllRequestsButton(theme, self)
        self.all_requests.setChecked(True)
        self.accounts = AccountList(theme, self)
        self.add_account = QPushButton(self.tr("Add account"), self)
        self.add_account.setObjectName("addAccountButton")
        self._mark = QLabel(self)
        self._mark.setAccessibleName("Countersign")
        self._lay_out()
        theme.changed.connect(self._draw_mark)
        self._draw_mark()
        self.all_requests.toggled.connect(self._choose_all)  # a screen reader doesn't click
        self.accounts.accountChosen.connect(self._choose_account)

    def _lay_out(self) -> None:
        name = QLabel("Countersign", self)
        name.setFont(font(Type.BODY, bold=True))
        top = QHBoxLayout()
        top.setContentsMargins(Space.S, Space.XS, Space.S, Space.S)
        top.setSpacing(Space.S)
        top.addWidget(self._mark)
        top.addWidget(name)
        top.addStretch()
        heading = QLabel(self.tr("Accounts"), self)
        heading.setProperty("look", "quiet")
        heading.setFont(font(Type.SMALL))
        heading.setContentsMargins(Space.S, Space.S, Space.S, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.M, Space.S, Space.M)
        column.setSpacing(Space.XS)
        column.addLayout(top)
        column.addWidget(self.all_requests)
        column.addWidget(heading)
        column.addWidget(self.accounts, 1)
        column.addWidget(self.add_account)

    def _draw_mark(self) -> None:
        self._mark.setPixmap(self._theme.logo(22))
        self.add_account.setIcon(self._theme.icon("add"))

    def _choose_all(self) -> None:
        self._show_all(shown=True)
        self.accounts.select("")
        self.chosen.emit("")

    def _choose_account(self, sid: str) -> None:
        self._show_all(shown=False)
        self.chosen.emit(sid)

    def _show_all(self, *, shown: bool) -> None:
        with QSignalBlocker(self.all_requests):  # this is no user
            self.all_requests.setChecked(shown)
