"""The list of what waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer, Signal
from PySide6.QtGui import QRegion
from typing_extensions import override

from countersign.desktop.lists.requests_delegate import InboxDelegate
from countersign.desktop.lists.requests_model import InboxModel
from countersign.desktop.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request

_TICK: Final = 1000
_AHEAD: Final = 2
"""Heights of the view that are left below it when more is asked for."""


class InboxList(RowList):
    """`inboxList`; `requestChosen` brings the sid of what the user wants to read.

    What is selected stays in its place, even when it no longer waits, until the user leaves it.
    `moreWanted` comes when the user has scrolled to near the end, `filled` when rows came or went.
    """

    requestChosen = Signal(str)
    moreWanted = Signal()
    filled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("inboxList")
        self.setAccessibleName(self.tr("Requests"))
        self.requests = InboxModel(self)
        self._delegate = InboxDelegate(theme, self)
        self.setModel(self.requests)
        self.setItemDelegate(self._delegate)
        self._held_at = -1
        self._more = False
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.repaint_times)

    def set_now(self, now: Callable[[], float]) -> None:
        """Tell the time by this: POSIX seconds by the services' clock."""
        self.requests.set_now(now)

    def set_requests(self, requests: Sequence[Request], *, keep_selected: bool = True) -> None:
        """Show these; without `keep_selected` (another account) what isn't among them goes.

        What is in view stays where it is, once the user has scrolled or points at it.
        """
        anchor, offset = self._anchor()
        self.requests.set_requests(requests, keep=self.selected() if keep_selected else "")
        if anchor is not None and anchor.isValid():
            self._bring_back(QModelIndex(anchor), offset)  # type: ignore[call-overload]  # stubs
        self.filled.emit()

    def set_search(self, text: str) -> None:
        """Show what has these words, from the newest on, and what is being read."""
        self.requests.set_search(text, keep=self.selected())
        self.scrollToTop()
        self.filled.emit()

    def set_more(self, *, more: bool) -> None:
        """Say whether there is more to be had by scrolling."""
        self._more = more

    def set_unknown(self, sids: Collection[str]) -> None:
        """Mark the requests whose answer's fate is being asked for."""
        self.requests.set_unknown(sids, keep=self.selected())

    def set_outcome(self, sid: str, status: str) -> None:
        """Say how a request ended: its row tells it until the user has left it."""
        self.requests.set_outcome(sid, status)

    def set_offline(self, *, offline: bool) -> None:
        """Dim the list: it is as of the last good poll."""
        self.requests.set_offline(offline=offline)

    def repaint_times(self) -> None:
        """Paint what time has changed: two lines of each row in view, and nothing else."""
        region = QRegion()
        for index in self._visible():
            for rect in self._delegate.time_rects(self.visualRect(index)):
                region += rect
        self.viewport().update(region)

    @override
    def index_of(self, sid: str) -> QModelIndex:
        return self.requests.index_of(sid)

    @override
    def chosen(self, sid: str) -> None:
        self.requestChosen.emit(sid)

    @override
    def measure(self) -> None:
        self._delegate.follow_font()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        bar = self.verticalScrollBar()
        if bar.value() == self._held_at:  # for the pointer alone: the user was at the top
            bar.setValue(0)
        self._held_at = -1

    def _visible(self) -> Iterator[QModelIndex]:
        first = self.indexAt(self.viewport().rect().topLeft())
        height = self.viewport().height()
        index = first
        while index.isValid() and self.visualRect(index).top() < height:
            yield index
            index = index.siblingAtRow(index.row() + 1)

    def move_on(self, pixels: int) -> None:
        """Stay where the rows are on the screen, now that the list begins so much further down."""
        bar = self.verticalScrollBar()
        if bar.value() == 0 and not self.viewport().underMouse():
            return
        before = bar.value()
        bar.setValue(before + pixels)
        if before in {0, self._held_at}:
            self._held_at = bar.value()

    def _look_ahead(self, value: int) -> None:
        left = self.verticalScrollBar().maximum() - value
        if self._more and value > 0 and left < _AHEAD * self.viewport().height():
            self.moreWanted.emit()

    def _anchor(self) -> tuple[QPersistentModelIndex | None, int]:
        """Return the topmost row in view and where it lies; none where the list may follow."""
        if self.verticalScrollBar().value() == 0 and not self.viewport().underMouse():
            return None, 0
        index = self.indexAt(self.viewport().rect().topLeft())
        if not index.isValid():
            return None, 0
        return QPersistentModelIndex(index), self.visualRect(index).top()

    def _bring_back(self, index: QModelIndex, offset: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        self.doItemsLayout()  # so that the rows lie where they will be
        bar.setValue(bar.value() + self.visualRect(index).top() - offset)
        if before in {0, self._held_at}:
            self._held_at = bar.value()
