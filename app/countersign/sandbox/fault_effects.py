"""What each kind of fault does to a request and its answer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from countersign.sandbox import journal
from countersign.sandbox.errors import ApiError
from countersign.sandbox.fault_kinds import Kind
from countersign.sandbox.models import Challenge
from countersign.sandbox.wire import Ending

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from countersign.sandbox.call import Call, Refusal
    from countersign.sandbox.faults import Fault
    from countersign.sandbox.wire import Note

_REFUSALS: Final = {
    Kind.UNAUTHORIZED: (401, 20003, "Authenticate"),
    Kind.NOT_FOUND: (404, 20404, "The requested resource was not found"),
    Kind.CONFLICT: (409, 20409, "Conflict"),
    Kind.RATE_LIMITED: (429, 20429, "Too many requests"),
    Kind.SERVER_ERROR: (500, 20500, "Internal server error"),
    Kind.UNAVAILABLE: (503, 20503, "Service unavailable"),
    Kind.EXPIRED_TOKEN: (403, 60313, "The access token has expired"),
}
_RETRY_AFTER: Final = frozenset({Kind.RATE_LIMITED, Kind.UNAVAILABLE})
_SIGNATURE_FIELDS: Final = "Twilio-Verify-Signature-Fields"
_MARK: Final = re.compile(r" \(changed(?: (\d{1,6}))?\)$")
_ROOM: Final = 240
"""Characters of a message that leave room for the mark of a change."""


class InjectedError(ApiError):
    """A refusal that nothing but a fault causes; its code need not be in the catalogue."""

    def __init__(self, status: int, code: int, message: str) -> None:
        Exception.__init__(self, message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the dispatcher sees it, for a fault to act on."""

    note: Note
    refusal: Refusal
    """Words a refusal as the called endpoint does."""
    work: Callable[[], Response]
    """Does what was asked and commits it."""
    alter: Callable[[Callable[[Call], None]], None]
    """Runs something in a transaction of its own."""
    now: float


def spoil(fault: Fault, exchange: Exchange) -> Response:
    """Answer a request that a fault hits."""
    effect = _EFFECTS.get(fault.kind)
    if effect is not None:
        return effect(exchange)
    return _refused(fault, exchange, InjectedError(*_REFUSALS[fault.kind]))


def _refused(fault: Fault, exchange: Exchange, error: InjectedError) -> Response:
    reply = exchange.refusal(error)
    if fault.kind in _RETRY_AFTER:
        reply.headers["Retry-After"] = str(max(0, math.ceil(fault.amount)))
    if fault.kind is Kind.UNAUTHORIZED:
        exchange.note.date = exchange.now + fault.amount
    return reply.response()


def _drop_before(exchange: Exchange) -> Response:
    exchange.note.ending = Ending.NOTHING
    return exchange.refusal(InjectedError(503, 20503, "Never sent")).response()


def _drop_after(exchange: Exchange) -> Response:
    response = exchange.work()
    exchange.note.ending = Ending.NOTHING
    return response


def _truncated(exchange: Exchange) -> Response:
    response = exchange.work()
    exchange.note.ending = Ending.HALF
    return response


def _malformed(exchange: Exchange) -> Response:
    response = exchange.work()
    response.body = bytes(response.body)[: max(1, len(response.body) // 2)]
    response.headers["Content-Length"] = str(len(response.body))
    return response


def _no_signature_fields(exchange: Exchange) -> Response:
    response = exchange.work()
    if _SIGNATURE_FIELDS in response.headers:
        del response.headers[_SIGNATURE_FIELDS]
    return response


def _changed(exchange: Exchange) -> Response:
    response = exchange.work()
    exchange.alter(change)
    return response


def _copied_key(exchange: Exchange) -> Response:
    exchange.alter(answer_as_someone_else)
    return exchange.work()


_EFFECTS: Final[dict[Kind, Callable[[Exchange], Response]]] = {
    Kind.DROP_BEFORE: _drop_before,
    Kind.DROP_AFTER: _drop_after,
    Kind.TRUNCATED: _truncated,
    Kind.MALFORMED: _malformed,
    Kind.NO_SIGNATURE_FIELDS: _no_signature_fields,
    Kind.CHANGED: _changed,
    Kind.COPIED_KEY: _copied_key,
}


def change(call: Call) -> None:
    """Change what a pending challenge asks: its message says so and how often."""
    row = _pending(call)
    if row is None:
        return
    old = str(row.details["message"])
    mark = _MARK.search(old)
    times = int(mark[1] or 1) + 1 if mark else 1
    words = _MARK.sub("", old)[:_ROOM] + (f" (changed {times})" if times > 1 else " (changed)")
    row.details = {**row.details, "message": words}
    row.updated = call.second
    journal.steered(call, row, f"Changed by a fault after it was shown; it said: {old}")


def answer_as_someone_else(call: Call) -> None:
    """Approve a pending challenge as somebody with a copy of the key would."""
    row = _pending(call)
    if row is None:
        return
    row.status = "approved"
    row.responded = row.updated = call.second
    journal.steered(call, row, "Approved by a fault: somebody with a copy of the key was faster")


def _pending(call: Call) -> Challenge | None:
    query = select(Challenge).where(
        Challenge.sid == call.path.get("sid", ""),
        Challenge.status == "pending",
        Challenge.expires > call.now,
    )
    return call.session.scalar(query.with_for_update())
