"""The list of shortcuts, under F1."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.shortcuts.table import SHORTCUTS
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from countersign.desktop.shortcuts.table import Shortcut

_COLUMNS: Final = 2


class ShortcutsDialog(PanelDialog):
    """`shortcutsDialog`; use `open()`. It deletes itself when it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "shortcutsDialog",
            QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts"),
        )
        self.close_button = button(self, self.tr("Close"), look="primary")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        self.column.addWidget(label(self, self.windowTitle(), scale=Type.TITLE))
        self.column.addWidget(_Groups(self))
        self.column.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)
        self.close_button.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the width that the keys need: in them nothing can be broken over two lines."""
        self.setMinimumWidth(self.column.totalMinimumSize().width())
        super().showEvent(event)


class _Groups(QWidget):
    """The groups in two columns, each row what it does and its keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        groups = [list(rows) for _, rows in groupby(SHORTCUTS, key=lambda each: each.group)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * Space.XXL)
        for number in range(_COLUMNS):
            column = QVBoxLayout()
            column.setSpacing(Space.XL)
            for rows in groups[number::_COLUMNS]:
                column.addLayout(self._group(rows))
            column.addStretch()
            row.addLayout(column, 1)

    def _group(self, rows: Sequence[Shortcut]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        title = QLabel(rows[0].group_text, self)
        title.setProperty("look", "quiet")
        title.setFont(font(Type.SMALL, bold=True))
        grid.addWidget(title, 0, 0, 1, 2)
        for line, each in enumerate(rows, 1):
            what, keys = QLabel(each.text, self), _Keys(each.key_texts, self)
            what.setTextFormat(Qt.TextFormat.PlainText)
            what.setAccessibleName(f"{each.text}: {keys.accessibleName()}")
            grid.addWidget(what, line, 0)
            grid.addWidget(keys, line, 1, Qt.AlignmentFlag.AlignTrailing)
        return grid


class _Keys(QWidget):
    """Keys side by side, each of which does."""

    def __init__(self, texts: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr(" or ").join(texts))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        for text in texts:
            cap = QLabel(text, self)
            cap.setTextFormat(Qt.TextFormat.PlainText)
            cap.setProperty("look", "key")
            cap.setFont(font(Type.SMALL))
            row.addWidget(cap)
