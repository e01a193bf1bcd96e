"""Challenges: made by the company, read and answered by the one device they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from countersign.sandbox import (
    answers,
    auth,
    dates,
    journal,
    render,
    strictjson,
    webhook_events,
)
from countersign.sandbox.call import Reply, refuse
from countersign.sandbox.errors import ApiError
from countersign.sandbox.factors import alive, scope
from countersign.sandbox.forms import is_sid
from countersign.sandbox.models import Challenge
from countersign.sandbox.paging import listing
from countersign.sandbox.services import find_entity, find_service
from countersign.sandbox.state import new_sid

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form
    from countersign.sandbox.models import Entity, Factor, Service

MESSAGE_LIMIT = 256
MAX_FIELDS = 20
LABEL_LIMIT, VALUE_LIMIT = 36, 128
DEFAULT_LIFE, MAX_LIFE = 300, 3_600
"""Seconds until a challenge expires."""
SIGNATURE_FIELDS = "Twilio-Verify-Signature-Fields"


def create(call: Call) -> Reply:
    """POST …/Challenges by the company."""
    service = find_service(call, auth.company(call))
    entity = find_entity(call, service)
    challenge = send(call, service, entity, call.form())
    return Reply(201, render.challenge(call.api, challenge, call.now))


def send(call: Call, service: Service, entity: Entity, form: Form) -> Challenge:
    """Make a challenge from the parameters of [OAI].

    Order of errors: 60306 (FactorSid), 20404, 60318, 60306 (the rest).
    """
    factor_sid = form.required("FactorSid", 64)
    if not is_sid(factor_sid, "YF"):
        raise ApiError(60306, "FactorSid is invalid")
    factor = alive(call, factor_sid)
    if factor is None:
        raise ApiError(20404, "The factor was not found")
    if factor.status != "verified":
        raise ApiError(60318)
    details = details_of(form)
    if service.include_date:
        # Left out otherwise, and never null: Android can't read that (protocol 0.2).
        details["date"] = dates.stamp(call.second)
    challenge = _row(call, factor, entity)
    challenge.details = details
    challenge.hidden_details = form.strings("HiddenDetails")
    challenge.expires = _expires(call, form)
    if call.sandbox.settings.strict_authpayload:
        answers.check_answerable(call, challenge)
    call.session.add(challenge)
    journal.sent(call, challenge)
    return challenge


def _row(call: Call, factor: Factor, entity: Entity) -> Challenge:
    return Challenge(
        sid=new_sid("YC"),
        account_sid=entity.account_sid,
        service_sid=entity.service_sid,
        entity_sid=entity.sid,
        identity=entity.identity,
        factor_sid=factor.sid,
        meta=None,
        status="pending",
        responded=None,
        created=call.second,
        updated=call.second,
    )


def details_of(form: Form) -> dict[str, object]:
    """Read message and fields, without a date; what [OAI] doesn't allow is 60306."""
    message = form.get("Details.Message")
    if not message or len(message) > MESSAGE_LIMIT or "\0" in message:
        raise ApiError(60306, f"Details.Message is invalid: 1 to {MESSAGE_LIMIT} characters")
    fields = [item for text in form.all("Details.Fields") if text for item in _items(text)]
    if len(fields) > MAX_FIELDS:
        raise ApiError(60306, f"Details.Fields is invalid: up to {MAX_FIELDS}")
    return {"message": message, "fields": [_field(item) for item in fields]}


def _items(text: str) -> list[object]:
    # The server SDKs repeat the parameter, others send one array.
    try:
        value = strictjson.loads(text)
    except ValueError as error:
        raise ApiError(60306, "Details.Fields is invalid: JSON") from error
    return value if isinstance(value, list) else [value]


def _field(item: object) -> dict[str, str]:
    if not isinstance(item, dict) or item.keys() != {"label", "value"}:
        raise ApiError(60306, "Details.Fields is invalid: objects with label and value")
    label, value = item["label"], item["value"]
    if not (isinstance(label, str) and isinstance(value, str)):
        raise ApiError(60306, "Details.Fields is invalid: label and value are strings")
    if len(label) > LABEL_LIMIT or len(value) > VALUE_LIMIT:
        raise ApiError(
            60306,
            f"Details.Fields is invalid: label up to {LABEL_LIMIT} characters, value {VALUE_LIMIT}",
        )
    return {"label": label, "value": value}


