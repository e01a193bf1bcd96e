"""The window in German and in the pseudo language: whole, mirrored, and all of it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from countersign.desktop.language.speaking import PSEUDO
from tests.desktop.language.texts import texts, untranslated
from tests.screenshots.fit import misfits
from tests.screenshots.render import IN_LANGUAGES
from tests.screenshots.table import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.screenshots.stage import Stage

    Speaking = Callable[[str], QApplication]
    Play = Callable[[str, str, Callable[[Stage], object]], None]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CASES = [
    pytest.param(name, marks=() if name in IN_LANGUAGES else pytest.mark.full)
    for name in SCENES
    if name not in {"offline-problem", "first-start-problem"}  # show an error of the scene's own
]
GERMAN = {
    "request-ready": {"Ablehnen", "Genehmigen", "Offen 3", "Verlauf", "Konten", "Jetzt prüfen"},
    "first-start-welcome": {"Anmeldungen von diesem Computer aus genehmigen", "Link einfügen"},
    "add-account-confirm": {"Ein Konto hinzufügen von", "Zurück", "Konto hinzufügen"},
    "history-list": {"Als CSV speichern…", "Aufbewahrt für 90 Tage."},
    "compact-one": {"Ablehnen", "Genehmigen", "Countersign öffnen"},
    "settings-general": {"Einstellungen", "Mitteilungen", "Im Infobereich versteckt starten"},
    "tray-menu": {"3 Anfragen offen", "Beenden…"},
    "add-account-cant-reach": {
        "auth.northwind.example ist nicht erreichbar. Prüfen Sie die Adresse und Ihre Verbindung."
    },
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_in_the_window_is_hard_coded(played: Play, name: str) -> None:
    found: list[tuple[str, str]] = []
    played(PSEUDO, name, lambda stage: found.extend(untranslated(stage.shot)))
    assert found == []


@pytest.mark.parametrize("name", CASES)
def test_german_fits(played: Play, name: str) -> None:
    found: list[str] = []
    played("de", name, lambda stage: found.extend(misfits(stage.shot)))
    assert found == []


@pytest.mark.parametrize(("name", "words"), GERMAN.items())
def test_german_is_shown(played: Play, name: str, words: set[str]) -> None:
    shown: set[str] = set()
    played("de", name, lambda stage: shown.update(text for _, text in texts(stage.shot)))
    assert words - shown == set()


def test_the_window_is_mirrored(played: Play) -> None:
    edges: dict[str, int] = {}

    def look(stage: Stage) -> None:
        for name in ("accountList", "requestPanel"):
            widget = stage.find(QWidget, name)
            edges[name] = widget.mapTo(stage.window, widget.rect().center()).x()

    played("de", "request-ready", look)
    assert edges["accountList"] < edges["requestPanel"]
    played(PSEUDO, "request-ready", look)
    assert edges["accountList"] > edges["requestPanel"]


def test_what_is_hard_coded_is_found(speaking: Speaking, qtbot: QtBot) -> None:
    speaking(PSEUDO)
    window = QWidget()
    qtbot.addWidget(window)
    marked = QPushButton("⟦å⟧ and 3 more", window)
    assert untranslated(window) == [("QPushButton ", "⟦å⟧ and 3 more")]
    marked.setText("⟦å⟧ Northwind Bank, 3")
    assert untranslated(window) == []
