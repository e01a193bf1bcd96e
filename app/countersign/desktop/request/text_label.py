"""A label for text from outside: plain, selectable, and broken anywhere if it has to be.

QLabel breaks lines between words alone, so 256 characters without a space would push the pane
apart. Invisible break marks in the text would end up in what the user copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy
from typing_extensions import override

from countersign.desktop.request.text_cursor import moved

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QFont,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

_WIDEST: Final = 560
_NARROWEST: Final = 48


class TextLabel(QLabel):
    """Wraps anywhere; mouse and keys select, Ctrl+C copies, nothing in it is ever a link.

    `focused` brings itself. Out of the tab order unless told otherwise: twenty fields would be
    forty stops on the way to the buttons.
    """

    focused = Signal(object)

    def __init__(self, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(font)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._anchor = self._cursor = 0
        self.by_keyboard = False

    def make_tab_stop(self, *, stop: bool = True) -> None:
        """Take a place in the tab order, or leave it."""
        policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    @override
    def setText(self, text: str) -> None:
        """Show another text; a selection in the old one is gone."""
        if text != self.text():
            self._anchor = self._cursor = 0
            super().setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    @override
    def selectedText(self) -> str:
        """Return what is selected."""
        return self._between(min(self._anchor, self._cursor), max(self._anchor, self._cursor))

    @override
    def setSelection(self, start: int, length: int) -> None:
        """Select part of the text; both count UTF-16 units, as all of Qt does."""
        self._anchor, self._cursor = start, start + length
        self.update()

    # --- Size --------------------------------------------------------------------------------

    @override
    def heightForWidth(self, width: int) -> int:
        return _height(self._laid_out(width))

    @override
    def sizeHint(self) -> QSize:
        widest = max(
            (self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n")),
            default=0,
        )
        width = min(widest + 2, _WIDEST)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), self.fontMetrics().lineSpacing())

    # --- Painting ----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = self.palette()
        painter = QPainter(self)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        selections = []
        if self.selectedText():
            mark = QTextLayout.FormatRange()
            mark.start = min(self._anchor, self._cursor)
            mark.length = abs(self._anchor - self._cursor)
            look = QTextCharFormat()
            look.setBackground(palette.brush(QPalette.ColorRole.Highlight))
            look.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
            mark.format = look
            selections.append(mark)
        layout = self._laid_out(self.width())
        layout.draw(painter, QPointF(0, 0), selections)
        if self.hasFocus() and self.by_keyboard:
            layout.drawCursor(painter, QPointF(0, 0), self._cursor, 2)
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _laid_out(self, width: int) -> QTextLayout:
        text = self.text().replace("\n", "\u2028")  # the line break of a QTextLayout
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # The text has its own direction; its edge is the layout's, so that columns stay straight.
        to_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout = QTextLayout(text, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout

    # --- Selecting ---------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._anchor = self._cursor = self._position(event.position())
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor = self._position(event.position())
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.LeftButton and clipboard.supportsSelection():
            clipboard.setText(self.selectedText(), clipboard.Mode.Selection)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; in a value it is often all that is wanted."""
        layout = self._laid_out(self.width())
        here = self._position(event.position())
        mode = QTextLayout.CursorMode.SkipWords
        self._anchor = layout.previousCursorPosition(min(here + 1, self._length()), mode)
        word = self._between(self._anchor, layout.nextCursorPosition(self._anchor, mode))
        self._cursor = self._anchor + _units(word.rstrip())
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = moved(event, self._laid_out(self.width()), self._cursor)
        if move is not None:
            self._cursor, selects = move
            self._anchor = self._anchor if selects else self._cursor
            self.by_keyboard = True
            self.update()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.setSelection(0, self._length())
        else:
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:  # then it is as it was
            self.by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.update()
        self.focused.emit(self)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        del event
        self.update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self._copy)
        menu.addAction(self.tr("Select all"), lambda: self.setSelection(0, self._length()))
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        """Copy what is selected; where nothing is, all of it."""
        QGuiApplication.clipboard().setText(self.selectedText() or self.text())

    def _position(self, point: QPointF) -> int:
        """Return the place in the text that is nearest to a point."""
        layout = self._laid_out(self.width())
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            if point.y() < line.y() + line.height():
                return line.xToCursor(point.x())
        return self._length()

    def _length(self) -> int:
        return _units(self.text())

    def _between(self, start: int, end: int) -> str:
        return self.text().encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def _units(text: str) -> int:
    """Return how long Qt takes a text to be: a character beyond U+FFFF counts twice."""
    return len(text.encode("utf-16-le")) // 2


def _height(layout: QTextLayout) -> int:
    if not layout.lineCount():
        return 0
    last = layout.lineAt(layout.lineCount() - 1)
    return round(last.y() + last.height() + 0.5)
