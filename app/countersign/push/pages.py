"""A page of a list, as the service sends it: its items unread, and where the next page begins."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import msgspec

from countersign.push import strict_json
from countersign.push.errors import MappingError


class _Meta(msgspec.Struct):
    next_page_url: str | None = None


class _Page(msgspec.Struct):
    challenges: list[msgspec.Raw]
    meta: _Meta


def read(body: bytes, host: str) -> tuple[list[msgspec.Raw], str | None]:
    """Return a page's items and the next page's token, None on the last; raises MappingError."""
    strict_json.check(body)
    try:
        page = msgspec.json.decode(body, type=_Page)
    except msgspec.DecodeError as error:
        raise MappingError("bad_answer", f"{host} sent a list that isn't one.") from error
    return page.challenges, _token(page.meta.next_page_url)


def _token(next_page_url: str | None) -> str | None:
    """Return the token that the next page's link carries; the link itself is never followed."""
    if not next_page_url:
        return None
    try:
        query = parse_qs(urlsplit(next_page_url).query)
    except ValueError:
        return None
    tokens = query.get("PageToken") or query.get("pageToken")
    return tokens[0] if tokens else None
