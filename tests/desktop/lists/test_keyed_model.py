"""New contents reach a view as the smallest change, in an order that a view can follow."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from countersign.desktop.lists.keyed_model import KeyedModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


class Words(KeyedModel[str]):
    """Words known by their first letter."""

    def __init__(self) -> None:
        super().__init__()
        self.readers = {Qt.ItemDataRole.DisplayRole: lambda word: word}
        self.changes: list[tuple[str, int, int]] = []
        self.rowsInserted.connect(lambda _parent, a, b: self.changes.append(("insert", a, b)))
        self.rowsRemoved.connect(lambda _, a, b: self.changes.append(("remove", a, b)))
        self.rowsMoved.connect(lambda _parent, a, _b, _to, c: self.changes.append(("move", a, c)))
        self.dataChanged.connect(
            lambda a, b, _: self.changes.append(("change", a.row(), b.row())),
        )
        self.modelReset.connect(lambda: self.changes.append(("reset", 0, 0)))

    @override
    def key(self, row: str) -> str:
        return row[0]

    def changed_to(self, words: str) -> list[tuple[str, int, int]]:
        """Set the rows and return what a view was told."""
        self.changes.clear()
        self.set_rows(words.split())
        return list(self.changes)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("a b c", "a b c", []),
        ("", "a b", [("insert", 0, 1)]),
        ("a b", "x y a b", [("insert", 0, 1)]),
        ("a b c d", "a d", [("remove", 1, 2)]),
        ("a b c d", "b d", [("remove", 2, 2), ("remove", 0, 0)]),
        ("a b c", "a b2 c", [("change", 1, 1)]),
        ("a b c", "x a c2 y", [("remove", 1, 1), ("insert", 0, 0), ("insert", 3, 3)]),
        ("a b c", "c a b", [("move", 2, 0)]),
    ],
)
def test_the_smallest_change(
    qtbot: QtBot, before: str, after: str, changes: list[tuple[str, int, int]]
) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(before.split())
    told = words.changed_to(after)
    assert [one for one in told if one[0] != "change" or len(changes) == 1] == changes


def test_of_two_rows_with_one_key_the_first_is_shown(qtbot: QtBot) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(["a1", "a2", "b"])
    assert words.rows() == ["a1", "b"]


def test_any_contents_become_any_others(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    """Persistent indexes, which selection is made of, stay on their rows."""
    assert qtbot is not None
    chance, words = random.Random(7), Words()  # noqa: S311 - the same on each run
    qtmodeltester.check(words)  # type: ignore[no-untyped-call]  # its types are partial
    letters = "abcdefghijklmnop"
    for round_ in range(200):
        held = {
            word[0]: QPersistentModelIndex(words.index(i, 0)) for i, word in enumerate(words.rows())
        }
        wanted = [
            f"{one}{round_}" for one in chance.sample(letters, chance.randrange(len(letters)))
        ]
        words.set_rows(wanted)
        assert words.rows() == wanted
        for key, index in held.items():
            assert index.isValid() == any(word[0] == key for word in wanted)
            if index.isValid():
                assert index.data()[0] == key
                assert words.index_of(key).row() == index.row()


def test_rows_have_no_rows_and_odd_indexes_no_data(qtbot: QtBot) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(["a"])
    assert words.rowCount(words.index(0, 0)) == 0
    assert words.data(QModelIndex()) is None
    assert words.data(words.index(0, 0), 12345) is None
    assert not words.index_of("z").isValid()
