"""The sentences of the layers without Qt are known to the window, all of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.language.error_sentences import SENTENCES
from countersign.desktop.language.errors import hint_of, message_of, translated
from countersign.push import api_errors
from countersign.push.errors import NetworkError
from countersign.storage import keyring_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    Speaking = Callable[[str], QApplication]

APP = Path(__file__).parents[3] / "app" / "countersign"
LAYERS = ("push", "device", "storage")
# Filled in with one of two words each, and listed as whole sentences.
WORDS = {
    "word": ("approved", "denied"),
    "before": ("approved", "denied"),
    "wait": ("in a minute", "in {seconds} s"),
}
APPROVAL = {"word": ("approval", "denial")}
FOR_THE_COMMAND_LINE = (
    "A profile's name",  # an option of the command
    "For a folder, give its path",
    "A sign-in address has",  # said before the window has it
    "For example: https://login",
)


def text_of(node: ast.expr) -> str:
    """Return a literal, its fields between braces by their last name; "" for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(part) for part in node.values)
    return ""


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        return f"{{{ast.unparse(part.value).rpartition('.')[2].strip('_')}}}"
    return text_of(part)


def raised() -> Iterator[str]:
    """Yield each sentence that an error is made with, as it stands in the code."""
    for layer in LAYERS:
        for file in sorted((APP / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if node.func.id.endswith("Error"):
                    yield from (text_of(each) for each in node.args[1:3])


def whole(sentence: str) -> Iterator[str]:
    """Yield a sentence with its words in place."""
    words = APPROVAL if "your {word} arrived" in sentence else WORDS
    for field, choices in words.items():
        if f"{{{field}}}" in sentence:
            for word in choices:
                yield sentence.replace(f"{{{field}}}", word)
            return
    yield sentence


def tabled() -> Iterator[str]:
    meanings = (*api_errors._BY_CODE.values(), *api_errors._BY_STATUS.values())
    for one in (*meanings, api_errors._BUSY, api_errors._REFUSED, api_errors._UNEXPECTED):
        yield from (one.message, one.hint)
    for pair in keyring_errors._SENTENCES.values():
        yield from pair


def sentences() -> list[str]:
    found = {text for each in (*raised(), *tabled()) if each for text in whole(each)}
    return sorted(one for one in found if not one.startswith(FOR_THE_COMMAND_LINE))


def known(sentence: str) -> bool:
    filled = re.sub(r"\{\w+\}", "7", sentence)
    return translated(filled) != filled


def test_every_sentence_is_in_the_table(speaking: Speaking) -> None:
    speaking("qps-plocm")
    found = sentences()
    assert len(found) > 90  # the code was read
    assert [one for one in found if not known(one)] == [], "add to error_sentences.py"


def test_the_table_has_no_sentence_twice() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES)


LOCKED = "{} is locked. Countersign can't check for requests or answer them."
GESPERRT = "{} ist gesperrt. Countersign kann Anfragen weder abrufen noch beantworten."
SPARE = "x answered about another account. A spare entry may stay there. Nothing is kept here."
RESTE = (
    "x hat zu einem anderen Konto geantwortet. "
    "Dort bleibt vielleicht ein überzähliger Eintrag. Hier wird nichts aufbewahrt."
)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Can't reach auth.northwind.example.", "auth.northwind.example ist nicht erreichbar."),
        ("Can't reach {host}.", "{host} ist nicht erreichbar."),
        ("Try again in 40 s.", "Versuchen Sie es in 40 s erneut."),
        (LOCKED.format("The password store"), GESPERRT.format("Der Passwortspeicher")),
        (LOCKED.format("GNOME Keyring"), GESPERRT.format("GNOME Keyring")),
        (SPARE, RESTE),
        ("Nobody wrote this.", "Nobody wrote this."),
        ("", ""),
    ],
)
def test_in_german(speaking: Speaking, english: str, german: str) -> None:
    speaking("de")
    error = NetworkError("x", english, english)
    assert (message_of(error), hint_of(error)) == (german, german)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_english_stays_as_it_is(speaking: Speaking, sentence: str) -> None:
    speaking("en")
    assert translated(sentence) == sentence
