"""What was answered: the list, what narrows it down, and the way to save it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from countersign.desktop.lists.history_list import HistoryList
from countersign.desktop.lists.history_model import Filter, Result
from countersign.desktop.theme import Space, Type, font
from countersign.device.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from countersign.desktop.theme import Theme
    from countersign.device.records import Account, Decision

_RESULTS: Final = (
    (QT_TRANSLATE_NOOP("HistoryPane", "All"), Filter()),
    (QT_TRANSLATE_NOOP("HistoryPane", "Approved"), Filter(result=Result.APPROVED)),
    (QT_TRANSLATE_NOOP("HistoryPane", "Denied"), Filter(result=Result.DENIED)),
    (QT_TRANSLATE_NOOP("HistoryPane", "Expired"), Filter(result=Result.EXPIRED)),
    (QT_TRANSLATE_NOOP("HistoryPane", "Silent"), Filter(silent=True)),
    (QT_TRANSLATE_NOOP("HistoryPane", "Not known"), Filter(result=Result.UNKNOWN)),
)


class HistoryPane(QWidget):
    """`historyView`; `exportRequested` asks to save what `shown_decisions` returns.

    `retentionWanted` asks for the setting of how long answers are kept.
    """

    exportRequested = Signal()
    retentionWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyView")
        self.list = HistoryList(theme, self)
        self.search = self._search_field()
        self.account = self._chooser("historyAccountFilter", self.tr("Account"))
        self.result = self._chooser("historyResultFilter", self.tr("Result"))
        self.export = QPushButton(self.tr("Save as CSV…"), self)
        self.export.setObjectName("exportCsvButton")
        self.export.clicked.connect(self.exportRequested)
        self.clear = QPushButton(self.tr("Clear filters"), self)
        self.clear.setObjectName("clearFiltersButton")
        self.clear.setProperty("look", "link")
        self.clear.clicked.connect(self.clear_filters)
        self.kept = self._quiet("")
        self.kept.setObjectName("historyKept")
        self.set_kept(Settings().history_days)
        self.change = QPushButton(self.tr("Change"), self)
        self.change.setObjectName("changeRetentionButton")
        self.change.setAccessibleName(self.tr("Change how long answers are kept"))
        self.change.setProperty("look", "link")
        self.change.setFont(font(Type.SMALL))
        self.change.clicked.connect(self.retentionWanted)
        self.change.hide()
        self._empty = self._quiet(self.tr("No answers yet."))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._fill_choosers()
        self._follow()

    def set_decisions(self, decisions: Sequence[Decision], accounts: Mapping[str, Account]) -> None:
        """Show these answers; filters and selection stay."""
        self.list.decisions.set_decisions(decisions, accounts)
        self._fill_accounts()
        self._follow()

    def add_older(self, decisions: Sequence[Decision]) -> None:
        """Show these as well: all of them older than what there is, newest first."""
        self.list.decisions.add_older(decisions)
        self._fill_accounts()
        self._follow()

    def offer_change(self) -> None:
        """Show the button behind `retentionWanted`: somebody listens to it."""
        self.change.show()

    def set_kept(self, days: int) -> None:
        """Say how long answers are kept."""
        self.kept.setText(self.tr("Kept for %n days.", "", days))

    def set_now(self, now: Callable[[], float]) -> None:
        """Tell by this what "Today" is: POSIX seconds."""
        self.list.decisions.set_now(now)

    def shown_decisions(self) -> list[Decision]:
        """Return the answers that the filters let by, newest first."""
        return self.list.decisions.decisions()

    def clear_filters(self) -> None:
        """Show all answers."""
        self.search.clear()
        self.account.setCurrentIndex(0)
        self.result.setCurrentIndex(0)
        self.search.setFocus()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("historySearch")
        field.setPlaceholderText(self.tr("Search"))
        field.setAccessibleName(self.tr("Search"))
        field.setClearButtonEnabled(True)
        for clear in field.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear"))
        field.textChanged.connect(self._filter)
        return field

    def _chooser(self, name: str, title: str) -> QComboBox:
        chooser = QComboBox(self)
        chooser.setObjectName(name)
        chooser.setAccessibleName(title)
        chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        chooser.setMinimumContentsLength(6)  # a long name must not push the pane apart
        chooser.currentIndexChanged.connect(self._filter)
        return chooser

    def _fill_choosers(self) -> None:
        self.account.addItem(self.tr("All accounts"), "")
        for word, _ in _RESULTS:
            self.result.addItem(self.tr(str(word)))

    def _fill_accounts(self) -> None:
        """Offer the accounts that have answers; the one that is chosen stays chosen."""
        names = sorted(self.list.decisions.accounts().items(), key=lambda each: each[1])
        offered = [(self.account.itemData(i), self.account.itemText(i)) for i in self._offered()]
        if names == offered:
            return
        chosen = self.account.currentData()
        self.account.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for i in reversed(self._offered()):
            self.account.removeItem(i)
        for sid, name in names:
            self.account.addItem(name, sid)
        self.account.setCurrentIndex(max(0, self.account.findData(chosen)))
        self.account.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._filter()

    def _offered(self) -> range:
        return range(1, self.account.count())

    def _filter(self) -> None:
        _, chosen = _RESULTS[max(0, self.result.currentIndex())]
        self.list.decisions.set_filter(
            Filter(
                self.search.text(),
                self.account.currentData() or "",
                chosen.result,
                chosen.silent,
            )
        )
        self._follow()

    def _follow(self) -> None:
        """Show the list, or why there is nothing in it."""
        found = self.list.decisions.rowCount() > 0
        anything = self.list.decisions.anything
        page = self.list if found else self._nothing if anything else self._empty
        self._stack.setCurrentWidget(page)
        self.export.setEnabled(found)

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("look", "quiet")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _lay_out(self) -> None:
        self._nothing = QWidget(self)
        middle = QVBoxLayout(self._nothing)
        middle.addStretch()
        middle.addWidget(self._quiet(self.tr("Nothing found.")))
        middle.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch()
        for page in (self.list, self._empty, self._nothing):
            self._stack.addWidget(page)
        filters = QHBoxLayout()
        filters.setSpacing(Space.S)
        filters.addWidget(self.account, 1)
        filters.addWidget(self.result, 1)
        head = QVBoxLayout()
        head.setContentsMargins(Space.M, 0, Space.M, Space.S)
        head.setSpacing(Space.S)
        head.addWidget(self.search)
        head.addLayout(filters)
        self.kept.setFont(font(Type.SMALL))
        self.kept.setWordWrap(True)
        self.kept.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        foot.setSpacing(Space.XS)
        foot.addWidget(self.kept)
        foot.addWidget(self.change)
        foot.addStretch()
        foot.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
