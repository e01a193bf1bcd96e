"""What the lists have in common: one row chosen at a time, by the user and never by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from countersign.desktop.lists.roles import SidRole

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.theme import Theme

FONT_EVENTS: Final = {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_BY_TAB: Final = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
_NO_MODIFIERS: Final = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
_SMALLEST: Final = 120


class RowList(QListView):
    """A list of rows of one height; its subclass says what choosing and a new font mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)  # so that a row shows that it can be clicked
        self.setFrameShape(QListView.Shape.NoFrame)
        self._by_us = False
        self._pressed_on = ""
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.repaint_rows)

    def selected(self) -> str:
        """Return what the selected row is known by, or nothing."""
        return self.key_of(self._selected_index())

    def select(self, sid: str) -> None:
        """Select a row without telling; a sid that isn't there selects nothing."""
        index = self.index_of(sid)
        if index == self._selected_index() and index.isValid():
            return
        self._by_us = True
        try:
            if index.isValid():
                self.setCurrentIndex(index)
            else:
                self._let_go()
        finally:
            self._by_us = False

    def index_of(self, sid: str) -> QModelIndex:
        """Return where a row is."""
        raise NotImplementedError

    def chosen(self, sid: str) -> None:
        """Tell that the user chose a row; again where it was chosen already and is once more."""
        raise NotImplementedError

    def measure(self) -> None:
        """Take in that the font is another one."""

    def key_of(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return what a row is known by: its sid; nothing where there is no row."""
        return str(index.data(SidRole)) if index.isValid() else ""

    def repaint_rows(self) -> None:
        """Paint all that is visible anew."""
        self.viewport().update()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # Empty when rows go: what stays selected then was chosen before.
        if not self._by_us and not selected.isEmpty():
            self.chosen(self.selected())

    @override
    def rowsAboutToBeRemoved(
        self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int
    ) -> None:
        # Qt would select a neighbour: a choice that nobody made.
        if start <= self.currentIndex().row() <= end:
            self._let_go()
        super().rowsAboutToBeRemoved(parent, start, end)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_on = self.selected()
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in _NO_MODIFIERS  # with Ctrl, Enter approves
        if bare and event.key() in _ENTER and (sid := self.key_of(self.currentIndex())):
            if sid == self.selected():
                self.chosen(sid)
            else:  # reached by Tab or Ctrl with an arrow: focused, not yet selected
                self.setCurrentIndex(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the row that the keys are at: it may have been scrolled away."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in FONT_EVENTS:
            self.measure()
            self.scheduleDelayedItemsLayout()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_SMALLEST, super().minimumSizeHint().height())

    def _selected_index(self) -> QModelIndex:
        found = self.selectionModel().selectedIndexes()
        return found[0] if found else QModelIndex()

    def _let_go(self) -> None:
        self.selectionModel().setCurrentIndex(
            QModelIndex(), QItemSelectionModel.SelectionFlag.Clear
        )

    def _clicked(self, index: QModelIndex) -> None:
        # A click that selects has told so by now; this one is on what was selected before it.
        sid = self.key_of(index)
        if sid and sid == self._pressed_on:
            self.chosen(sid)
