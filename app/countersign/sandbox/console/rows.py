"""The requests in the middle column: filtered, searched, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, func, or_, select

from countersign.sandbox import journal, render
from countersign.sandbox.console.texts import briefly, short
from countersign.sandbox.models import Challenge, Factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from countersign.sandbox.call import Call
    from countersign.sandbox.console.view import View

READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One request, as short as a list needs it. Times are seconds since 1970."""

    sid: str
    status: str
    message: str
    fields: str
    account: str
    created: int
    expires: int
    took: str
    """How long the answer took, in words; empty if nobody answered."""

    @property
    def pending(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == "pending"


@dataclass(frozen=True, slots=True)
class Rows:
    """What the list shows, and how much there is besides."""

    rows: list[Row]
    more: bool
    counts: dict[str, int]


def rows_of(call: Call, view: View) -> Rows:
    """Give the rows that a view shows."""
    found = list(islice(_matching(call, view), view.shown + 1))
    shown = found[: view.shown]
    took = journal.waits(call, [row.sid for row in shown])
    names = factor_names(call)
    return Rows(
        [_row(call, row, names, took) for row in shown], len(found) > view.shown, _counts(call)
    )


def factor_names(call: Call) -> dict[str, str]:
    """Give each factor's name by its sid."""
    found = call.session.execute(select(Factor.sid, Factor.friendly_name))
    return {row.sid: row.friendly_name for row in found}


def _row(call: Call, row: Challenge, names: dict[str, str], took: dict[str, float]) -> Row:
    fields = row.details["fields"]
    values = [str(field["value"]) for field in fields] if isinstance(fields, list) else []
    name = names.get(row.factor_sid, "removed account")
    return Row(
        sid=row.sid,
        status=render.status(row, call.now),
        message=str(row.details["message"]),
        fields=" · ".join(values[:3]),
        account=f"{name} · {short(row.identity)}",
        created=row.created,
        expires=row.expires,
        took=briefly(took[row.sid]) if row.sid in took else "",
    )


def _counts(call: Call) -> dict[str, int]:
    late = Challenge.expires <= call.now
    query = select(Challenge.status, late, func.count()).group_by(Challenge.status, late)
    counts = dict.fromkeys(("all", "pending", "approved", "denied", "expired"), 0)
    for status, is_late, count in call.session.execute(query):
        counts["expired" if status == "pending" and is_late else status] += count
        counts["all"] += count
    return counts


def _matching(call: Call, view: View) -> Iterator[Challenge]:
    query = select(Challenge).order_by(Challenge.id.desc())
    if view.status != "all":
        query = query.where(_has_status(view.status, call.now))
    if not view.q:
        yield from call.session.scalars(query.limit(view.shown + 1))
        return
    names = factor_names(call)
    wanted = view.q.casefold()
    known = [sid for sid, name in names.items() if wanted in name.casefold()]
    query = query.where(_may_hold(view.q, known))
    for row in call.session.scalars(query.execution_options(yield_per=READ_AT_ONCE)):
        if any(wanted in text.casefold() for text in _texts(row, names)):
            yield row


def _has_status(status: str, now: float) -> ColumnElement[bool]:
    if status in {"approved", "denied"}:
        return Challenge.status == status
    in_time = Challenge.expires > now if status == "pending" else Challenge.expires <= now
    return and_(Challenge.status == "pending", in_time)


def _may_hold(text: str, factors: list[str]) -> ColumnElement[bool]:
    """Leave out what can't match, in the database; the rest is looked at more closely."""
    if not text.isascii():
        # Case beyond ASCII is Python's business, not the database's.
        return Challenge.id > 0
    inside = json.dumps(text)[1:-1]
    return or_(
        Challenge.sid.icontains(text, autoescape=True),
        Challenge.identity.icontains(text, autoescape=True),
        Challenge.factor_sid.in_(factors),
        cast(Challenge.details, String).icontains(inside, autoescape=True),
        cast(Challenge.hidden_details, String).icontains(inside, autoescape=True),
    )


def _texts(row: Challenge, names: dict[str, str]) -> Iterator[str]:
    yield row.sid
    yield row.identity
    yield names.get(row.factor_sid, "")
    yield str(row.details["message"])
    fields = row.details["fields"]
    for field in fields if isinstance(fields, list) else ():
        yield from (str(field["label"]), str(field["value"]))
    for name, value in (row.hidden_details or {}).items():
        yield from (name, value)