def _expires(call: Call, form: Form) -> int:
    text = form.get("ExpirationDate")
    if not text:
        return call.second + DEFAULT_LIFE
    try:
        moment = dates.read(text)
    except ValueError as error:
        raise ApiError(60306, "ExpirationDate is invalid: YYYY-MM-DDTHH:MM:SSZ") from error
    if not call.second < moment <= call.second + MAX_LIFE:
        raise ApiError(60306, f"ExpirationDate is invalid: up to {MAX_LIFE} seconds ahead")
    return moment


def find(call: Call, device: Factor | None = None) -> Challenge:
    """Give the challenge in the path, if it is the device's own; else 20404."""
    query = select(Challenge).where(
        Challenge.sid == call.path["sid"],
        Challenge.service_sid == call.path["service"],
        Challenge.identity == call.path["identity"],
    )
    if device is not None:
        query = query.where(Challenge.factor_sid == device.sid)
    # Of two answers at once the second waits here, and then sees the first.
    challenge = call.session.scalar(query.with_for_update() if call.method == "POST" else query)
    if challenge is None:
        raise ApiError(20404)
    return challenge


def fetch(call: Call) -> Reply:
    """GET …/Challenges/{sid}; for its device with the names of the fields to sign."""
    device = scope(call)
    challenge = find(call, device)
    headers = {} if device is None else {SIGNATURE_FIELDS: ",".join(render.SIGNED)}
    return Reply(200, render.challenge(call.api, challenge, call.now), headers)


def list_all(call: Call) -> Reply:
    """GET …/Challenges, filtered by FactorSid and Status; a device gets its own alone."""
    device = scope(call)
    wanted = call.query.get("FactorSid")
    if wanted is not None and not is_sid(wanted, "YF"):
        raise ApiError(60306, "FactorSid is invalid")
    if device is not None and wanted not in {None, device.sid}:
        raise ApiError(20404)
    query = select(Challenge).where(
        Challenge.service_sid == call.path["service"], Challenge.identity == call.path["identity"]
    )
    factor_sid = device.sid if device is not None else wanted
    if factor_sid is not None:
        query = query.where(Challenge.factor_sid == factor_sid)
    wanted_status = call.query.get("Status")
    if wanted_status is not None:
        query = query.where(_has_status(wanted_status, call.now))
    order = call.query.get("Order")
    if order not in {None, "asc", "desc"}:
        raise ApiError(60306, "Order is invalid: asc or desc")
    return listing(
        call,
        query,
        Challenge,
        "challenges",
        lambda row: render.challenge(call.api, row, call.now),
        descending=order == "desc",
    )


def _has_status(status: str, now: float) -> ColumnElement[bool]:
    match status:
        case "pending":
            return and_(Challenge.status == "pending", Challenge.expires > now)
        case "expired":
            return and_(Challenge.status == "pending", Challenge.expires <= now)
        case "approved" | "denied":
            return Challenge.status == status
        case _:
            raise ApiError(60306, "Status is invalid: pending, approved, denied or expired")


def update(call: Call) -> Reply:
    """POST …/Challenges/{sid}: a device's answer, or Metadata alone by either caller."""
    device = scope(call)
    challenge = find(call, device)
    form = call.form()
    if form.get("AuthPayload") is None and form.get("Metadata") is not None:
        challenge.meta = form.strings("Metadata")
        challenge.updated = call.second
    elif device is None:
        # Approve and deny are the device's alone (protocol 5).
        raise ApiError(20003)
    else:
        refused = answers.decide(call, challenge, device, form)
        if refused is not None:
            return refuse(refused)  # returned, not raised: that it was refused is to be kept
        webhook_events.answered(call, challenge)
    return Reply(200, render.challenge(call.api, challenge, call.now))
