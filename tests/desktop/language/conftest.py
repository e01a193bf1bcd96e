"""A window that speaks a language, and an app that speaks English again afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt

from countersign.desktop.language.speaking import PSEUDO, SOURCE, VARIABLE, speak
from tests.screenshots.render import SIZES, play, prepare
from tests.screenshots.stage import View
from tests.screenshots.table import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from tests.screenshots.stage import Stage

    Speaking = Callable[[str], QApplication]
    Play = Callable[[str, str, Callable[[Stage], object]], None]


@pytest.fixture
def speaking(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaking]:
    """Give what has the app speak a language."""
    monkeypatch.delenv(VARIABLE, raising=False)
    before = QLocale()

    def work(language: str) -> QApplication:
        assert speak(qapp, language) == language
        return qapp

    yield work
    monkeypatch.delenv(VARIABLE, raising=False)
    assert speak(qapp, SOURCE) == SOURCE
    QLocale.setDefault(before)


@pytest.fixture
def played(
    qapp: QApplication, qtbot: QtBot, qt_loop: Loop, tmp_path: Path, speaking: Speaking
) -> Iterator[Play]:
    """Give what plays a scene of the screenshots in a language, wide, and looks at it."""
    font, flash = qapp.font(), qapp.cursorFlashTime()
    theme = prepare(qapp)

    def work(language: str, name: str, look: Callable[[Stage], object]) -> None:
        speaking(language)
        mirrored = language == PSEUDO
        way = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        view = View(tmp_path / f"profile-{language}", SIZES["wide"], way)
        task = qt_loop.create_task(play(SCENES[name], theme, view, look))
        qtbot.waitUntil(task.done, timeout=30_000)
        task.result()

    yield work
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setCursorFlashTime(flash)
    theme.deleteLater()
