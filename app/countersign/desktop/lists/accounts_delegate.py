"""Paints an account: its letter, its name over its host or what is wrong, its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate
from typing_extensions import override

from countersign.desktop.lists.paint import Brush, Fonts, badge_size, broken
from countersign.desktop.lists.roles import RowRole
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

    from countersign.desktop.lists.accounts_model import AccountRow
    from countersign.desktop.theme import Theme

State = QStyle.StateFlag

AVATAR: Final = 30
_LINES: Final = 3
"""Lines at most for what is wrong."""
PAD: Final = 11
"""From the edge of a row to its letter; the button above it lines up with this."""


def paint_ground(brush: Brush, box: QRect, *, selected: bool, hover: bool, focus: bool) -> None:
    """Paint what lies under a row of the side bar; nothing where it is only there."""
    if selected or hover or focus:
        fill = brush.theme.color("selection" if selected else "panel")
        if not selected and not hover:
            fill = brush.theme.color("sidebar")
        edge = "accent" if focus else "selection" if selected else "hairline"
        brush.card(box, fill, edge, 2 if focus else 1)
    if selected:
        brush.bar(box, "accent")


def paint_badge(brush: Brush, line: QRect, text: str, fonts: Fonts) -> int:
    """Paint a number at the end of a line and return the width that it took."""
    if not text:
        return 0
    width, height = badge_size(text, fonts.small_strong)
    top = line.top() + (line.height() - height) // 2
    place = QRect(line.right() + 1 - width, top, width, height)
    brush.pill(place, text, fonts.small_strong, "badge", "on_accent")
    return width + Space.S


class AccountDelegate(QStyledItemDelegate):
    """A row in trouble is taller: its words must be readable in a narrow side bar."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._fonts = Fonts()

    def follow_font(self) -> None:
        """Measure anew after the system's font has changed."""
        self._fonts = Fonts()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of two lines, or more where what is wrong takes them."""
        row: AccountRow = index.data(RowRole)
        fonts, lines = self._fonts, 1
        if row.trouble:
            box = QRect(0, 0, self._view.viewport().width(), 1)
            width = self._text_rect(_inner(box), row).width()
            lines = len(broken(row.trouble, fonts.small, width, _LINES))
        text = fonts.body_height + lines * fonts.small_height
        return QSize(1, max(text, AVATAR) + 2 * Space.S)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        row: AccountRow = index.data(RowRole)
        painter.save()
        brush = Brush(painter, self._theme, option.rect, option.direction)
        state = option.state
        paint_ground(
            brush,
            option.rect.adjusted(0, 1, 0, -1),
            selected=bool(state & State.State_Selected),
            hover=bool(state & State.State_MouseOver),
            focus=bool(state & State.State_HasFocus),
        )
        self._paint_row(brush, _inner(option.rect), row)
        painter.restore()

    def _paint_row(self, brush: Brush, inner: QRect, row: AccountRow) -> None:
        fonts = self._fonts
        avatar = QRect(inner.left(), inner.top() + 2, AVATAR, AVATAR)
        brush.square(avatar, row.letter, fonts.strong)
        paint_badge(brush, inner, row.badge, fonts)
        text = self._text_rect(inner, row)
        name = QRect(text.left(), text.top(), text.width(), fonts.body_height)
        brush.text(name, row.name, fonts.body, "text")
        rest = text.adjusted(0, fonts.body_height, 0, 0)
        if row.trouble:
            brush.paragraph(rest, row.trouble, fonts.small, "warning")
            return
        rest.setHeight(fonts.small_height)
        # The end of a host says whose it is; its beginning can be chosen to mislead.
        brush.text(rest, row.host, fonts.small, "secondary", cut=Qt.TextElideMode.ElideLeft)

    def _text_rect(self, inner: QRect, row: AccountRow) -> QRect:
        taken = badge_size(row.badge, self._fonts.small_strong)[0] + Space.S if row.badge else 0
        return inner.adjusted(AVATAR + Space.M - 2, 0, -taken, 0)


def _inner(row: QRect) -> QRect:
    return row.adjusted(PAD, Space.S, -Space.S, -Space.S)
