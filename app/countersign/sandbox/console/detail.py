"""The right column: one request, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from countersign.sandbox import answers_view, deliveries, journal, render
from countersign.sandbox.console.rows import factor_names
from countersign.sandbox.console.view import CHANGE, TABS
from countersign.sandbox.models import Challenge, Delivery

if TYPE_CHECKING:
    from countersign.sandbox.answers_view import AnswerView
    from countersign.sandbox.call import Call
    from countersign.sandbox.console.view import View
    from countersign.sandbox.journal import ChallengeEvent
    from countersign.sandbox.traffic import Entry


DELIVERIES = 50
_OUTSIDE = frozenset({"device", "company", "backend"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the events. `at` is seconds since 1970, by the sandbox's clock."""

    at: float
    text: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """All that is known of a challenge."""

    body: render.Json
    account: str
    created: int
    expires: int
    tab: str
    events: list[Happening]
    answers: list[AnswerView]
    deliveries: list[render.Json]
    """What webhooks were told of it, newest first."""

    @property
    def pending(self) -> bool:
        """Whether it waits for an answer."""
        return self.body["status"] == "pending"


def detail_of(call: Call, view: View) -> Detail | None:
    """Give what a view shows on its right; None if it shows nothing or that is gone."""
    if not view.challenge:
        return None
    row = call.session.scalar(select(Challenge).where(Challenge.sid == view.challenge))
    if row is None:
        return None
    body = render.challenge(call.api, row, call.now)
    events = journal.of(call, row.sid)
    answered = [event for event in events if event.kind in {journal.ANSWERED, journal.REFUSED}]
    pending = body["status"] == "pending"
    return Detail(
        body=body,
        account=factor_names(call).get(row.factor_sid, "removed account"),
        created=row.created,
        expires=row.expires,
        tab=TABS[0] if view.tab == CHANGE and not pending else view.tab,
        events=_happenings(call, row, events, str(body["status"])),
        deliveries=_deliveries(call, row.sid),
        # Newest first: that is the one that somebody waits for.
        answers=[answers_view.view(event) for event in reversed(answered)],
    )


def _deliveries(call: Call, sid: str) -> list[render.Json]:
    query = select(Delivery).where(cast(Delivery.parameters, String).contains(sid))
    rows = call.session.scalars(query.order_by(Delivery.id.desc()).limit(DELIVERIES))
    return deliveries.render(call.session, list(rows))


def _happenings(
    call: Call, row: Challenge, events: list[ChallengeEvent], status: str
) -> list[Happening]:
    told = [Happening(event.at, event.text, event.code) for event in events]
    if status == "expired":
        told.append(Happening(row.expires, "Its time was over"))
    told += [
        Happening(entry.at, f"{entry.seen.method} by the {entry.seen.caller}: {_outcome(entry)}")
        for entry in call.sandbox.traffic.since()
        if row.sid in entry.seen.path and entry.seen.caller in _OUTSIDE
    ]
    return sorted(told, key=lambda happening: happening.at)


def _outcome(entry: Entry) -> str:
    status = str(entry.status) if entry.status else "no answer"
    return f"{status} ({entry.fault})" if entry.fault else status
