"""A page of a list of challenges: its items, and where the next page begins."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from countersign.push import strict_json
from countersign.push.errors import MappingError
from countersign.push.values import parse_challenge

if TYPE_CHECKING:
    from countersign.push.values import Challenge

_LARGE: Final = 16 * 1024
"""Bytes from which on a page is read in a thread: that much takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """One page of a list, in the service's order.

    `unreadable` counts items that aren't challenges of this factor or not challenges at all;
    `next_token` is None on the last page.
    """

    challenges: tuple[Challenge, ...]
    next_token: str | None
    unreadable: int


class _Meta(msgspec.Struct):
    next_page_url: str | None = None


class _Page(msgspec.Struct):
    challenges: list[msgspec.Raw]
    meta: _Meta


async def parse_in_time(body: bytes, host: str, factor_sid: str) -> ChallengePage:
    """Do what `parse` does without holding up whoever paints: a full page takes 10 ms."""
    if len(body) < _LARGE:
        return parse(body, host, factor_sid)
    return await asyncio.to_thread(parse, body, host, factor_sid)


def parse(body: bytes, host: str, factor_sid: str) -> ChallengePage:
    """Read a page of a factor's challenges; raises MappingError where it isn't one."""
    strict_json.check(body)
    try:
        page = msgspec.json.decode(body, type=_Page)
    except msgspec.DecodeError as error:
        raise MappingError("bad_answer", f"{host} sent a list that isn't one.") from error
    found = [_item(item, factor_sid) for item in page.challenges]
    readable = tuple(item for item in found if item is not None)
    return ChallengePage(readable, _token(page.meta.next_page_url), len(found) - len(readable))


def _item(item: msgspec.Raw, factor_sid: str) -> Challenge | None:
    """Read a challenge of a page that was checked as a whole; None for what isn't a factor's."""
    try:
        challenge = parse_challenge(bytes(item), checked=True)
    except MappingError:
        return None  # counted as unreadable: one odd item doesn't hide the others
    return challenge if challenge.factor_sid == factor_sid else None


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
