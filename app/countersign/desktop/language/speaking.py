"""The language of the window: which one, and the translators for it.

All of ours is compiled into the app (`dev.py translate`). Qt's own words (buttons of its dialogs,
the menu of a text field) come from the files that belong to Qt.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator

from countersign.desktop.language import _resources_rc  # noqa: F401 - registers `:/translations`
from countersign.desktop.language.pseudo import Pseudo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QApplication

SOURCE: Final = "en"
"""The language of the code."""
LANGUAGES: Final = {SOURCE: "English", "de": "Deutsch"}
"""What there is to choose from: code and the language's own name, which is never translated."""
PSEUDO: Final = "qps-plocm"
"""No language: every word is marked, longer, and runs from right to left. For tests alone."""
VARIABLE: Final = "COUNTERSIGN_LANGUAGE"
"""The environment variable that comes before the setting; the only way to PSEUDO."""

_NAME: Final = "language"
_MODEL: Final = "de"
"""The translation of which PSEUDO is made: complete, which a test holds it to."""


def speak(app: QApplication, setting: str = "") -> str:
    """Speak a language from now on, in all that is shown later; return its code.

    `setting` is a key of LANGUAGES, or "" for the system's. Dates, times and numbers are written
    as the system does where that is the same language, else as is usual for the language.
    """
    language = _language(os.environ.get(VARIABLE, "") or setting)
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    for one in _translators(app, language):
        one.setObjectName(_NAME)
        app.installTranslator(one)
    mirrored = language == PSEUDO
    QLocale.setDefault(_locale(SOURCE if mirrored else language))
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    )
    return language


def _language(wanted: str) -> str:
    if wanted in LANGUAGES or wanted == PSEUDO:
        return wanted
    return best_of(QLocale.system().uiLanguages())


def best_of(names: Iterable[str]) -> str:
    """Return the first language that we speak, of names as the system writes them ("de-AT")."""
    codes = (QLocale.languageToCode(QLocale(name).language()) for name in names)
    return next((code for code in codes if code in LANGUAGES), SOURCE)


def _locale(language: str) -> QLocale:
    system = QLocale.system()
    known = QLocale(language).language()
    unset = system.language() is QLocale.Language.C and language == SOURCE
    if unset or system.language() is known:
        return system
    return QLocale(known, system.territory())


def _translators(app: QApplication, language: str) -> list[QTranslator]:
    if language == SOURCE:
        return []
    if language == PSEUDO:
        return [Pseudo(_files(app, _MODEL), app)]
    return _files(app, language)


def _files(app: QApplication, language: str) -> list[QTranslator]:
    """Return Qt's words and ours; the one that is installed last is asked first."""
    qt, ours = QTranslator(app), QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = [qt] if qt.load(f"qtbase_{language}", folder) else []
    if not ours.load(f":/translations/countersign_{language}.qm"):
        raise LookupError(f"no translation is compiled in for {language}")
    return [*found, ours]
