"""Deliveries in the database: what waits, what became of it, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, event, func, select, update

from countersign.sandbox.dates import stamp
from countersign.sandbox.models import Account, Delivery, DeliveryAttempt, Webhook

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from countersign.sandbox.call import Call

PENDING, DELIVERED, FAILED, CANCELLED = "pending", "delivered", "failed", "cancelled"
STATES: Final = frozenset({PENDING, DELIVERED, FAILED, CANCELLED})
RETRY_AFTER: Final = (2.0, 10.0, 60.0, 300.0)
"""Seconds between attempts, by the sandbox's clock; then it is given up (our choice)."""
LEASE: Final = 30.0
"""Seconds for which whoever sends a delivery has it to itself.

Several processes may share a database; and one that is killed in the middle leaves its own to the
next one after that time.
"""
MAX_PENDING: Final = 1_000
KEPT: Final = 2_000
"""Deliveries in the log, about: older ones that are done are forgotten."""
_LOOKED_AT: Final = 100
_SUCCESS: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Job:
    """One attempt to make."""

    id: int
    webhook_sid: str
    url: str
    parameters: dict[str, str]
    auth_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: a status and the beginning of the answer, or an error."""

    took_ms: int
    status: int | None = None
    body: str | None = None
    error: str | None = None
    final: bool = False
    """Trying again would change nothing."""

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status in _SUCCESS


def enqueue(
    call: Call,
    webhook: Webhook,
    url: str,
    parameters: dict[str, str],
    *,
    redelivery_of: int | None = None,
) -> Delivery:
    """Put an event in the queue; the worker hears of it when the transaction is committed."""
    session = call.session
    count = select(func.count()).where(Delivery.state == PENDING)
    full = (session.scalar(count) or 0) >= MAX_PENDING
    row = Delivery(
        uuid=parameters["uuid"],
        event=parameters["type"],
        account_sid=webhook.account_sid,
        service_sid=webhook.service_sid,
        webhook_sid=webhook.sid,
        url=url,
        parameters=parameters,
        state=FAILED if full else PENDING,
        attempted=0,
        reason=f"More than {MAX_PENDING} deliveries were waiting" if full else None,
        created=call.now,
        next_at=None if full else call.now,
        redelivery_of=redelivery_of,
    )
    session.add(row)
    session.flush()
    old = (Delivery.id <= row.id - KEPT, Delivery.state != PENDING)
    session.execute(delete(Delivery).where(*old))
    wake = call.sandbox.deliveries.wake
    event.listen(session, "after_commit", lambda _: wake(), once=True)
    return row


def claim(
    session: Session, now: float, busy: Collection[str], most: int
) -> tuple[list[Job], float | None]:
    """Take what is to be sent now, one for each webhook that isn't busy.

    Also gives the seconds until there is more; None if nothing else waits. What no webhook wants
    any more is cancelled on the way.
    """
    query = select(Delivery).where(Delivery.state == PENDING, Delivery.webhook_sid.not_in(busy))
    query = query.order_by(Delivery.next_at, Delivery.id).limit(_LOOKED_AT)
    jobs: dict[str, Job] = {}
    waits = []
    for row in session.scalars(query):
        wait = (row.next_at or 0) - now
        # Longer than any back-off: the clock was put back meanwhile.
        if 0 < wait <= RETRY_AFTER[-1]:
            waits.append(wait)
        elif row.webhook_sid not in jobs and len(jobs) < most and _wanted(session, row):
            jobs[row.webhook_sid] = _job(session, row)
            row.next_at = now + LEASE
    return list(jobs.values()), min(waits, default=None)


def cancelled(session: Session) -> int:
    """Return how many were cancelled so far."""
    query = select(func.count()).select_from(Delivery).where(Delivery.state == CANCELLED)
    return session.scalar(query) or 0


def _wanted(session: Session, row: Delivery) -> bool:
    status = session.scalar(select(Webhook.status).where(Webhook.sid == row.webhook_sid))
    # Redelivered by hand is wanted by hand.
    if status == "enabled" or (status is not None and row.redelivery_of is not None):
        return True
    row.state, row.next_at = CANCELLED, None
    row.reason = f"The webhook was {'deleted' if status is None else 'disabled'}"
    return False


def _job(session: Session, row: Delivery) -> Job:
    token = session.scalar(select(Account.auth_token).where(Account.sid == row.account_sid))
    return Job(row.id, row.webhook_sid, row.url, row.parameters, token or "")


def release(session: Session, jobs: Collection[Job], now: float) -> None:
    """Give back what was claimed and won't be sent."""
    mine = (Delivery.id.in_([job.id for job in jobs]), Delivery.state == PENDING)
    session.execute(update(Delivery).where(*mine).values(next_at=now))


def record(session: Session, job: Job, outcome: Outcome, now: float) -> None:
    """Write down an attempt, and when the next one is due. A reset may have forgotten it all."""
    row = session.get(Delivery, job.id)
    if row is None:
        return
    row.attempted += 1
    session.add(
        DeliveryAttempt(
            delivery_id=row.id,
            number=row.attempted,
            at=now,
            took_ms=outcome.took_ms,
            status=outcome.status,
            body=outcome.body,
            error=outcome.error,
        )
    )
    if not outcome.delivered and not outcome.final and row.attempted <= len(RETRY_AFTER):
        row.next_at = now + RETRY_AFTER[row.attempted - 1]
        return
    row.next_at = None
    row.state = DELIVERED if outcome.delivered else FAILED
    row.reason = None if outcome.delivered else outcome.error or f"HTTP {outcome.status}"


def render(session: Session, rows: list[Delivery]) -> list[dict[str, object]]:
    """Write deliveries with their attempts, oldest attempt first."""
    query = select(DeliveryAttempt).where(DeliveryAttempt.delivery_id.in_([row.id for row in rows]))
    attempts: dict[int, list[dict[str, object]]] = {row.id: [] for row in rows}
    for attempt in session.scalars(query.order_by(DeliveryAttempt.id)):
        attempts[attempt.delivery_id].append(
            {
                "number": attempt.number,
                "date": stamp(int(attempt.at)),
                "took_ms": attempt.took_ms,
                "status": attempt.status,
                "body": attempt.body,
                "error": attempt.error,
            }
        )
    return [_json(row) | {"attempts": attempts[row.id]} for row in rows]


def _json(row: Delivery) -> dict[str, object]:
    return {
        "id": row.id,
        "uuid": row.uuid,
        "event": row.event,
        "service_sid": row.service_sid,
        "webhook_sid": row.webhook_sid,
        "url": row.url,
        "parameters": row.parameters,
        "state": row.state,
        "reason": row.reason,
        "date_created": stamp(int(row.created)),
        "next_attempt": None if row.next_at is None else stamp(int(row.next_at)),
        "redelivery_of": row.redelivery_of,
    }
