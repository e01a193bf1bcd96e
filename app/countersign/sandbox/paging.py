"""Lists in pages (protocol 1). Tokens point behind a record, so answering one moves no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from countersign.sandbox import jose
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import Dated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Select

    from countersign.sandbox.call import Call

DEFAULT_SIZE = 50
MAX_PAGE = 1_000_000
_PAGING = frozenset({"PageSize", "Page", "PageToken", "pageToken"})
_NEXT, _PREVIOUS = "n", "p"
R = TypeVar("R", bound=Dated)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page lies: its number, and the record that it begins after or ends before."""

    page: int
    direction: str = _NEXT
    edge: int | None = None

    def token(self) -> str:
        """Write it as an opaque page token."""
        return "PT" + jose.encode_url(f"{self.direction}.{self.page}.{self.edge}".encode())

    @classmethod
    def of(cls, token: str) -> Cursor:
        """Read one of our own tokens; anything else is 60374."""
        try:
            text = jose.decode_url(token.removeprefix("PT")).decode("ascii")
            direction, page, edge = text.split(".")
            cursor = cls(int(page), direction, int(edge))
        except ValueError as error:
            raise ApiError(60374) from error
        if cursor.token() != token or direction not in {_NEXT, _PREVIOUS}:
            raise ApiError(60374)
        if not (0 <= cursor.page <= MAX_PAGE and 0 <= int(edge) < 2**63):
            raise ApiError(60374)
        return cursor


def _cursor(call: Call) -> Cursor:
    page = call.query.integer("Page", 0, MAX_PAGE, code=60306) or 0
    # iOS writes pageToken, all others PageToken.
    tokens = call.query.all("PageToken") + call.query.all("pageToken")
    if not tokens:
        return Cursor(page)
    if len(set(tokens)) > 1:
        raise ApiError(60374)
    return Cursor.of(tokens[0])


def _links(call: Call, size: int) -> Callable[[Cursor | None], str | None]:
    kept = [(name, value) for name, value in call.query.pairs if name not in _PAGING]

    def link(cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        own = [("PageSize", str(size)), ("Page", str(cursor.page))]
        token = [("PageToken", cursor.token())] if cursor.edge is not None else []
        return f"{call.base}{call.route}?{urlencode(kept + own + token)}"

    return link


def listing(  # noqa: PLR0913 - what a list is made of; a class for it would be used once
    call: Call,
    query: Select[R],
    model: type[R],
    key: str,
    render: Callable[[R], object],
    *,
    descending: bool = False,
) -> Reply:
    """Answer with the page that the call asks for, in order of creation.

    A size over the settings' limit or under 1 is 60373, a token not of ours 60374, a page number
    out of range 60306.
    """
    limit = call.sandbox.settings.max_page_size
    size = call.query.integer("PageSize", 1, limit, code=60373) or min(DEFAULT_SIZE, limit)
    cursor = _cursor(call)
    backwards = cursor.direction == _PREVIOUS
    falling = descending != backwards
    if cursor.edge is not None:
        query = query.where(model.id < cursor.edge if falling else model.id > cursor.edge)
    elif cursor.page:
        query = query.offset(cursor.page * size)
    query = query.order_by(model.id.desc() if falling else model.id.asc())
    # One more than asked for tells whether there is another page.
    found = list(call.session.scalars(query.limit(size + 1)))
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    meta = _meta(call, key, size, cursor, _neighbours(cursor, rows, more=more))
    return Reply(200, {key: [render(row) for row in rows], "meta": meta})


def _neighbours(
    cursor: Cursor, rows: Sequence[Dated], *, more: bool
) -> tuple[Cursor | None, Cursor | None]:
    if not rows:
        return None, None
    backwards = cursor.direction == _PREVIOUS
    before, after = (more, True) if backwards else (cursor.page > 0, more)
    earlier = Cursor(max(cursor.page - 1, 0), _PREVIOUS, rows[0].id) if before else None
    later = Cursor(cursor.page + 1, _NEXT, rows[-1].id) if after else None
    return earlier, later


def _meta(
    call: Call,
    key: str,
    size: int,
    cursor: Cursor,
    neighbours: tuple[Cursor | None, Cursor | None],
) -> dict[str, object]:
    link = _links(call, size)
    earlier, later = neighbours
    return {
        "first_page_url": link(Cursor(0)),
        "key": key,
        "next_page_url": link(later),
        "page": cursor.page,
        "page_size": size,
        "previous_page_url": link(earlier),
        "url": link(cursor),
    }
