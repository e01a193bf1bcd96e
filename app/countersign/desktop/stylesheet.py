"""The style sheet: what a palette can't say. Widgets ask for a look by the property `look`.

Looks of a QPushButton: `approve`, `deny`, `primary`, `link` (plain words), `tab`, and none for an
ordinary button. Looks of a QFrame: `box` (what the company says), `warning`, `danger`, `banner`.
Looks of a QLabel: `quiet`, `danger`, `ok`, `warning`.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from countersign.desktop.theme import Tokens

_SHEET: Final = Template("""
QPushButton {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 8px;
    padding: 6px 14px; min-height: 20px;
}
QPushButton:hover { background: $selection; }
QPushButton:disabled { color: $secondary; border-color: $hairline; background: $window; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="primary"]:disabled {
    background: $window; color: $secondary; border-color: $hairline;
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
    border-width: 2px; padding: 9px 13px;
}
QPushButton[look="approve"]:disabled, QPushButton[look="deny"]:disabled {
    background: $window; color: $secondary; border-color: $hairline;
}
QPushButton[look="link"] {
    background: transparent; color: $accent; border: none; padding: 2px; min-height: 0;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 1px solid $accent; border-radius: 4px; padding: 1px; }
QPushButton[look="link"]:disabled { color: $secondary; }
QPushButton[look="tab"] { background: transparent; border-color: transparent; color: $secondary; }
QPushButton[look="tab"]:checked {
    background: $panel; border-color: $edge; color: $text; font-weight: 600;
}
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
QLineEdit {
    background: $panel; color: $text; border: 1px solid $edge; border-radius: 8px;
    padding: 7px 10px;
}
QLineEdit:focus { border: 2px solid $accent; padding: 6px 9px; }
QScrollArea { border: none; background: transparent; }
QListView { border: none; background: transparent; outline: none; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Return the sheet in these colours."""
    return _SHEET.substitute({name: getattr(tokens, name) for name in tokens.__slots__})
