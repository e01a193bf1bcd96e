"""A list model whose rows have keys: new contents become the smallest change of the old ones.

A model that is reset loses selection, focus and scroll position, and flickers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from PySide6.QtCore import QObject, QPersistentModelIndex

Row = TypeVar("Row")
_NOWHERE = QModelIndex()


class KeyedModel(QAbstractListModel, Generic[Row]):
    """Holds rows; `key` is what makes two rows the same one at different times.

    `readers` say what a row has for each role.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] | None = None
        self.readers: Mapping[int, Callable[[Row], object]] = {}

    def key(self, row: Row) -> str:
        """Return what a row is known by."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of rows; a row has no rows in it."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a row has for this role."""
        if not 0 <= index.row() < len(self._rows):
            return None
        read = self.readers.get(role)
        return read(self._rows[index.row()]) if read else None

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

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows; of two with one key, the first."""
        wanted: dict[str, Row] = {}
        for row in rows:
            wanted.setdefault(self.key(row), row)
        self._remove_missing(wanted)
        self._arrange(wanted)
        self._replace_changed(list(wanted.values()))

    def touch(self, places: Iterable[int]) -> None:
        """Say that these rows look different now."""
        for first, last in _runs(sorted(places)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _remove_missing(self, wanted: dict[str, Row]) -> None:
        gone = [i for i, row in enumerate(self._rows) if self.key(row) not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self._places = None
            self.endRemoveRows()

    def _arrange(self, wanted: dict[str, Row]) -> None:
        """Bring what is left into order, and add what is new in runs as long as they can be."""
        left = {self.key(row) for row in self._rows}
        new: list[Row] = []
        place = 0
        for key, row in wanted.items():
            if key not in left:
                new.append(row)
                continue
            place = self._insert(place, new)
            new = []
            if self.key(self._rows[place]) != key:
                self._move(self._find(key, place), place)
            place += 1
        self._insert(place, new)

    def _insert(self, place: int, new: list[Row]) -> int:
        """Insert rows and return the place behind them."""
        if new:
            self.beginInsertRows(QModelIndex(), place, place + len(new) - 1)
            self._rows[place:place] = new
            self._places = None
            self.endInsertRows()
        return place + len(new)

    def _move(self, source: int, target: int) -> None:
        """Move a row up."""
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target)
        self._rows.insert(target, self._rows.pop(source))
        self._places = None
        self.endMoveRows()

    def _find(self, key: str, start: int) -> int:
        return next(i for i in range(start, len(self._rows)) if self.key(self._rows[i]) == key)

    def _replace_changed(self, wanted: list[Row]) -> None:
        changed = [
            i for i, (old, new) in enumerate(zip(self._rows, wanted, strict=True)) if old != new
        ]
        self._rows = wanted
        self.touch(changed)

    def _place_of(self, key: str) -> int | None:
        # Counted when asked for: a change may come in thousands of steps, and few are looked at.
        if self._places is None:
            self._places = {self.key(row): i for i, row in enumerate(self._rows)}
        return self._places.get(key)


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
