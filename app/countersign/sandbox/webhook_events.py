"""What happened, told to every webhook that wants to hear it (protocol 3)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from countersign.sandbox import deliveries, strictjson, webhook_targets
from countersign.sandbox.models import Webhook

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.models import Challenge, Factor

EVERYTHING: Final = "*"
FACTOR_CREATED: Final = "factor.created"
FACTOR_VERIFIED: Final = "factor.verified"
FACTOR_DELETED: Final = "factor.deleted"
EVENTS: Final = frozenset(
    {
        EVERYTHING,
        FACTOR_CREATED,
        FACTOR_VERIFIED,
        FACTOR_DELETED,
        "challenge.approved",
        "challenge.denied",
    }
)


def factor(call: Call, event: str, row: Factor) -> None:
    """Tell what happened to a factor."""
    _fire(call, event, _common(row, row.sid), {"factor_type": "push"})


def answered(call: Call, row: Challenge) -> None:
    """Tell how a challenge was answered."""
    texts = {
        "challenge_details": row.details,
        "challenge_hidden_details": row.hidden_details,
        "challenge_metadata": row.meta,
    }
    more = {name: strictjson.dumps(value) for name, value in texts.items() if value is not None}
    common = _common(row, row.factor_sid) | {"challenge_sid": row.sid}
    _fire(call, f"challenge.{row.status}", common, {"factor_type": "push"} | more)


def _common(row: Factor | Challenge, factor_sid: str) -> dict[str, str]:
    return {
        "account_sid": row.account_sid,
        "service_sid": row.service_sid,
        "entity_identity": row.identity,
        "factor_sid": factor_sid,
    }


def _fire(call: Call, event: str, common: dict[str, str], since_v2: dict[str, str]) -> None:
    query = select(Webhook).where(
        Webhook.service_sid == common["service_sid"], Webhook.status == "enabled"
    )
    for webhook in call.session.scalars(query.order_by(Webhook.id)):
        if event not in webhook.event_types and EVERYTHING not in webhook.event_types:
            continue
        told = {"uuid": str(uuid.uuid4()), "type": event} | common
        deliveries.enqueue(
            call,
            webhook,
            webhook_targets.checked_url(webhook.webhook_url),
            told if webhook.version == "v1" else told | since_v2,
        )
