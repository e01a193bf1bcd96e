"""Text fits where it stands: in longer languages and from right to left, wide and narrow."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget

from tests.screenshots.fit import LongWords, misfits
from tests.screenshots.render import SIZES, play, prepare
from tests.screenshots.stage import View
from tests.screenshots.table import SCENES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from tests.screenshots.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LAYOUTS = (
    "request-ready",
    "request-copied-key",
    "first-start-welcome",
    "add-account-link-broken",
    "add-account-typed-wrong",
    "add-account-confirm-email",
    "add-account-check-failed",
    "unfinished-failed",
    "account-details-technical",
    "account-details-remove-failed",
    "history-list",
    "offline-all",
    "password-store-how-to-fix",
)
"""One scene of each layout, for every run; the others come with `--full`."""


@pytest.fixture
def look(
    qapp: QApplication, qtbot: QtBot, qt_loop: Loop, tmp_path: Path
) -> Iterator[tuple[Theme, QtBot, Loop, Path]]:
    """Give what a scene is played with, and the app as it was afterwards."""
    font, flash = qapp.font(), qapp.cursorFlashTime()
    theme = prepare(qapp)
    yield theme, qtbot, qt_loop, tmp_path / "profile"
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setCursorFlashTime(flash)
    theme.deleteLater()


def found(
    look: tuple[Theme, QtBot, Loop, Path],
    name: str,
    width: str,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> list[str]:
    """Play a scene, and name what doesn't fit in it."""
    theme, qtbot, loop, folder = look
    told: list[str] = []

    def check(stage: Stage) -> None:
        told.extend(misfits(stage.shot))

    work = play(SCENES[name], theme, View(folder, SIZES[width], direction), check)
    task = loop.create_task(work)
    qtbot.waitUntil(task.done, timeout=60_000)
    task.result()
    return told


CASES = [
    pytest.param(name, width, marks=() if name in LAYOUTS else pytest.mark.full)
    for name, width in product(SCENES, SIZES)
]


@pytest.mark.parametrize(("name", "width"), CASES)
def test_longer_words_fit(
    qapp: QApplication, look: tuple[Theme, QtBot, Loop, Path], name: str, width: str
) -> None:
    words = LongWords()
    qapp.installTranslator(words)
    try:
        assert found(look, name, width) == []
    finally:
        qapp.removeTranslator(words)


@pytest.mark.parametrize(("name", "width"), CASES)
def test_right_to_left_fits(look: tuple[Theme, QtBot, Loop, Path], name: str, width: str) -> None:
    assert found(look, name, width, Qt.LayoutDirection.RightToLeft) == []


@pytest.mark.usefixtures("theme")
def test_what_does_not_fit_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("A text that is long", window)
    button = QPushButton("A text that is long", window)
    label.resize(20, 20)
    button.resize(30, 40)
    button.move(-10, 0)
    tabs = QTabBar(window)
    tabs.addTab("A tab that is long")
    tabs.resize(30, 40)
    window.show()
    told = "\n".join(misfits(window))
    assert "label" in told
    assert "button" in told
    assert "tabs" in told
    assert "outside of its parent" in told
