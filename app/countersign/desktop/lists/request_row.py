"""What a row of the inbox holds, and what its card shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from countersign.device.inbox import Request

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list; `gone` where it no longer waits and is only still being read.

    `text` is what a search looks through, made ready when the request comes: thousands of them
    are then searched between two key presses.
    """

    request: Request
    unknown: bool = False
    gone: bool = False
    text: str = field(default="", compare=False)


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


def age_of(row: Row) -> float:
    """Return a number that is higher, the older a request is."""
    return -row.request.challenge.date_created.timestamp()


def text_of(request: Request) -> str:
    """Return a request's words as they are searched: as they came, whatever case they are in."""
    challenge = request.challenge
    parts = [challenge.message, request.account.label]
    for one in challenge.fields:
        parts += (one.label, one.value)
    return "\n".join(parts).casefold()


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
