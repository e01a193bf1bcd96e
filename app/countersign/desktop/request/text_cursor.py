"""What the keys of a text cursor do in a text that can't be edited: moving and selecting."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence, QTextLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Key = QKeySequence.StandardKey
_Words = QTextLayout.CursorMode.SkipWords

_MOVES: Final = {
    _Key.MoveToPreviousChar: "left",
    _Key.MoveToNextChar: "right",
    _Key.MoveToPreviousWord: "left word",
    _Key.MoveToNextWord: "right word",
    _Key.MoveToStartOfLine: "start",
    _Key.MoveToEndOfLine: "end",
}
_SELECTS: Final = {
    _Key.SelectPreviousChar: "left",
    _Key.SelectNextChar: "right",
    _Key.SelectPreviousWord: "left word",
    _Key.SelectNextWord: "right word",
    _Key.SelectStartOfLine: "start",
    _Key.SelectEndOfLine: "end",
}


def moved(event: QKeyEvent, layout: QTextLayout, cursor: int) -> tuple[int, bool] | None:
    """Return where a key takes the cursor, and whether it selects; None for any other key.

    Places count UTF-16 units. Arrows go where they point, in text of either direction.
    """
    for keys, selects in ((_MOVES, False), (_SELECTS, True)):
        for key, move in keys.items():
            if event.matches(key):
                return _target(move, layout, cursor), selects
    return None


def _target(move: str, layout: QTextLayout, cursor: int) -> int:
    match move:
        case "left":
            return layout.leftCursorPosition(cursor)
        case "right":
            return layout.rightCursorPosition(cursor)
        case "start":
            return 0
        case "end":
            return len(layout.text().encode("utf-16-le")) // 2
    forward = (move == "right word") is not _is_right_to_left(layout.text())
    if forward:
        return layout.nextCursorPosition(cursor, _Words)
    return layout.previousCursorPosition(cursor, _Words)


def _is_right_to_left(text: str) -> bool:
    """Tell a text's direction by its first letter that has one, as Qt does."""
    for char in text:
        if (direction := unicodedata.bidirectional(char)) in {"L", "R", "AL"}:
            return direction != "L"
    return False
