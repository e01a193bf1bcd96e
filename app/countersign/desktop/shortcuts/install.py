"""Puts the table's shortcuts on a window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QComboBox

from countersign.desktop.shortcuts.table import SHORTCUTS, Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

_OPENS_CHOOSERS: Final = {Command.NEXT, Command.PREVIOUS}


def install(
    window: QWidget, does: Mapping[Command, Callable[[], object]], *only: Command
) -> list[QShortcut]:
    """Install shortcuts on a window: all that the table doesn't merely list, or `only` these.

    Each must have something to do, and nothing may be left over, so that what the list promises
    works; raises ValueError otherwise. A key that is held down counts once.
    """
    wanted = [
        each for each in SHORTCUTS if not each.listed_only and (not only or each.command in only)
    ]
    if {each.command for each in wanted} != set(does):
        raise ValueError("the shortcuts' table and what is done for them differ")
    made = []
    for each in wanted:
        act = does[each.command]
        if each.command in _OPENS_CHOOSERS:
            act = partial(_unless_choosing, act)
        for keys in each.sequences:
            shortcut = QShortcut(keys, window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
            made.append(shortcut)
    return made


def _unless_choosing(act: Callable[[], object]) -> None:
    """Leave a chooser its own keys: Alt with an arrow opens it everywhere."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QComboBox):
        focused.showPopup()
    else:
        act()
