"""What waits for an answer, newest first, as rows that stay the same rows from poll to poll."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from typing_extensions import override

from countersign.desktop.lists.keyed_model import KeyedModel
from countersign.desktop.lists.paint import SEPARATOR, joined, shown
from countersign.desktop.lists.request_row import Card, Row, Words, age_of, tag_text, text_of
from countersign.desktop.lists.roles import AccountRole, RowRole, SidRole, StatusRole
from countersign.desktop.lists.sameness import difference
from countersign.desktop.lists.times import age_text, left_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtCore import QObject

    from countersign.device.inbox import Request

_CREATED: Final = attrgetter("challenge.date_created")
_SID: Final = attrgetter("challenge.sid")
_KEY: Final = attrgetter("request.challenge.sid")
_FIELDS: Final = 3
"""Fields of a request that its row begins to show; more never fit."""


class InboxModel(KeyedModel[Row]):
    """Rows of requests; times are those of `now`, POSIX seconds by the services' clock."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: Callable[[], float] = time.time
        self._unknown: frozenset[str] = frozenset()
        self._offline = False
        self._outcomes: dict[str, str] = {}
        self._waiting: list[Request] = []
        self._known: list[Row] = []
        self._distinct = True
        self._gone: Row | None = None
        self._search: tuple[str, ...] = ()
        self._words: dict[str, tuple[Request, Words]] = {}
        self.readers = {
            Qt.ItemDataRole.DisplayRole: lambda row: self._words_of(row.request).message,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            SidRole: self.key,
            StatusRole: self._status,
            AccountRole: lambda row: row.request.account.sid,
            RowRole: self._card,
        }

    @override
    def key(self, row: Row) -> str:
        return row.request.challenge.sid

    @override
    def keys(self, rows: Sequence[Row]) -> list[str]:
        return list(map(_KEY, rows))

    @override
    def begins(self, row: Row, folded: str) -> bool:
        return row.text.startswith(folded)

    def set_now(self, now: Callable[[], float]) -> None:
        """Tell the time by this."""
        self._now = now
        self.touch(range(self.rowCount()))

    def set_requests(self, requests: Sequence[Request], *, keep: str = "") -> None:
        """Show these requests, newest first; `keep` is the sid of one to show even if it is gone.

        What is being read doesn't vanish under the reader, though it counts no longer.
        """
        waiting = sorted(requests, key=_CREATED, reverse=True)
        same, kept = waiting == self._waiting, self.row_of(keep)
        sids: set[str] = set() if same else {*map(_SID, waiting)}
        gone = kept is not None and (kept.gone if same else keep not in sids)
        if same and gone == (self._gone is not None):
            return
        self._distinct = (same and self._distinct) or len(sids) == len(waiting)
        self._take(waiting)
        self._gone = replace(kept, gone=True, unknown=False) if kept and gone else None
        self._show(keep)
        left = {*map(_SID, waiting), keep} if same else sids | {keep}
        self._words = {sid: each for sid, each in self._words.items() if sid in left}
        self._outcomes = {sid: each for sid, each in self._outcomes.items() if sid in left}

    def set_search(self, text: str, *, keep: str = "") -> None:
        """Show what has all these words in its message, fields or account; `keep` stays."""
        words = tuple(text.casefold().split())
        if words != self._search:
            self._search = words
            self._show(keep)

    def set_unknown(self, sids: Collection[str], *, keep: str = "") -> None:
        """Mark the requests whose answer's fate isn't known."""
        if self._unknown != frozenset(sids):
            self._unknown = frozenset(sids)
            self._known = [self._row(row.request, row) for row in self._known]
            self._show(keep)

    @property
    def known(self) -> int:
        """How many requests there are, whether the search shows them or not."""
        return len(self._known) + (self._gone is not None)

    def _show(self, keep: str) -> None:
        rows = list(self._known)
        for word in self._search:
            rows = [row for row in rows if word in row.text or self.key(row) == keep]
        if self._gone is not None:  # at its old place, by its age
            rows.insert(bisect_right(rows, age_of(self._gone), key=age_of), self._gone)
        self.set_rows(rows, distinct=self._distinct)

    def _take(self, waiting: list[Request]) -> None:
        """Make rows of what is new; what stays, stays the same row."""
        apart = difference(self._waiting, waiting)
        old = self._known[apart.old]
        before = dict(zip(self.keys(old), old, strict=True))
        new = [self._row(one, before.get(one.challenge.sid)) for one in waiting[apart.new]]
        self._known, self._waiting = apart.replaced(self._known, new), waiting

    def set_outcome(self, sid: str, status: str) -> None:
        """Say how a request ended, as long as its row is there: "approved", "denied", "expired"."""
        index = self.index_of(sid)
        if index.isValid():
            self._outcomes[sid] = status
            self.touch([index.row()])

    def set_offline(self, *, offline: bool) -> None:
        """Show the requests as of then, or as of now."""
        if offline != self._offline:
            self._offline = offline
            self.touch(range(self.rowCount()))

    def _row(self, request: Request, before: Row | None) -> Row:
        """Return a request's row: the one that it had, where nothing has changed."""
        unknown = request.challenge.sid in self._unknown
        if before is None or (before.request is not request and before.request != request):
            return Row(request, unknown=unknown, text=text_of(request))
        return before if before.unknown == unknown else replace(before, unknown=unknown)

    def _status(self, row: Row) -> str:
        if ended := self._outcomes.get(self.key(row)):
            return ended
        if row.unknown:
            return "unknown"
        if row.request.challenge.expiration_date.timestamp() <= self._now():
            return "expired"
        return "gone" if row.gone else "pending"

    def _words_of(self, request: Request) -> Words:
        """Return a request's words; made once, since each poll brings each request again."""
        sid = request.challenge.sid
        found = self._words.get(sid)
        if found is None or found[0] is not request:
            challenge = request.challenge
            fields = tuple(shown(field.value) for field in challenge.fields[:_FIELDS])
            words = Words(shown(challenge.message), fields, shown(request.account.label))
            found = self._words[sid] = (request, words)
        return found[1]

    def _card(self, row: Row) -> Card:
        words, challenge, now = self._words_of(row.request), row.request.challenge, self._now()
        status = self._status(row)
        created, expires = challenge.date_created.timestamp(), challenge.expiration_date.timestamp()
        left = max(0.0, expires - now)
        return Card(
            message=words.message,
            fields=joined(words.fields),
            account=words.account,
            age=age_text(created, now),
            left=left_text(left),
            tag=tag_text(status),
            share=min(1.0, left / (expires - created)) if expires > created else 0.0,
            live=status in {"pending", "unknown"} and not self._offline,
        )

    def _spoken(self, row: Row) -> str:
        card, words = self._card(row), self._words_of(row.request)
        fields = SEPARATOR.join(field for field in words.fields if field)
        parts = (card.message, fields, card.account, card.tag or card.left, card.age)
        return ", ".join(part for part in parts if part)
