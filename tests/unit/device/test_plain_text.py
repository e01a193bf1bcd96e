"""Text from outside shows all that it holds, on one line, and no more than is asked for."""

from __future__ import annotations

import unicodedata
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from countersign.device.plain_text import visible

many_examples: Final = settings(deadline=None, database=None, max_examples=300)
JOINERS: Final = {"\u200c", "\u200d"}


@pytest.mark.parametrize(
    "text",
    ["", "Sign in?", "Zürich, 東京, \U0001f600", "שלום", "नमस्ते", "e\u0301", "a\u00a0b", "⟨x⟩"],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("text", ["👩\u200d💻", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"])
def test_joiners_that_scripts_need_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "char",
    [
        *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",  # bidi
        *"\u200b\u2060\ufeff\u00ad\u2061\u206a\U000e0041",  # nothing to see
        *"\x00\x07\x08\t\n\v\f\r\x1b\x7f\x85\x9b",  # controls
        *"\u2028\u2029",  # separators of lines
        *"\ud800\udfff",  # halves of a pair
        *"\ue000\U000f0000",  # private use
        *"\ufdd0\uffff\U0010ffff\u0378",  # no characters at all
        *"\u115f\u1160\u2800\u3164\uffa0",  # letters that look like nothing
    ],
)
def test_what_hides_is_shown_by_its_number(char: str) -> None:
    assert visible(f"a{char}b") == f"a⟨U+{ord(char):04X}⟩b"


@pytest.mark.parametrize(("text", "limit"), [("abc", 2), ("e" + "\u0301" * 5000, 1000)])
def test_what_is_long_is_cut_and_says_so(text: str, limit: int) -> None:
    assert visible(text, limit) == text[:limit] + "…"


@pytest.mark.parametrize("text", ["abc", ""])
def test_what_just_fits_is_not_cut(text: str) -> None:
    assert visible(text, len(text)) == text


def test_a_flood_of_combining_marks_is_bounded() -> None:
    assert len(visible("a" + "\u0300" * 100_000)) == 1001


@many_examples
@given(st.text(st.characters(exclude_categories=[])), st.integers(0, 50))
@example("\ud800", 1)
def test_nothing_that_hides_comes_out(text: str, limit: int) -> None:
    shown = visible(text, limit)
    left = {char for char in shown if unicodedata.category(char)[0] == "C"}
    assert left <= JOINERS
    assert not {"\u2028", "\u2029"} & set(shown)
    assert len(shown.splitlines()) <= 1
    assert len(shown) <= limit * len("⟨U+10FFFF⟩") + 1
    shown.encode()


@many_examples
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_two_texts_that_differ_are_shown_to_differ(text: str) -> None:
    assert visible(text + "\u202e") != visible(text)
