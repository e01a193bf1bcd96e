"""The German translation is whole, fits its texts and is that of the code."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QFile, QIODevice

from countersign.desktop.language import _resources_rc  # noqa: F401 - registers `:/translations`
from countersign.desktop.language.speaking import LANGUAGES, SOURCE
from tests.translations.catalogue import messages, missing
from tests.translations.tools import CATALOGUE, DESKTOP, extract, release, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.translations.catalogue import Message

AGAIN = "run `python3 dev.py translate`, then fill in resources/translations/countersign_de.ts"
FIELD = re.compile(r"\{\w+\}|%n|%L?\d")
MNEMONIC = re.compile(r"&(\w)")
ENGLISH_QUOTES = re.compile(r"“[^„]*”|\"|'")


def every() -> list[Message]:
    return messages(CATALOGUE)


def test_every_text_has_a_finished_translation() -> None:
    found = [f"{one.context}: {one.source}" for one in missing(CATALOGUE)]
    assert found == [], AGAIN


def test_the_catalogue_is_that_of_the_code(tmp_path: Path) -> None:
    fresh = tmp_path / CATALOGUE.name
    shutil.copy(CATALOGUE, fresh)
    extract(fresh)
    old = {(one.context, one.source, one.numerus) for one in every()}
    new = {(one.context, one.source, one.numerus) for one in messages(fresh)}
    assert sorted(new - old) == [], AGAIN
    assert sorted(old - new) == [], AGAIN


def test_what_is_compiled_in_is_the_catalogue(tmp_path: Path) -> None:
    made = release(CATALOGUE, tmp_path)
    compiled = QFile(f":/translations/{made.name}")
    assert compiled.open(QIODevice.OpenModeFlag.ReadOnly)
    assert compiled.readAll().data() == made.read_bytes(), AGAIN


def test_there_is_a_catalogue_for_each_language() -> None:
    made = {file.stem.removeprefix("countersign_") for file in CATALOGUE.parent.glob("*.ts")}
    assert made == LANGUAGES.keys() - {SOURCE}


def test_every_text_has_a_context() -> None:
    # By another name than `self.tr`, lupdate doesn't see whose text it is: nobody would find it.
    assert [one.source for one in every() if not one.context] == []


def test_no_text_stands_inside_of_an_f_string_or_is_no_literal() -> None:
    # lupdate looks into no f-string, and doesn't run the code.
    found = [
        f"{file.relative_to(DESKTOP)}:{call.lineno}: {ast.unparse(call)}"
        for file in sources()
        for call in unseen(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def unseen(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from (each for each in ast.walk(node) if _translates(each))
        elif _translates(node) and isinstance(node.args[-1], ast.JoinedStr | ast.BinOp):
            yield node


def _translates(node: ast.AST) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return (name or getattr(node.func, "id", "")) in {"tr", "translate"}


def test_placeholders_are_those_of_the_source() -> None:
    wrong = [
        (one.source, words)
        for one in every()
        for words in one.translations
        if Counter(FIELD.findall(words)) != Counter(FIELD.findall(one.source))
    ]
    assert wrong == []


def test_what_counts_has_all_forms() -> None:
    wrong = [one for one in every() if one.numerus != ("%n" in one.source)]
    assert wrong == []
    assert {len(one.translations) for one in every() if one.numerus} == {2}


def test_mnemonics_are_there_where_the_source_has_one_and_do_not_clash() -> None:
    taken = defaultdict(list)
    for one in every():
        for words in one.translations:
            keys = MNEMONIC.findall(words)
            assert len(keys) == len(MNEMONIC.findall(one.source)), words
            for key in keys:
                taken[one.context, key.lower()].append(words)
    assert {where: words for where, words in taken.items() if len(set(words)) > 1} == {}


def test_spaces_lines_and_marks_at_the_ends_are_kept() -> None:
    def ends(text: str) -> tuple[bool, bool, int, bool]:
        return text[:1] == " ", text[-1:] == " ", text.count("\n"), text.endswith("…")

    wrong = [
        (one.source, words)
        for one in every()
        for words in one.translations
        if ends(words) != ends(one.source)
    ]
    assert wrong == []


def test_quotes_are_german() -> None:
    wrong = [words for one in every() for words in one.translations if ENGLISH_QUOTES.search(words)]
    assert wrong == []
    for one in every():
        for words in one.translations:
            assert words.count("„") == words.count("“") == one.source.count("“"), words


def test_the_user_is_addressed_formally_and_one_word_stands_for_one_thing() -> None:
    informal = re.compile(
        r"\b(du|dein\w*|dich|dir|Account\w*|Challenge\w*|Keyring(?<!GNOME Keyring))\b"
    )
    wrong = [words for one in every() for words in one.translations if informal.search(words)]
    assert wrong == []
