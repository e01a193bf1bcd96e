"""Paints an answer: its result as icon and word, the message, whose it was, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate
from typing_extensions import override

from countersign.desktop.lists.history_model import Result
from countersign.desktop.lists.paint import Brush, Fonts, badge_size, joined
from countersign.desktop.lists.roles import RowRole
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QStyleOptionViewItem

    from countersign.desktop.lists.history_model import HistoryRow
    from countersign.desktop.theme import Theme

State = QStyle.StateFlag

_ICON: Final = 16
_GAP: Final = 3
_LOOKS: Final = {
    Result.APPROVED: ("check", "ok"),
    Result.DENIED: ("deny", "danger"),
    Result.EXPIRED: ("clock", "secondary"),
    Result.FAILED: ("warning", "warning"),
    Result.UNKNOWN: ("warning", "warning"),
}


class HistoryDelegate(QStyledItemDelegate):
    """All rows are of one height, headings too: 10,000 of them are laid out without asking."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = Fonts()
        self._icons: dict[Result, QPixmap] = {}
        theme.changed.connect(self._icons.clear)

    def follow_font(self) -> None:
        """Measure anew after the system's font has changed."""
        self._fonts = Fonts()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the one size; the width is the list's own."""
        fonts = self._fonts
        return QSize(1, fonts.body_height + fonts.small_height + _GAP + 2 * Space.S + 2)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint an answer or a heading."""
        row: HistoryRow = index.data(RowRole)
        painter.save()
        brush = Brush(painter, self._theme, option.rect, option.direction)
        box = option.rect.adjusted(Space.M, 1, -Space.M, -1)
        if row.result is None:
            foot = QRect(box)
            foot.setTop(box.bottom() - self._fonts.small_height - Space.XS)
            brush.text(foot, row.title, self._fonts.small_strong, "secondary")
        else:
            self._paint_ground(brush, box, option)
            self._paint_row(brush, box.adjusted(Space.M, Space.S, -Space.M, -Space.S), row)
        painter.restore()

    def _paint_ground(self, brush: Brush, box: QRect, option: QStyleOptionViewItem) -> None:
        state = option.state
        selected, focused = bool(state & State.State_Selected), bool(state & State.State_HasFocus)
        hover = bool(state & State.State_MouseOver)
        if selected or focused or hover:
            edge = "accent" if selected or focused else "hairline"
            brush.card(box, self._theme.color("panel"), edge, 2 if focused else 1)
        if selected:
            brush.bar(box, "accent")

    def _paint_row(self, brush: Brush, inner: QRect, row: HistoryRow) -> None:
        if row.result is None:
            return
        fonts = self._fonts
        icon = QRect(inner.left(), inner.top() + 1, _ICON, _ICON)
        brush.pixmap(icon, self._icon(row.result))
        text = inner.adjusted(_ICON + Space.S, 0, 0, 0)
        first = QRect(text.left(), text.top(), text.width(), fonts.body_height)
        width = QFontMetrics(fonts.small).horizontalAdvance(row.time) + 1
        end = QRect(first.right() + 1 - width, first.top(), width, first.height())
        brush.text(end, row.time, fonts.small, "secondary", at_end=True)
        brush.text(first.adjusted(0, 0, -width - Space.S, 0), row.title, fonts.body, "text")
        second = QRect(text.left(), first.bottom() + 1 + _GAP, text.width(), fonts.small_height)
        taken = self._paint_tags(brush, second, row.tags)
        words = joined((row.word, row.account))
        brush.text(second.adjusted(0, 0, -taken, 0), words, fonts.small, "secondary")

    def _paint_tags(self, brush: Brush, line: QRect, tags: tuple[str, ...]) -> int:
        taken = 0
        for tag in reversed(tags):
            width, height = badge_size(tag, self._fonts.small)
            top = line.top() + (line.height() - height) // 2
            place = QRect(line.right() + 1 - taken - width, top, width, height)
            brush.pill(place, tag, self._fonts.small, "neutral", "text")
            taken += width + Space.XS
        return taken

    def _icon(self, result: Result) -> QPixmap:
        if result not in self._icons:
            name, color = _LOOKS[result]
            self._icons[result] = self._theme.pixmap(name, color, _ICON)
        return self._icons[result]
