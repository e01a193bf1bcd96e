"""Where two long lists differ that are mostly made of the very same objects."""

from __future__ import annotations

from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Difference:
    """`old` of one list stands where `new` of the other does; all else is the same in both."""

    old: slice
    new: slice

    def replaced(self, rows: Sequence[_T], new: Sequence[_T]) -> list[_T]:
        """Return these rows with the new ones in the place of those that differ."""
        return [*rows[: self.old.start], *new, *rows[self.old.stop :]]


def difference(before: Sequence[_T], after: Sequence[_T]) -> Difference:
    """Compare objects by identity, which for thousands of them takes no time worth speaking of."""
    shorter = min(len(before), len(after))
    start = _alike(before, after)
    end = min(shorter - start, _alike(reversed(before), reversed(after)))
    return Difference(slice(start, len(before) - end), slice(start, len(after) - end))


def is_same(before: Sequence[_T], after: Sequence[_T]) -> bool:
    """Tell whether two lists hold the very same objects in the same order."""
    return len(before) == len(after) == _alike(before, after)


def _alike(before: Iterable[_T], after: Iterable[_T]) -> int:
    """Count the objects at the beginning that are the same."""
    same = [*map(is_, before, after)]
    return same.index(False) if False in same else len(same)
