"""The search over what waits, and under the list what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from typing_extensions import override

from countersign.desktop.language.errors import message_of
from countersign.desktop.theme import Space, Type, font
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from countersign.device.paging import Extent
    from countersign.push.errors import CountersignError

_LONGEST: Final = 200
"""Characters that may be searched for: a message has 256, a field 128."""


class InboxSearch(QLineEdit):
    """`inboxSearch`; `left` when the user goes on to the list, by Down, Enter or Esc."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inboxSearch")
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search requests"))
        self.setMaxLength(_LONGEST)
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class InboxFoot(QWidget):
    """`inboxFoot`: how much of what waits the list shows; nothing where it shows all."""

    moreWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inboxFoot")
        self.text = QLabel(self)
        self.text.setObjectName("inboxFootText")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setProperty("look", "quiet")
        self.text.setFont(font(Type.SMALL))
        self.load = QPushButton(self.tr("Load more"), self)
        self.load.setObjectName("loadMoreButton")
        self.load.setProperty("look", "link")
        self.load.setFont(font(Type.SMALL))
        self.load.clicked.connect(self.moreWanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        row.addWidget(self.text, 1)
        row.addWidget(self.load)
        self.hide()

    def tell(self, extent: Extent, known: int, found: int | None) -> None:
        """Say it; `found` is how many of the `known` ones a search shows, None without one."""
        words = self._words(extent, _count(known), None if found is None else _count(found))
        self.text.setText(words)
        self.load.setText(self.tr("Try again") if extent.error else self.tr("Load more"))
        # It stays while more is on its way: a button that goes takes the focus along.
        self.load.setVisible(extent.more)
        self.setVisible(bool(words))

    def _words(self, extent: Extent, known: str, found: str | None) -> str:
        if extent.loading:
            return self.tr("Loading more…")
        if extent.error is not None:
            return self._failed(extent.error)
        if found is not None:
            here = self.tr("{found} found, of {known}.").format(found=found, known=known)
            rest = self.tr("There may be more.") if extent.more or extent.full else ""
            return f"{here} {rest}".strip()
        if extent.full:
            return self.tr("Showing the newest {known}.").format(known=known)
        if not extent.more:
            return ""
        here = self.tr("Showing {known}.").format(known=known)
        rest = self.tr("There are more.") if extent.certain else self.tr("There may be more.")
        return f"{here} {rest}"

    def _failed(self, error: CountersignError) -> str:
        return self.tr("Couldn't load more. {why}").format(why=visible(message_of(error)))


def _count(number: int) -> str:
    return QLocale().toString(number)
