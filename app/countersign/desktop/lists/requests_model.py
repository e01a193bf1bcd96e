"""What waits for an answer, newest first, as rows that stay the same rows from poll to poll."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from typing_extensions import override

from countersign.desktop.lists.keyed_model import KeyedModel
from countersign.desktop.lists.paint import SEPARATOR, joined, shown
from countersign.desktop.lists.roles import AccountRole, RowRole, SidRole, StatusRole
from countersign.desktop.lists.times import age_text, left_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtCore import QObject

    from countersign.device.inbox import Request

translate = QCoreApplication.translate

_FIELDS: Final = 3
"""Fields of a request that its row begins to show; more never fit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list; `gone` where it no longer waits and is only still being read."""

    request: Request
    unknown: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a request that don't change with time, safe to show."""

    message: str
    fields: tuple[str, ...]
    account: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a row shows now; `tag` stands in the place of `left` where it isn't empty."""

    message: str
    fields: str
    account: str
    age: str
    left: str
    tag: str
    share: float
    """How much of its time is left, 0 to 1."""
    live: bool
    """False where it can't be answered any more, or not now."""


class InboxModel(KeyedModel[Row]):
    """Rows of requests; times are those of `now`, POSIX seconds by the services' clock."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: Callable[[], float] = time.time
        self._unknown: frozenset[str] = frozenset()
        self._offline = False
        self._outcomes: dict[str, str] = {}
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

    def set_now(self, now: Callable[[], float]) -> None:
        """Tell the time by this."""
        self._now = now
        self.touch(range(self.rowCount()))

    def set_requests(self, requests: Sequence[Request], *, keep: str = "") -> None:
        """Show these requests, newest first; `keep` is the sid of one to show even if it is gone.

        What is being read doesn't vanish under the reader, though it counts no longer.
        """
        rows = [self._row(request) for request in requests]
        rows.sort(key=lambda row: row.request.challenge.date_created, reverse=True)
        kept = self.row_of(keep)
        if kept is not None and all(self.key(row) != keep for row in rows):
            created = kept.request.challenge.date_created
            older = (
                i for i, row in enumerate(rows) if row.request.challenge.date_created < created
            )
            rows.insert(next(older, len(rows)), replace(kept, gone=True, unknown=False))
        self.set_rows(rows)
        self._words = {sid: each for sid, each in self._words.items() if self.row_of(sid)}
        self._outcomes = {sid: each for sid, each in self._outcomes.items() if self.row_of(sid)}

    def set_unknown(self, sids: Collection[str]) -> None:
        """Mark the requests whose answer's fate isn't known."""
        self._unknown = frozenset(sids)
        self.set_rows(
            [row if row.gone else self._row(row.request) for row in self.rows()],
        )

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

    def _row(self, request: Request) -> Row:
        return Row(request, unknown=request.challenge.sid in self._unknown)

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


def tag_text(status: str) -> str:
    """Return what a row says in the place of the time that is left; nothing while it waits."""
    match status:
        case "unknown":
            return translate("Inbox", "Checking answer")
        case "approved":
            return translate("Inbox", "Approved")
        case "denied":
            return translate("Inbox", "Denied")
        case "expired":
            return translate("Inbox", "Expired")
        case "gone":
            return translate("Inbox", "No longer waiting")
        case _:
            return ""
