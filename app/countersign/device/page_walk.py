"""One account's requests behind the page that polls ask for, and the way through its pages.

A poll sees the newest 100 requests of an account. What was seen before and isn't among them may
well wait still, so it is kept until it is known to be over: it expired, it was answered here, a
full page no longer has it though that page reaches further back, or a whole walk through all pages
didn't meet it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from countersign.device.inbox import MAX_PAGES, PAGE_SIZE, Request

if TYPE_CHECKING:
    from datetime import datetime

    from countersign.device.inbox import AccountView
    from countersign.device.records import Account
    from countersign.push.errors import CountersignError
    from countersign.push.pages import ChallengePage

MOST: Final = 10_000
"""Requests of one account that are kept at most, the newest ones."""


@dataclass
class Walk:
    """One way through an account's pages, from the first on; tokens are the service's own.

    `shaken`: something left the list meanwhile, so that what came after it may have been skipped.
    """

    known: frozenset[str] = frozenset()
    met: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    token: str | None = None
    pages: int = 0
    shaken: bool = False
    ended: bool = False
    loading: bool = False
    error: CountersignError | None = None


@dataclass
class Tail:
    """One account: the page that the last poll saw, and what waits behind it, by sid.

    `ended` are those of them that are known to be over: the page may show one a last time, and
    from there it doesn't go behind it.
    """

    account: Account
    view: AccountView | None = None
    first: dict[str, Request] = field(default_factory=dict)
    older: dict[str, Request] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    overflows: bool = False
    walk: Walk = field(default_factory=Walk)

    @property
    def full(self) -> bool:
        """Whether no more of them are kept."""
        return len(self.older) >= MOST - PAGE_SIZE or self.walk.pages >= MAX_PAGES

    @property
    def more(self) -> bool:
        """Whether a walk may bring more of them."""
        return self.overflows and not self.walk.ended and not self.full

    def adopt(self, account: Account) -> None:
        """Follow the account, which may be called something else now."""
        if account != self.account:
            self.account = account
            self.first = {sid: replace(one, account=account) for sid, one in self.first.items()}
            self.older = {sid: replace(one, account=account) for sid, one in self.older.items()}

    def follow(self, view: AccountView, now: datetime) -> None:
        """Take in what a good poll saw; the same request stays the same object."""
        if view is self.view:
            return
        self.view = view
        known = self.older | self.first
        page = {one.challenge.sid: _same(known, one) for one in view.requests}
        self.overflows = len(page) + view.unreadable >= PAGE_SIZE
        if self.overflows and page:
            self._push_back(known, page, now)
        else:
            self.older, self.walk = {}, Walk()
        self.first = page

    def _push_back(
        self, known: dict[str, Request], page: dict[str, Request], now: datetime
    ) -> None:
        """Keep what the page doesn't reach back to; what lies within its reach is over."""
        reach = min(map(_created, page.values()))
        left = {sid: one for sid, one in known.items() if sid not in page}
        over = self.ended
        self.ended = over & known.keys()
        self.older = {
            sid: _slim(one)
            for sid, one in left.items()
            if one.challenge.date_created <= reach
            and one.challenge.expiration_date > now
            and sid not in over
        }
        if len(self.older) > MOST:
            newest = sorted(self.older.values(), key=_created, reverse=True)[:MOST]
            self.older = {one.challenge.sid: one for one in newest}
        if self.walk.ended and not page.keys() & self.first.keys():
            self.walk = Walk()  # so many are new that some between may never have been seen
        self.walk.shaken |= self.walk.pages > 0 and len(self.older) < len(left)

    def take(self, page: ChallengePage, now: datetime) -> bool:
        """Take in one more page of a walk; tells whether it brought anything new."""
        walk = self.walk
        if not walk.pages:
            walk.known = frozenset(self.older)
        walk.pages += 1
        fresh = {item.sid: item for item in page.challenges if item.expiration_date > now}
        walk.met |= fresh.keys()
        new = fresh.keys() - self.first.keys() - self.older.keys()
        self.older |= {sid: _slim(Request(self.account, fresh[sid])) for sid in fresh if sid in new}
        walk.token = page.next_token
        if walk.token is None or walk.token in walk.tokens:  # those who lead in circles end too
            self._end()
        else:
            walk.tokens.add(walk.token)
        return bool(new)

    def forget(self, sid: str) -> bool:
        """Let go of a request that is over; tells whether it went, or a poll is to see that."""
        if sid in self.first or sid in self.older:
            self.ended.add(sid)
        return self.older.pop(sid, None) is not None

    def _end(self) -> None:
        walk = self.walk
        if walk.shaken:
            self.walk = Walk()
            return
        walk.ended = True
        over = walk.known - walk.met
        self.older = {sid: one for sid, one in self.older.items() if sid not in over}


def _created(request: Request) -> datetime:
    return request.challenge.date_created


def _same(known: dict[str, Request], one: Request) -> Request:
    before = known.get(one.challenge.sid)
    return before if before == one else one


def _slim(request: Request) -> Request:
    """Return a request without its JSON, which is fetched anew before it can be answered."""
    if not request.challenge.members:
        return request
    return replace(request, challenge=replace(request.challenge, members={}))
