"""The control calls over what webhooks were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from countersign.sandbox import deliveries, jsonbody, webhook_targets
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import Delivery, Webhook

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Handler

SHOWN = 100
MAX_SHOWN = 1_000
_DIGITS = 18  # of the largest id that every database can compare


def list_all(call: Call) -> Reply:
    """GET /control/deliveries, newest first.

    Takes webhook_sid, event, state, and limit: 1 to 1000, 100 if left out.
    """
    query = select(Delivery).order_by(Delivery.id.desc())
    for name in ("webhook_sid", "event", "state"):
        wanted = call.query.text(name, 64)
        if wanted is not None:
            query = query.where(getattr(Delivery, name) == wanted)
    limit = call.query.integer("limit", 1, MAX_SHOWN, code=60306) or SHOWN
    rows = list(call.session.scalars(query.limit(limit)))
    return Reply(200, {"deliveries": deliveries.render(call.session, rows)})


def _find(call: Call) -> Delivery:
    text = call.path["id"]
    digits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    row = call.session.get(Delivery, int(text)) if digits else None
    if row is None:
        raise ApiError(20404, "The delivery was not found")
    return row


def fetch(call: Call) -> Reply:
    """GET /control/deliveries/{id}."""
    return Reply(200, deliveries.render(call.session, [_find(call)])[0])


def redeliver(call: Call) -> Reply:
    """POST /control/deliveries/{id}/redeliver: send it again, to where its webhook points now."""
    jsonbody.permit(call)
    old = _find(call)
    webhook = call.session.scalar(select(Webhook).where(Webhook.sid == old.webhook_sid))
    if webhook is None:
        raise ApiError(20404, "The webhook was deleted")
    url = webhook_targets.checked_url(webhook.webhook_url)
    row = deliveries.enqueue(call, webhook, url, old.parameters, redelivery_of=old.id)
    return Reply(201, deliveries.render(call.session, [row])[0])


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/control/deliveries", list_all),
    ("GET", "/control/deliveries/{id}", fetch),
    ("POST", "/control/deliveries/{id}/redeliver", redeliver),
)
