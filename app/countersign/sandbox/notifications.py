"""Notifications: a company asks that a challenge's device be woken again (protocol 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from countersign.sandbox import auth, challenges, render
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.factors import alive
from countersign.sandbox.models import Notification
from countersign.sandbox.services import find_entity, find_service
from countersign.sandbox.state import new_sid

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.models import Challenge

MAX_TTL: Final = 300
MAX_NOTIFICATIONS: Final = 3


def create(call: Call) -> Reply:
    """POST …/Challenges/{sid}/Notifications. Nothing is sent anywhere; it is counted.

    Order of errors: 20003, 20404, 60306 (Ttl), 60307, 60323, 60322, 60309 (our choice).
    """
    find_entity(call, find_service(call, auth.company(call)))
    challenge = challenges.find(call)
    ttl = call.form().integer("Ttl", 0, MAX_TTL, code=60306)
    _check(call, challenge)
    row = Notification(
        sid=new_sid("NT"),
        account_sid=challenge.account_sid,
        challenge_sid=challenge.sid,
        ttl=MAX_TTL if ttl is None else ttl,  # 0 is a value: try once, keep nothing
        created=call.second,
        updated=call.second,
    )
    call.session.add(row)
    return Reply(201, render.notification(row, challenge))


def _check(call: Call, challenge: Challenge) -> None:
    factor = alive(call, challenge.factor_sid)
    if factor is None:
        raise ApiError(20404, "The factor was not found")
    if factor.config["notification_platform"] == "none":
        raise ApiError(60307)
    if call.now >= challenge.expires:
        raise ApiError(60323)
    if challenge.status != "pending":
        raise ApiError(60322)
    count = select(func.count()).where(Notification.challenge_sid == challenge.sid)
    if (call.session.scalar(count) or 0) >= MAX_NOTIFICATIONS:
        raise ApiError(60309)
