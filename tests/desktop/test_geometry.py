"""Where the window was, and what is made of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from countersign.desktop.geometry import FILE, Geometry, Place, fitted, read, write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SCREEN = QRect(1920, 27, 1280, 773)
SMALLEST = (360, 420)
PLACE = Place("DP-1", 100, 80, 900, 600)


@pytest.mark.parametrize(
    ("changes", "rect"),
    [
        ({}, (2020, 107, 900, 600)),
        ({"x": -50, "y": -9}, (1920, 27, 900, 600)),
        ({"x": 5000, "y": 5000}, (2300, 200, 900, 600)),
        ({"width": 3000, "height": 3000}, (1920, 27, 1280, 773)),
        ({"width": 1, "height": 1}, (2020, 107, 360, 420)),
    ],
)
def test_a_window_is_wholly_on_its_screen(
    changes: dict[str, int], rect: tuple[int, int, int, int]
) -> None:
    assert fitted(replace(PLACE, **changes), SCREEN, SMALLEST) == QRect(*rect)  # type: ignore[arg-type]  # numbers all


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path / FILE, PLACE)
    assert read(tmp_path / FILE) == PLACE
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        "{}",
        "null",
        json.dumps(asdict(PLACE) | {"x": "1"}),
        json.dumps(asdict(PLACE) | {"x": True}),
        json.dumps(asdict(PLACE) | {"x": 10**9}),
        json.dumps(asdict(PLACE) | {"width": 0}),
        json.dumps(asdict(PLACE) | {"more": 1}),
        "[" * 100_000,
    ],
)
def test_what_makes_no_sense_is_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert read(tmp_path / FILE) is None


def test_a_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    write(tmp_path / "gone" / FILE, PLACE)


def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.setMinimumSize(*SMALLEST)
    made.resize(500, 500)
    qtbot.addWidget(made)
    return made


def test_a_window_comes_back_where_it_was_closed(qtbot: QtBot, tmp_path: Path) -> None:
    first = window(qtbot)
    Geometry(first, tmp_path).restore()
    first.show()
    first.move(40, 50)
    first.resize(610, 520)
    first.close()
    second = window(qtbot)
    Geometry(second, tmp_path).restore()
    assert (second.x(), second.y(), second.width(), second.height()) == (40, 50, 610, 520)


def test_a_move_is_kept_by_itself_since_a_crash_closes_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    moved = window(qtbot)
    Geometry(moved, tmp_path).restore()
    moved.show()
    moved.resize(620, 530)

    def kept() -> bool:
        place = read(tmp_path / FILE)
        return place is not None and (place.width, place.height) == (620, 530)

    qtbot.waitUntil(kept)


def test_on_a_screen_that_is_gone_only_the_size_counts(qtbot: QtBot, tmp_path: Path) -> None:
    available = QGuiApplication.primaryScreen().availableGeometry()
    write(tmp_path / FILE, Place("gone", 700, 500, 5000, 430))
    made = window(qtbot)
    before = made.pos()
    Geometry(made, tmp_path).restore()
    assert (made.width(), made.height()) == (available.width(), 430)
    assert made.pos() == before


def test_a_maximised_window_remembers_the_size_it_goes_back_to(
    qtbot: QtBot, tmp_path: Path
) -> None:
    write(
        tmp_path / FILE,
        Place(QGuiApplication.primaryScreen().name(), 10, 10, 600, 500, maximized=True),
    )
    made = window(qtbot)
    Geometry(made, tmp_path).restore()
    assert made.windowState() & Qt.WindowState.WindowMaximized
    assert (made.width(), made.height()) == (600, 500)
