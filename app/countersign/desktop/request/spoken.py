"""A request as a screen reader says it: who asks what, and the details that tell it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.desktop.language.counts import Counts
from countersign.desktop.request.view import Change
from countersign.desktop.request.words import change_text, changed_text, translate

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView, Row

_ROWS: Final = 5  # more are for the reader to go to: nobody listens to twenty
_LONGEST: Final = 256


def spoken_text(view: RequestView) -> str:
    """Return a request in one breath; rows that changed come first. Parts are cut, all is shown."""
    every = view.rows or ()
    rows = sorted(every, key=lambda row: row.change is Change.NONE)
    parts = [
        translate("Request", "{account} asks: {message}").format(
            account=view.label, message=_cut(view.message)
        )
    ]
    if view.message_was is not None:
        parts.append(changed_text(_cut(view.message_was)))
    parts += [_row_text(row) for row in rows[:_ROWS]]
    if len(rows) > _ROWS:
        parts.append(Counts().rows(len(rows) - _ROWS))
    return "\n".join(parts)


def _row_text(row: Row) -> str:
    parts = (_cut(row.label), _cut(row.value), _cut(change_text(row)))
    return ", ".join(part for part in parts if part)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
