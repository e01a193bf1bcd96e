"""Which language is spoken, and what follows it: Qt's words, numbers, dates, the direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLineEdit

from countersign.desktop.language import speaking as module
from countersign.desktop.language.counts import Counts
from countersign.desktop.language.speaking import LANGUAGES, PSEUDO, VARIABLE, best_of, speak
from countersign.device.settings import ALLOWED, Settings
from countersign.storage import settings_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    Speaking = Callable[[str], QApplication]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["de-AT", "de", "en-GB"], "de"),
        (["en-US", "de-DE"], "en"),
        (["fr-FR", "de-Latn-CH"], "de"),
        (["fr-FR", "fr"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_system_s_first_language_that_we_speak(names: list[str], code: str) -> None:
    assert best_of(names) == code


def test_german_counts_writes_dates_and_has_qt_s_words(speaking: Speaking, qtbot: QtBot) -> None:
    speaking("de")
    assert Counts().waiting(1) == "1 Anfrage ist offen."
    assert Counts().waiting(5) == "5 Anfragen sind offen."
    assert QLocale().toString(QDate(2026, 3, 2), QLocale.FormatType.LongFormat) == (
        "Montag, 2. März 2026"
    )
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"
    edit = QLineEdit()
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    assert any(action.text().startswith("&Kopieren") for action in menu.actions())


def test_the_pseudo_language_is_marked_and_mirrored(speaking: Speaking) -> None:
    app = speaking(PSEUDO)
    assert app.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert Counts().came(3).startswith("⟦א3 ñéw")
    assert speaking("en").layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert Counts().came(3) == "3 new requests"


@pytest.mark.usefixtures("speaking")
def test_the_variable_comes_before_the_setting(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PSEUDO)
    assert speak(qapp, "de") == PSEUDO
    monkeypatch.setenv(VARIABLE, "klingon")
    monkeypatch.setattr(module, "best_of", lambda _names: "de")
    assert speak(qapp) == "de"


def test_the_setting_is_kept_and_the_pseudo_language_is_none(tmp_path: Path) -> None:
    assert set(ALLOWED["language"]) == {"", *LANGUAGES}
    settings_file.write(tmp_path, Settings(language="de"))
    assert settings_file.read(tmp_path).language == "de"
    settings_file.write(tmp_path, Settings(language=PSEUDO))
    assert settings_file.read(tmp_path).language == ""
