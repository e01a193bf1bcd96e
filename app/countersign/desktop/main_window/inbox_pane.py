"""The middle pane: what waits, or what was answered, and when it was last looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.lists.accounts_model import badge_text
from countersign.desktop.lists.history import HistoryPane
from countersign.desktop.lists.inbox_view import InboxView
from countersign.desktop.overflow import Squeezed
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from countersign.desktop.bursts.cards import BurstCards
    from countersign.desktop.theme import Theme

_PENDING: Final = 0
_HISTORY: Final = 1


class InboxPane(QWidget):
    """Pending and History behind two tabs; `checkNow` asks the services at once."""

    checkNow = Signal()
    historyShown = Signal()
    pendingShown = Signal()
    accountsWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("inboxTabs")
        self.tabs.setAccessibleName(self.tr("Requests"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for name in (self.tr("Pending"), self.tr("History")):
            self.tabs.addTab(name)
        self.last_checked = QLabel(self)
        self.last_checked.setObjectName("lastCheckedLabel")
        self.last_checked.setProperty("look", "quiet")
        self.last_checked.setFont(font(Type.SMALL))
        self.check_now = QPushButton(self.tr("Check now"), self)
        self.check_now.setObjectName("checkNowButton")
        self.check_now.setProperty("look", "link")
        self.check_now.setFont(font(Type.SMALL))
        self.check_now.clicked.connect(self.checkNow)
        self._theme = theme
        self.accounts = QPushButton(self.tr("All requests"), self)
        self.accounts.setObjectName("accountsButton")
        self.accounts.setProperty("look", "link")
        self.accounts.clicked.connect(self.accountsWanted)
        self._cards: BurstCards | None = None
        self._above: QWidget | None = None
        self._over = QWidget(self)
        self._over.hide()
        self.inbox_view = InboxView(theme, self)
        self.inbox = self.inbox_view.list
        self.history = HistoryPane(theme, self)
        self.empty = QLabel(self)
        self.empty.setObjectName("emptyState")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("look", "quiet")
        self._stack = QStackedWidget(self)
        for page in (self.inbox_view, self.empty, self.history):
            self._stack.addWidget(page)
        self._lay_out()

    def show_pending_tab(self) -> None:
        """Go to what waits."""
        self.tabs.setCurrentIndex(_PENDING)

    def show_history_tab(self) -> None:
        """Go to what was answered."""
        self.tabs.setCurrentIndex(_HISTORY)

    @property
    def in_history(self) -> bool:
        """Whether History is shown, and not what waits."""
        return self.tabs.currentIndex() == _HISTORY

    def set_badge(self, count: int) -> None:
        """Show the number of what waits, as everywhere else."""
        badge = badge_text(count)
        text = " ".join((self.tr("Pending"), badge)).strip()
        if text != self.tabs.tabText(_PENDING):
            self.tabs.setTabText(_PENDING, text)
            self._fit()

    def set_checked(self, text: str) -> None:
        """Say when the services were last asked."""
        if text != self.last_checked.text():
            self.last_checked.setText(text)
            self._fit()

    def show_accounts_button(self, *, shown: bool) -> None:
        """Offer the way to the accounts, where they don't stand beside the list."""
        self._over.setVisible(shown)

    def set_account(self, name: str) -> None:
        """Say whose requests these are; the name is safe to show."""
        self.accounts.setText(name.replace("&", "&&"))  # else it becomes a shortcut and vanishes
        self.accounts.setAccessibleName(self.tr("Accounts: {name}").format(name=name))

    def show_pending(self, *, empty: str = "") -> None:
        """Show the list, or why it is empty."""
        self.empty.setText(empty)
        if not self.in_history:
            self._stack.setCurrentWidget(self.empty if empty else self.inbox_view)

    def add_cards(self, cards: BurstCards) -> None:
        """Take what stands above the list while that is shown."""
        self._cards = cards
        self._above = Squeezed(cards, self)
        self._column.insertWidget(2, self._above, 1000)  # as much as they need, then the list
        cards.changed.connect(self._show_cards)
        self._show_cards()

    def _show_cards(self) -> None:
        if self._above is not None and self._cards is not None:
            self._above.setVisible(self._cards.there and not self.in_history)

    def _lay_out(self) -> None:
        self.tabs.currentChanged.connect(self._changed)
        left = QHBoxLayout()
        left.addWidget(self.tabs)
        left.addStretch()
        right = QHBoxLayout()
        right.setSpacing(Space.XS)
        right.addWidget(self.last_checked)
        right.addStretch()
        right.addWidget(self.check_now)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        self._head.setSpacing(Space.XS)
        self._head.addLayout(left, 1)
        self._head.addLayout(right)
        over = QHBoxLayout(self._over)
        over.setContentsMargins(Space.M, Space.S, Space.M, 0)
        over.addWidget(self.accounts)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._over, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tabs over the words about checking where a row is too short for both."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        parts = (self.tabs, self.last_checked, self.check_now)
        needed = sum(part.sizeHint().width() + Space.XS for part in parts) + 2 * Space.M
        direction = QBoxLayout.Direction
        fits = needed <= self.width()
        self._head.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    def _changed(self) -> None:
        self._show_cards()
        if self.in_history:
            self._stack.setCurrentWidget(self.history)
            self.historyShown.emit()
        else:
            self.show_pending(empty=self.empty.text())
            self.pendingShown.emit()
