from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from countersign.desktop.request.pane import RequestPane
from countersign.desktop.shortcuts.dialog import ShortcutsDialog
from countersign.desktop.shortcuts.install import install
from countersign.desktop.shortcuts.table import SHORTCUTS, Command
from tests.desktop.request.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme

# The offscreen platform says so where a dialog finds its size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
INSTALLED = [each.command for each in SHORTCUTS if not each.listed_only]


class Chooser(QComboBox):
    """Says that it was opened; a real list would grab the keyboard, which offscreen has none."""

    opened = False

    @override
    def showPopup(self) -> None:
        self.opened = True


class Window(QWidget):
    """A window with all shortcuts, that writes down what they asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Command] = []
        self.edit, self.chooser = QLineEdit(self), Chooser(self)
        column = QVBoxLayout(self)
        column.addWidget(self.edit)
        column.addWidget(self.chooser)
        install(self, {command: self._note(command) for command in INSTALLED})

    def _note(self, command: Command) -> Callable[[], None]:
        return lambda: self.asked.append(command)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.edit.setFocus()
    return made


def press(qtbot: QtBot, where: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(where, key, modifier)  # type: ignore[no-untyped-call]  # pytest-qt


def test_each_command_is_in_the_table_once_and_no_key_has_two() -> None:
    assert sorted(each.command.name for each in SHORTCUTS) == sorted(one.name for one in Command)
    keys = [keys.toString() for each in SHORTCUTS for keys in each.sequences]
    assert len(keys) == len(set(keys))
    assert "" not in keys


@pytest.mark.parametrize(
    ("key", "modifier", "command"),
    [
        (Qt.Key.Key_F5, NONE, Command.CHECK_NOW),
        (Qt.Key.Key_R, CONTROL, Command.CHECK_NOW),
        (Qt.Key.Key_N, CONTROL, Command.ADD_ACCOUNT),
        (Qt.Key.Key_F, CONTROL, Command.SEARCH),
        (Qt.Key.Key_1, CONTROL, Command.PENDING),
        (Qt.Key.Key_2, CONTROL, Command.HISTORY),
        (Qt.Key.Key_Down, ALT, Command.NEXT),
        (Qt.Key.Key_Up, ALT, Command.PREVIOUS),
        (Qt.Key.Key_Left, ALT, Command.BACK),
        (Qt.Key.Key_I, CONTROL, Command.DETAILS),
        (Qt.Key.Key_Return, ALT, Command.DETAILS),
        (Qt.Key.Key_Enter, ALT, Command.DETAILS),
        (Qt.Key.Key_O, CONTROL | SHIFT, Command.SMALL_WINDOW),
        (Qt.Key.Key_F1, NONE, Command.SHORTCUTS),
        (Qt.Key.Key_Q, CONTROL, Command.QUIT),
    ],
)
def test_the_keys_do_what_the_list_says(
    window: Window, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, command: Command
) -> None:
    press(qtbot, window.edit, key, modifier)
    assert window.asked == [command]


def test_a_chooser_keeps_its_own_keys(window: Window, qtbot: QtBot) -> None:
    window.chooser.setFocus()
    press(qtbot, window.chooser, Qt.Key.Key_Down, ALT)
    assert window.asked == []
    assert window.chooser.opened


def test_a_key_that_is_held_down_counts_once(window: Window) -> None:
    shortcuts = window.findChildren(QShortcut)
    assert shortcuts
    assert not any(shortcut.autoRepeat() for shortcut in shortcuts)


@pytest.mark.parametrize("does", [INSTALLED[1:], [*INSTALLED, Command.APPROVE]])
def test_nothing_is_promised_that_is_not_done(qtbot: QtBot, does: list[Command]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(ValueError, match="differ"):
        install(widget, dict.fromkeys(does, widget.show))
    assert widget.findChildren(QShortcut) == []


def test_some_alone_can_be_installed(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    made = install(widget, {Command.NEXT: widget.show}, Command.NEXT)
    assert [one.key().toString() for one in made] == ["Alt+Down"]


def test_what_is_only_listed_is_installed_by_the_request_pane(
    qtbot: QtBot, qt_loop: Loop, theme: Theme
) -> None:
    assert qt_loop.is_running()
    world = World()
    pane = RequestPane(theme, world, world)
    qtbot.addWidget(pane)
    there = {shortcut.key().toString() for shortcut in pane.findChildren(QShortcut)}
    listed = [each for each in SHORTCUTS if each.listed_only and each.command is not Command.CLOSE]
    assert {each.command for each in listed} == {Command.APPROVE, Command.DENY}
    keys = chain.from_iterable(each.sequences for each in listed)
    assert there == {one.toString() for one in keys}


@pytest.fixture
def parent(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    """Return what the dialog lies over."""
    assert theme is not None
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.hide()


@contextmanager
def opened(parent: QWidget, qtbot: QtBot) -> Iterator[ShortcutsDialog]:
    """Open the dialog, and close it in the test: in a fixture, nothing that Qt says is let by."""
    dialog = ShortcutsDialog(parent)
    dialog.open()
    qtbot.waitExposed(dialog)
    yield dialog
    if isValid(dialog):
        with qtbot.waitSignal(dialog.destroyed):
            dialog.close()


def test_all_of_them_are_listed_in_this_systems_words(parent: QWidget, qtbot: QtBot) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    with opened(parent, qtbot) as dialog:
        assert dialog.objectName() == "shortcutsDialog"
        shown = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
    for each in SHORTCUTS:
        assert {each.text, each.group_text, *each.key_texts} <= shown
        for keys in each.key_texts:
            assert QKeySequence(keys, native) in each.sequences
    assert "Ctrl+Enter" in shown


def test_a_screen_reader_hears_each_with_its_keys(parent: QWidget, qtbot: QtBot) -> None:
    with opened(parent, qtbot) as dialog:
        names = {label.accessibleName() for label in dialog.findChildren(QLabel)}
    assert "Check now: F5 or Ctrl+R" in names


def test_nothing_is_cut_off(parent: QWidget, qtbot: QtBot) -> None:
    with opened(parent, qtbot) as dialog:
        for label in dialog.findChildren(QLabel):
            assert label.width() >= label.minimumSizeHint().width()
            corner = label.mapTo(dialog, label.rect().bottomRight())
            assert dialog.rect().contains(corner), label.text()


@pytest.mark.parametrize("way", ["escape", "enter", "click"])
def test_it_closes(parent: QWidget, qtbot: QtBot, way: str) -> None:
    with opened(parent, qtbot) as dialog, qtbot.waitSignal(dialog.destroyed):
        if way == "click":
            [close] = [one for one in dialog.findChildren(QPushButton) if one.text() == "Close"]
            close.click()
        else:
            key = Qt.Key.Key_Escape if way == "escape" else Qt.Key.Key_Return
            press(qtbot, dialog, key, NONE)
