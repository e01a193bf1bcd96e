"""The list of answers, a decision in each row that isn't a day's heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from typing_extensions import override

from countersign.desktop.lists.history_delegate import HistoryDelegate
from countersign.desktop.lists.history_model import HistoryModel
from countersign.desktop.lists.roles import RowRole
from countersign.desktop.lists.row_list import RowList

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.lists.history_model import HistoryRow
    from countersign.desktop.theme import Theme


class HistoryList(RowList):
    """`historyList`; `decisionChosen` brings a decision's id: one request may have several."""

    decisionChosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("historyList")
        self.setAccessibleName(self.tr("History"))
        self.decisions = HistoryModel(self)
        self._delegate = HistoryDelegate(theme, self)
        self.setModel(self.decisions)
        self.setItemDelegate(self._delegate)

    @override
    def index_of(self, sid: str) -> QModelIndex:
        return self.decisions.index_of(sid)

    @override
    def key_of(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return a decision's id; a heading has none."""
        row: HistoryRow | None = index.data(RowRole) if index.isValid() else None
        return row.key if row is not None and row.decision else ""

    @override
    def chosen(self, sid: str) -> None:
        self.decisionChosen.emit(sid)

    @override
    def measure(self) -> None:
        self._delegate.follow_font()
