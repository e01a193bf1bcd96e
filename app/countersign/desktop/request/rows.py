"""The company's words as rows that are safe to show, and how two texts differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from countersign.desktop.request.view import Change, Row
from countersign.device.plain_text import visible
from countersign.push.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countersign.push.values import Challenge, Field

_ALL: Final = 4096  # what `push.values` lets through: nothing that gets signed is cut off


def shown(text: str) -> str:
    """Return text from outside, safe to show and whole."""
    return visible(text, _ALL)


def rows(fields: Sequence[Field]) -> tuple[Row, ...]:
    """Return fields as rows."""
    return tuple(Row(shown(field.label), shown(field.value)) for field in fields)


def compared(before: Sequence[Field], after: Sequence[Field]) -> tuple[Row, ...]:
    """Return the new fields as rows, each with how it differs; those that are gone come last."""
    old = dict(_numbered(before))
    found = [_row(field, old.pop(key, None)) for key, field in _numbered(after)]
    found += [
        Row(shown(gone.label), "", Change.REMOVED, shown(gone.value)) for gone in old.values()
    ]
    return tuple(found)


def differs(one: Challenge, other: Challenge) -> bool:
    """Tell whether a member that both have differs: then a signature over one fails the other."""
    return any(
        canonical(one.members[name]) != canonical(other.members[name])
        for name in one.members.keys() & other.members.keys()
    )


def _row(field: Field, before: Field | None) -> Row:
    if before is None:
        return Row(shown(field.label), shown(field.value), Change.ADDED)
    if before.value != field.value:
        return Row(shown(field.label), shown(field.value), Change.CHANGED, shown(before.value))
    return Row(shown(field.label), shown(field.value))


def _numbered(fields: Sequence[Field]) -> Iterator[tuple[tuple[str, int], Field]]:
    """Give each field a key: its label, and its place among those of the same label."""
    met: Counter[str] = Counter()
    for field in fields:
        yield (field.label, met[field.label]), field
        met[field.label] += 1
