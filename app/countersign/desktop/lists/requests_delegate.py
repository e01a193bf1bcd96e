"""Paints a request as a card: the message, what tells it from others, whose it is, its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate
from typing_extensions import override

from countersign.desktop.lists.paint import Brush, Fonts, badge_size
from countersign.desktop.lists.roles import RowRole
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from countersign.desktop.lists.request_row import Card
    from countersign.desktop.theme import Theme

State = QStyle.StateFlag

_PADDING: Final = 14
_LINE: Final = 3
_GAP: Final = 2


class Layout:
    """Where a card's parts lie in its row, before mirroring."""

    def __init__(self, row: QRect, fonts: Fonts) -> None:
        half = Space.S // 2
        self.box = row.adjusted(Space.M, half, -Space.M, -half)
        inner = self.box.adjusted(_PADDING, Space.M - 1, -_PADDING, -Space.M + 1)
        top = inner.top()
        self.message = QRect(inner.left(), top, inner.width(), fonts.strong_height)
        top += fonts.strong_height + _GAP
        self.fields = QRect(inner.left(), top, inner.width(), fonts.body_height)
        top += fonts.body_height + _GAP
        self.account = QRect(inner.left(), top, inner.width(), fonts.small_height)
        top += fonts.small_height + Space.S
        self.line = QRect(inner.left(), top, inner.width(), _LINE)
        self.bottom = top + _LINE + Space.M - 1 + half

    @property
    def times(self) -> tuple[QRect, QRect]:
        """Where time shows: the age, and the time left with its line."""
        return self.message, self.account.united(self.line)


class InboxDelegate(QStyledItemDelegate):
    """All rows are of one height: that of the system's font."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = Fonts()

    def follow_font(self) -> None:
        """Measure anew after the system's font has changed."""
        self._fonts = Fonts()

    def time_rects(self, row: QRect) -> tuple[QRect, QRect]:
        """Return the parts of a row that change as time goes by; whole lines, so mirrored too."""
        return Layout(row, self._fonts).times

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the one size; the width is the list's own."""
        return QSize(1, Layout(QRect(), self._fonts).bottom)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a card."""
        card: Card = index.data(RowRole)
        painter.save()
        brush = Brush(painter, self._theme, option.rect, option.direction)
        layout = Layout(option.rect, self._fonts)
        self._paint_box(brush, layout, option, live=card.live)
        self._paint_words(brush, layout, card)
        self._paint_time(brush, layout, card)
        painter.restore()

    def _paint_box(
        self, brush: Brush, layout: Layout, option: QStyleOptionViewItem, *, live: bool
    ) -> None:
        state = option.state
        selected, focused = bool(state & State.State_Selected), bool(state & State.State_HasFocus)
        edge = "hairline"
        if selected or focused:
            edge = "accent"
        elif state & State.State_MouseOver:
            edge = "edge"
        fill = self._theme.color("panel" if live else "window")
        brush.card(layout.box, fill, edge, 2 if focused else 1)
        if selected:
            brush.bar(layout.box, "accent")

    def _paint_words(self, brush: Brush, layout: Layout, card: Card) -> None:
        fonts, ink = self._fonts, "text" if card.live else "secondary"
        line = layout.message
        age = min(line.width() // 2, QFontMetrics(fonts.small).horizontalAdvance(card.age) + 1)
        brush.text(_end(line, age), card.age, fonts.small, "secondary", at_end=True)
        message = _start(line, age)
        if card.fields:
            brush.text(message, card.message, fonts.strong, ink)
            brush.text(layout.fields, card.fields, fonts.body, ink)
        else:  # the message is all there is to tell it by
            message.setHeight(2 * fonts.strong_height)
            brush.paragraph(message, card.message, fonts.strong, ink)

    def _paint_time(self, brush: Brush, layout: Layout, card: Card) -> None:
        fonts, line = self._fonts, layout.account
        if card.tag:
            width, height = badge_size(card.tag, fonts.small)
            width = min(width, line.width() * 3 // 4)
            place = _end(line, width)
            place = QRect(place.left(), line.center().y() - height // 2 + 1, width, height)
            brush.pill(place, card.tag, fonts.small, "neutral", "text")
            brush.text(_start(line, width), card.account, fonts.small, "secondary")
            return
        width = QFontMetrics(fonts.small).horizontalAdvance(card.left) + 1
        brush.text(_end(line, width), card.left, fonts.small, "secondary", at_end=True)
        brush.text(_start(line, width), card.account, fonts.small, "secondary")
        brush.line(layout.line, "neutral")
        done = QRect(layout.line)
        done.setWidth(round(done.width() * card.share))
        if done.width() >= _LINE:
            brush.line(done, "secondary")


def _end(line: QRect, width: int) -> QRect:
    return QRect(line.right() + 1 - width, line.top(), width, line.height())


def _start(line: QRect, taken: int) -> QRect:
    return line.adjusted(0, 0, -taken - Space.S, 0)
