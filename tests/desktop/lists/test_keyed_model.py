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


class Numbers(KeyedModel[tuple[str, int]]):
    """Numbers known by their text."""

    @override
    def key(self, row: tuple[str, int]) -> str:
        return row[0]


@pytest.mark.parametrize("count", [300, 5000])
def test_thousands_change_at_once_and_persistent_indexes_stay_on_their_rows(
    qtbot: QtBot, qtmodeltester: ModelTester, count: int
) -> None:
    assert qtbot is not None
    chance, model = random.Random(11), Numbers()  # noqa: S311 - the same on each run
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # its types are partial
    everything = [(str(number), number) for number in range(count)]
    model.set_rows(everything)
    steps: list[str] = []
    model.rowsRemoved.connect(lambda: steps.append("removed"))
    model.rowsInserted.connect(lambda: steps.append("inserted"))
    model.layoutChanged.connect(lambda: steps.append("arranged"))
    model.modelReset.connect(lambda: steps.append("reset"))
    for round_ in range(6):
        before = model.rows()
        places = range(0, len(before), 17)
        held = {before[i][0]: QPersistentModelIndex(model.index(i, 0)) for i in places}
        wanted = chance.sample(everything, chance.randrange(count // 2, count))
        if round_ % 2:
            wanted.sort(key=lambda row: row[1])
        steps.clear()
        model.set_rows(wanted)
        assert model.rows() == wanted
        assert model.rowCount() == len(wanted)
        assert 0 < len(steps) <= 4
        assert "reset" not in steps
        for key, index in held.items():
            assert index.isValid() == ((key, int(key)) in wanted)
            assert not index.isValid() or model.index_of(key).row() == index.row()


def test_rows_are_added_below(qtbot: QtBot) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(["a", "b"])
    words.changes.clear()
    words.append_rows(["c", "d"])
    words.append_rows([])
    assert words.changes == [("insert", 2, 3)]
    assert words.rows() == ["a", "b", "c", "d"]
    assert words.index_of("d").row() == 3


def test_rows_can_be_chosen_and_never_edited(qtbot: QtBot) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(["a"])
    flags = words.flags(words.index(0, 0))
    assert flags & Qt.ItemFlag.ItemIsSelectable
    assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled)


def test_typing_finds_the_next_row_that_begins_so(qtbot: QtBot) -> None:
    assert qtbot is not None
    words = Words()
    words.set_rows(["Apple", "berry", "Banana", "cherry"])

    def found(start: int, text: str) -> list[str]:
        hits = words.match(words.index(start, 0), Qt.ItemDataRole.DisplayRole, text)
        return [str(index.data()) for index in hits]

    assert found(0, "b") == ["berry"]
    assert found(2, "B") == ["Banana"]
    assert found(3, "a") == ["Apple"]  # around the end
    assert found(0, "x") == []
