"""A list model whose rows have keys: new contents become the smallest change of the old ones.

A model that is reset loses selection, focus and scroll position, and flickers.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from typing_extensions import override

from countersign.desktop.lists.sameness import difference, is_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

Row = TypeVar("Row")
_MANY: Final = 64
"""Steps of a change from which on the rows are put into order all at once."""
_LONG: Final = 2000
"""Rows from which on counting the steps would take longer than they do."""


class KeyedModel(QStringListModel, Generic[Row]):
    """Holds rows; `key` is what makes two rows the same one at different times.

    `readers` say what a row has for each role. The base class does nothing but count, and its
    strings stay empty: a view that lays out asks for the number of rows twice for each of them,
    and of thousands, a method of ours would hold up the window.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._coming: list[Row] = []
        self._places: dict[str, int] | None = None
        self.readers: Mapping[int, Callable[[Row], object]] = {}
        # Before anybody else listens: a view asks for the rows as soon as it hears of them.
        self.rowsInserted.connect(self._inserted)
        self.rowsRemoved.connect(self._removed)
        self.rowsMoved.connect(self._moved)

    def key(self, row: Row) -> str:
        """Return what a row is known by."""
        raise NotImplementedError

    def keys(self, rows: Sequence[Row]) -> list[str]:
        """Return what rows are known by; of thousands, a model may know a faster way."""
        return [self.key(row) for row in rows]

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a row has for this role."""
        if not 0 <= index.row() < len(self._rows):
            return None
        read = self.readers.get(role)
        return read(self._rows[index.row()]) if read else None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let rows be chosen, not edited."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    @override
    def match(
        self,
        start: QModelIndex | QPersistentModelIndex,
        role: int,
        value: object,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Find what a user types into the list, without making thousands of texts ready to show."""
        if role != Qt.ItemDataRole.DisplayRole or hits != 1 or not isinstance(value, str):
            return super().match(start, role, value, hits, flags)
        first, count = max(0, start.row()), len(self._rows)
        places = (place % count for place in range(first, first + count))
        needle = value.casefold()
        found = (place for place in places if self.begins(self._rows[place], needle))
        return [self.index(place, 0) for place in islice(found, 1)]

    def begins(self, row: Row, folded: str) -> bool:
        """Tell whether a row's text begins so, whatever the case; `folded` is case-folded."""
        read = self.readers.get(Qt.ItemDataRole.DisplayRole)
        return str(read(row) if read else "").casefold().startswith(folded)

    def rows(self) -> list[Row]:
        """Return the rows as they are shown."""
        return list(self._rows)

    def row_of(self, key: str) -> Row | None:
        """Return the row with this key."""
        place = self._place_of(key)
        return None if place is None else self._rows[place]

    def index_of(self, key: str) -> QModelIndex:
        """Return where the row with this key is, or an index that isn't valid."""
        place = self._place_of(key)
        return QModelIndex() if place is None else self.index(place, 0)

    def set_rows(self, rows: Iterable[Row], *, distinct: bool = False) -> None:
        """Show these rows; of two with one key, the first. `distinct`: no two have the same."""
        wanted = list(rows) if distinct else self._unique(list(rows))
        apart = difference(self._rows, wanted)
        new, start = wanted[apart.new], apart.new.start
        middle, old = dict(zip(self.keys(new), new, strict=True)), self.keys(self._rows[apart.old])
        if len(old) + len(new) > _LONG or _steps(old, list(middle)) > _MANY:
            self._rearrange(wanted)
            return
        self._remove_missing(start, old, middle)
        self._arrange(start, start + sum(key in middle for key in old), middle)
        self._replace_changed(wanted, range(start, apart.new.stop))

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows below the others; none of their keys is there yet."""
        self._insert(len(self._rows), list(rows))

    def touch(self, places: Iterable[int]) -> None:
        """Say that these rows look different now."""
        for first, last in _runs(sorted(places)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _unique(self, rows: list[Row]) -> list[Row]:
        keys = self.keys(rows)
        if len(set(keys)) == len(rows):
            return rows
        return list(dict(zip(reversed(keys), reversed(rows), strict=True)).values())[::-1]

    # --- Many changes at once ------------------------------------------------------------------

    def _rearrange(self, wanted: list[Row]) -> None:
        """Change thousands of rows in four steps, since a view takes its time over each step."""
        old, keys = list(zip(self.keys(self._rows), self._rows, strict=True)), self.keys(wanted)
        staying = set(keys)
        left = [row for key, row in old if key in staying]
        self._reorder(left + [row for key, row in old if key not in staying])
        if len(left) < len(old):
            self.removeRows(len(left), len(old) - len(left))
        here = {key for key, _ in old}
        new = [row for key, row in zip(keys, wanted, strict=True) if key not in here]
        self._insert(len(left), new)
        self._reorder(wanted)

    def _reorder(self, rows: list[Row]) -> None:
        """Show the same rows in another order, and changed perhaps."""
        if not is_same(self._rows, rows):
            self.layoutAboutToBeChanged.emit()
            held = self.persistentIndexList()
            keys = [self.key(self._rows[index.row()]) for index in held]
            self._rows, self._places = rows, None
            self.changePersistentIndexList(held, [self.index_of(key) for key in keys])
            self.layoutChanged.emit()

    # --- Step by step --------------------------------------------------------------------------

    def _remove_missing(self, start: int, old: list[str], wanted: dict[str, Row]) -> None:
        gone = [start + i for i, key in enumerate(old) if key not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.removeRows(first, last - first + 1)

    def _arrange(self, start: int, end: int, wanted: dict[str, Row]) -> None:
        """Bring what is left into order, and add what is new in runs as long as they can be."""
        left = {self.key(row) for row in self._rows[start:end]}
        new: list[Row] = []
        place = start
        for key, row in wanted.items():
            if key not in left:
                new.append(row)
                continue
            place = self._insert(place, new)
            new = []
            if self.key(self._rows[place]) != key:
                parent = QModelIndex()
                self.moveRows(parent, self._find(key, place), 1, parent, place)
            place += 1
        self._insert(place, new)

    def _insert(self, place: int, new: list[Row]) -> int:
        """Insert rows and return the place behind them."""
        if new:
            self._coming = new
            self.insertRows(place, len(new))
        return place + len(new)

    def _find(self, key: str, start: int) -> int:
        return next(i for i in range(start, len(self._rows)) if self.key(self._rows[i]) == key)

    def _replace_changed(self, wanted: list[Row], places: range) -> None:
        before, self._rows = self._rows, wanted
        self.touch([i for i in places if before[i] is not wanted[i] and before[i] != wanted[i]])

    def _inserted(self, _parent: QModelIndex, first: int, _last: int) -> None:
        self._rows[first:first] = self._coming
        self._coming, self._places = [], None

    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        del self._rows[first : last + 1]
        self._places = None

    def _moved(
        self, _parent: QModelIndex, first: int, _last: int, _to: QModelIndex, place: int
    ) -> None:
        """Follow one row that was moved up."""
        self._rows.insert(place, self._rows.pop(first))
        self._places = None

    def _place_of(self, key: str) -> int | None:
        if not key:
            return None
        # Counted when asked for: a change may come in many steps, and few are looked at.
        if self._places is None:
            self._places = {key: place for place, key in enumerate(self.keys(self._rows))}
        return self._places.get(key)


def _steps(old: list[str], wanted: list[str]) -> int:
    """Count the steps, about, in which rows would have to be removed, inserted and moved."""
    if not old or not wanted:
        return 1
    here, there = set(old), set(wanted)
    left, stay = [key in there for key in old], [key in here for key in wanted]
    gaps = sum(1 for a, b in pairwise([True, *left]) if a and not b)
    gaps += sum(1 for a, b in pairwise([True, *stay]) if a and not b)
    kept = zip((k for k in old if k in there), (k for k in wanted if k in here), strict=True)
    return gaps + sum(1 for a, b in kept if a != b)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return the first and last of each run of neighbours in rising numbers."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
