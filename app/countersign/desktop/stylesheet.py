"""The style sheet: what a palette can't say. Widgets ask for a look by the property `look`.

Looks of a QPushButton: `approve`, `deny`, `primary`, `link` (plain words), and none for an
ordinary button. Looks of a QFrame: `box` (what the company says), `warning`, `danger`, `banner`.
Looks of a QLabel: `quiet`, `danger`, `ok`, `warning`, `tag`, `key` (of the keyboard).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from countersign.desktop.theme import Tokens

_MIDDLE: Final = 0.6
_SHEET: Final = Template("""
QPushButton {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 8px;
    padding: 6px 14px; min-height: 1.25em;
}
QPushButton:hover { background: $selection; }
QPushButton:pressed { background: $neutral; }
QPushButton:disabled {
    color: $secondary; border: 1px $off $hairline; background: $window;
}
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled {
    background: $window; color: $secondary; border: 1px $off $hairline;
}
QPushButton[look="approve"] {
    background: $selection; color: $accent; border-color: $accent; font-weight: 600;
    padding: 10px 14px;
}
QPushButton[look="deny"] {
    background: $danger_fill; color: $danger; border-color: $danger; font-weight: 600;
    padding: 10px 14px;
}
QPushButton[look="approve"]:focus, QPushButton[look="deny"]:focus {
    border: 2px solid $text; padding: 9px 13px;
}
QPushButton[look="approve"]:disabled, QPushButton[look="deny"]:disabled {
    background: $window; color: $secondary; border: 1px $off $hairline;
}
QPushButton[look="link"] {
    background: transparent; color: $accent; border: 1px solid transparent; border-radius: 4px;
    padding: 2px 0; min-height: 1.2em;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border-color: $accent; }
QPushButton[look="link"]:disabled { color: $secondary; }
QTabBar { font-weight: 600; }
QTabBar::tab {
    background: transparent; color: $secondary; border: 1px solid transparent; border-radius: 8px;
    padding: 6px 14px; margin: 0 2px; min-height: 1.25em;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { background: $panel; border-color: $edge; color: $text; }
QTabBar::tab:selected:focus { border: 2px solid $accent; padding: 5px 13px; }
QFrame[look="box"] { background: $window; border: 1px solid $edge; border-radius: 8px; }
QFrame[look="banner"] { background: $window; border-bottom: 1px solid $hairline; }
QFrame[look="warning"] {
    background: $warning_fill; border: 1px solid $warning; border-radius: 8px;
}
QFrame[look="danger"] { background: $danger_fill; border: 1px solid $danger; border-radius: 8px; }
QFrame[look="sidebar"] { background: $sidebar; border-right: 1px solid $hairline; }
QFrame[look="panel"] { background: $panel; }
QLabel, QLabel[look] { background: transparent; border: none; }
QLabel[look="quiet"] { color: $secondary; }
QLabel[look="danger"] { color: $danger; }
QLabel[look="ok"] { color: $ok; }
QLabel[look="warning"] { color: $warning; }
QLabel[look="tag"] { background: $neutral; border-radius: 8px; padding: 1px 8px; }
QLabel[look="key"] {
    background: $window; border: 1px solid $edge; border-radius: 4px; padding: 1px 6px;
}
QLineEdit, QComboBox, QPlainTextEdit {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 8px;
    padding: 7px 10px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 6px 9px;
}
QLineEdit:disabled, QComboBox:disabled {
    background: $window; color: $secondary; border: 1px $off $hairline;
}
QComboBox { combobox-popup: 0; }
QComboBox:hover { border-color: $accent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $edge; outline: none; padding: 4px;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 1.6em; padding: 0 6px; }
QMenu { background: $panel; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $secondary; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QRadioButton, QCheckBox { spacing: 8px; padding: 2px; border: 1px solid transparent; }
QRadioButton:focus, QCheckBox:focus { border-color: $accent; border-radius: 4px; }
QRadioButton:disabled, QCheckBox:disabled { color: $secondary; }
QRadioButton::indicator {
    width: 12px; height: 12px; border-radius: 8px; border: 2px solid $edge; background: $panel;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton::indicator:checked:disabled { border-color: $edge; }
QCheckBox::indicator {
    width: 14px; height: 14px; border-radius: 4px; border: 1px solid $edge; background: $panel;
}
QCheckBox::indicator:checked {
    border-color: $accent; background: $accent; image: url(:/icons/check-on-$check.svg);
}
QCheckBox::indicator:checked:disabled { border-color: $edge; background: $edge; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[look="scrolled"] { background: transparent; }
QListView { border: none; background: transparent; outline: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border: 3px solid transparent; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Return the sheet in these colours."""
    colors = {name: getattr(tokens, name) for name in tokens.__slots__}
    # A picture has its colour in it: the tick is drawn twice, and chosen by what it lies on.
    check = "light" if QColor(tokens.accent).lightnessF() < _MIDDLE else "dark"
    # High contrast has no pale lines left to tell by that a control is off.
    off = "dashed" if tokens.hairline == tokens.text else "solid"
    return _SHEET.substitute(colors, check=check, off=off)
