"""Every screen by the keyboard alone: all that can be used is reached, seen, named, and stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QPropertyAnimation, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)

from countersign.desktop.theme import tokens_for
from tests.screenshots.render import SIZES, play
from tests.screenshots.stage import View
from tests.screenshots.table import SCENES
from tests.screenshots.test_fit import LAYOUTS, look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from tests.screenshots.stage import Stage

    Look = tuple[Theme, QtBot, Loop, Path]

__all__ = ["look"]  # the fixture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

USED: Final = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTabBar)
ROLES: Final = {
    QCheckBox: QAccessible.Role.CheckBox,
    QRadioButton: QAccessible.Role.RadioButton,
    QLineEdit: QAccessible.Role.EditableText,
    QComboBox: QAccessible.Role.ComboBox,
    QAbstractItemView: QAccessible.Role.List,
    QTabBar: QAccessible.Role.PageTabList,
}
UNSEEN: Final = ("tray-icons", "tray-menu")
"""No windows: a sheet of pictures, and a menu that has keys of its own."""
AROUND: Final = 3
"""Pixels around a control that may show that it has the focus."""
CASES: Final = [
    pytest.param(name, marks=() if name in LAYOUTS else pytest.mark.full)
    for name in SCENES
    if name not in UNSEEN
]


@dataclass
class Walk:
    """Where Tab led, and what was wrong on the way."""

    stops: list[QWidget] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def usable(top: QWidget) -> Iterator[QWidget]:
    """Give what a mouse could use in a window; parts of another control aren't there for keys."""
    for one in top.findChildren(QWidget):
        if isinstance(one, USED) and one.isVisible() and one.isEnabled() and one.window() is top:
            part = isinstance(one.parent(), QLineEdit | QComboBox)
            if not part and not one.objectName().startswith("qt_"):
                yield one


def told(one: QWidget) -> str:
    """Name a widget in a message."""
    return f"{type(one).__name__} {one.objectName()} {one.accessibleName()!r}"


def crop(shown: QImage, one: QWidget, top: QWidget) -> QImage:
    """Cut a control with its surroundings out of a picture of its window."""
    place = QRect(one.mapTo(top, QPoint(0, 0)), one.size())
    ratio = shown.devicePixelRatio()
    wide = place.adjusted(-AROUND, -AROUND, AROUND, AROUND)
    return shown.copy(
        QRect(
            round(wide.x() * ratio),
            round(wide.y() * ratio),
            round(wide.width() * ratio),
            round(wide.height() * ratio),
        )
    )


def walk(top: QWidget, qtbot: QtBot) -> Walk:
    """Press Tab until it comes back to where it began."""
    made = Walk()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    # What had the focus at first was given it by no key; it is come to again in the end.
    qtbot.keyClick(QApplication.focusWidget() or top, Qt.Key.Key_Tab)  # type: ignore[no-untyped-call]  # pytest-qt
    limit = 2 * len(list(usable(top))) + 40
    for _ in range(limit):
        one = QApplication.focusWidget()
        if one is None or one in made.stops:
            return made
        made.stops.append(one)
        before = top.grab().toImage()
        qtbot.keyClick(one, Qt.Key.Key_Tab)  # type: ignore[no-untyped-call]  # pytest-qt
        if QApplication.focusWidget() is one:
            return made  # the only one, or else others are missed
        if crop(before, one, top) == crop(top.grab().toImage(), one, top):
            made.wrong.append(f"no focus to be seen: {told(one)}")
    made.wrong.append("never came back")
    return made


def missed(top: QWidget, stops: list[QWidget]) -> Iterator[str]:
    """Name what no key reaches; of radio buttons that exclude each other, arrows reach the rest."""
    for one in usable(top):
        group = isinstance(one, QRadioButton) and any(
            isinstance(other, QRadioButton) and other.parent() is one.parent() for other in stops
        )
        if one not in stops and not group:
            yield f"no key reaches {told(one)}"


def unnamed(stops: list[QWidget]) -> Iterator[str]:
    """Name what a screen reader would call nothing, or by a wrong kind."""
    for one in stops:
        spoken = QAccessible.queryAccessibleInterface(one)
        if not spoken.text(QAccessible.Text.Name).strip():
            yield f"no name: {told(one)}"
        for kind, role in ROLES.items():
            if isinstance(one, kind) and spoken.role() is not role:
                yield f"{spoken.role()}: {told(one)}"
        if isinstance(one, QPushButton) and spoken.role() not in {
            QAccessible.Role.Button,
            QAccessible.Role.PushButton,
            QAccessible.Role.CheckBox,
            QAccessible.Role.ButtonMenu,
        }:
            yield f"{spoken.role()}: {told(one)}"


def moving() -> Iterator[str]:
    """Name each animation that runs anywhere; Qt's cross in a field fades in, and moves nothing."""
    for top in QApplication.topLevelWidgets():
        for one in top.findChildren(QAbstractAnimation):
            fades = isinstance(one, QPropertyAnimation) and one.propertyName() == b"opacity"
            if one.state() is QAbstractAnimation.State.Running and not fades:
                yield f"moves: {one} in {told(top)}"


def wrong(look: Look, name: str) -> list[str]:
    """Play a scene, walk through it, and tell what is wrong with it."""
    theme, qtbot, loop, folder = look
    found: list[str] = []

    def check(stage: Stage) -> None:
        top = stage.shot.window()
        walked = walk(top, qtbot)
        found.extend(
            [
                *walked.wrong,
                *missed(top, walked.stops),
                *unnamed(walked.stops),
                *moving(),
            ]
        )

    view = View(folder, SIZES["wide"], Qt.LayoutDirection.LeftToRight)
    task = loop.create_task(play(SCENES[name], theme, view, check))
    qtbot.waitUntil(task.done, timeout=60_000)
    task.result()
    return found


@pytest.mark.parametrize("name", CASES)
def test_keys_reach_all_and_show_where_they_are(look: Look, name: str) -> None:
    assert wrong(look, name) == []


@pytest.mark.full
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", [case.values[0] for case in CASES])
def test_the_focus_is_seen_in_high_contrast_too(look: Look, name: str, *, dark: bool) -> None:
    look[0].use(tokens_for(dark=dark, contrast=True))
    assert wrong(look, name) == []
