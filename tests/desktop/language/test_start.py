"""The app speaks its language from the first word on, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.language.speaking import PSEUDO, VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

# Stands for the person at the screen: reads what the page says, and closes the window.
READER = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from countersign.desktop import application
from countersign.desktop.main_window.window import MainWindow
from countersign.desktop.preferences import Preferences
from countersign.device.settings import Settings
from countersign.push.errors import StorageError


class Watched(MainWindow):
    def __init__(self, theme):
        super().__init__(theme)
        self.errorShown.connect(lambda _: QTimer.singleShot(0, self.read))

    def read(self):
        labels = [one for one in self.findChildren(QLabel) if one.isVisible()]
        sys.stdout.buffer.write("|".join(one.text() for one in labels).encode())
        self.close()


def load():
    raise StorageError("disk", "Another Countersign is busy with this profile.", "Try again.")


application.MainWindow = Watched
preferences = Preferences(Settings(language=sys.argv[2]))
sys.exit(application.run(load, Path(sys.argv[1]), preferences))
"""
GERMAN = "Ein anderes Countersign arbeitet gerade mit diesem Profil.|Versuchen Sie es erneut."
ENGLISH = "Another Countersign is busy with this profile.|Try again."


@pytest.mark.parametrize(
    ("setting", "variables", "said"),
    [
        ("de", {}, GERMAN),
        ("en", {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8"}, ENGLISH),
        ("", {}, ENGLISH),
        ("en", {VARIABLE: "de"}, GERMAN),
    ],
)
def test_the_window_speaks(
    tmp_path: Path, setting: str, variables: dict[str, str], said: str
) -> None:
    assert read(tmp_path, setting, variables) == said


def test_the_pseudo_language_by_the_variable(tmp_path: Path) -> None:
    assert read(tmp_path, "", {VARIABLE: PSEUDO}).count("⟦א") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system asks no environment")
def test_the_system_s_language(tmp_path: Path) -> None:
    assert read(tmp_path, "", {"LANG": "de_AT.UTF-8", "LANGUAGE": "fr:de_AT:en"}) == GERMAN


def read(folder: Path, setting: str, variables: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", READER, str(folder), setting],
        env={**os.environ, **variables},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()
