"""Webhooks: made and changed by the company (protocol 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from countersign.sandbox import auth, render, webhook_targets
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import Webhook
from countersign.sandbox.paging import listing
from countersign.sandbox.services import NAME_LIMIT, find_service
from countersign.sandbox.state import new_sid
from countersign.sandbox.webhook_events import EVENTS

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form

MAX_WEBHOOKS: Final = 20
"""Webhooks a service may have (our choice)."""
_CHOICES: Final = {"Status": ("enabled", "disabled"), "Version": ("v2", "v1")}


def create(call: Call) -> Reply:
    """POST …/Webhooks."""
    service = find_service(call, auth.company(call))
    form = call.form()
    row = Webhook(
        sid=new_sid("YW"),
        account_sid=service.account_sid,
        service_sid=service.sid,
        friendly_name=form.required("FriendlyName", NAME_LIMIT),
        event_types=_event_types(form),
        webhook_url=_url(form),
        status=_choice(form, "Status") or "enabled",
        version=_choice(form, "Version") or "v2",
        created=call.second,
        updated=call.second,
    )
    count = select(func.count()).where(Webhook.service_sid == service.sid)
    if (call.session.scalar(count) or 0) >= MAX_WEBHOOKS:
        raise ApiError(60330, f"A service can have {MAX_WEBHOOKS} webhooks at most")
    call.session.add(row)
    return Reply(201, render.webhook(call.api, row))


def _event_types(form: Form) -> list[str]:
    # Once each, in the order they came.
    wanted = list(dict.fromkeys(item for item in form.all("EventTypes") if item))
    if not wanted:
        raise ApiError(60306, "EventTypes is required")
    if not EVENTS.issuperset(wanted):
        raise ApiError(60306, f"EventTypes is invalid: {', '.join(sorted(EVENTS))}")
    return wanted


def _url(form: Form) -> str:
    text = form.required("WebhookUrl", webhook_targets.MAX_URL)
    try:
        webhook_targets.checked_url(text)
    except ValueError as error:
        raise ApiError(60306, "WebhookUrl is invalid: an http or https address") from error
    return text


def _choice(form: Form, name: str) -> str | None:
    value = form.get(name)
    if value is not None and value not in _CHOICES[name]:
        raise ApiError(60306, f"{name} is invalid: {' or '.join(_CHOICES[name])}")
    return value


def _find(call: Call) -> Webhook:
    service = find_service(call, auth.company(call))
    row = call.session.scalar(
        select(Webhook).where(Webhook.sid == call.path["sid"], Webhook.service_sid == service.sid)
    )
    if row is None:
        raise ApiError(20404)
    return row


def list_all(call: Call) -> Reply:
    """GET …/Webhooks."""
    service = find_service(call, auth.company(call))
    query = select(Webhook).where(Webhook.service_sid == service.sid)
    return listing(call, query, Webhook, "webhooks", lambda row: render.webhook(call.api, row))


def fetch(call: Call) -> Reply:
    """GET …/Webhooks/{sid}."""
    return Reply(200, render.webhook(call.api, _find(call)))


def update(call: Call) -> Reply:
    """POST …/Webhooks/{sid}: what is left out stays."""
    row = _find(call)
    form = call.form()
    if form.get("FriendlyName") is not None:
        row.friendly_name = form.required("FriendlyName", NAME_LIMIT)
    if form.all("EventTypes"):
        row.event_types = _event_types(form)
    if form.get("WebhookUrl") is not None:
        row.webhook_url = _url(form)
    row.status = _choice(form, "Status") or row.status
    row.version = _choice(form, "Version") or row.version
    row.updated = call.second
    return Reply(200, render.webhook(call.api, row))


def remove(call: Call) -> Reply:
    """DELETE …/Webhooks/{sid}: what isn't delivered yet will not be."""
    call.session.delete(_find(call))
    return Reply(204)
