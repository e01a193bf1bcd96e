"""What the made-up language does to a text."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from countersign.desktop.language import _resources_rc  # noqa: F401 - registers `:/translations`
from countersign.desktop.language.pseudo import CLOSING, OPENING, Pseudo, pseudo


def test_letters_change_and_all_that_is_filled_in_stays() -> None:
    made = pseudo("&Tell {account} of %n requests at %1 <b>now</b>")
    assert made.startswith(f"{OPENING}&T")
    assert made.endswith(CLOSING)
    for kept in ("{account}", "%n", "%1", "<b>", "</b>"):
        assert kept in made
    assert "réqûéštš" in made


def test_it_is_longer_even_where_the_text_is_short() -> None:
    assert len(pseudo("OK")) >= 6
    long = "Something went wrong inside Countersign."
    assert len(pseudo(long)) > 1.3 * len(long)


def test_only_what_has_a_translation_is_marked() -> None:
    model = QTranslator()
    assert model.load(":/translations/countersign_de.qm")
    made = Pseudo([model])
    assert made.translate("TrayMenu", "No requests") == pseudo("No requests")
    assert made.translate("Elsewhere", "No requests") is None
    assert made.translate("TrayMenu", "Hard-coded") is None
    assert not made.isEmpty()
