"""Services, access tokens and entities: the company's side (protocol 1)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from countersign.sandbox import auth, jose, render, webhook_events
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import checked_identity, is_sid
from countersign.sandbox.models import AccessToken, Entity, Factor, Service
from countersign.sandbox.paging import listing
from countersign.sandbox.state import make_service, new_sid

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form

NAME_LIMIT = 64
SERVICE_NAME_LIMIT = 32
MIN_TTL, MAX_TTL = 60, 300


def find_service(call: Call, account_sid: str) -> Service:
    """Give the service in the path, if it is the account's; else 20404."""
    service = call.session.scalar(
        select(Service).where(
            Service.sid == call.path["service"], Service.account_sid == account_sid
        )
    )
    if service is None:
        raise ApiError(20404)
    return service


def find_entity(call: Call, service: Service) -> Entity:
    """Give the entity in the path; else 20404."""
    entity = entity_of(call, service.sid, call.path["identity"])
    if entity is None:
        raise ApiError(20404)
    return entity


def entity_of(call: Call, service_sid: str, identity: str) -> Entity | None:
    """Give the entity of that identity, if there is one."""
    return call.session.scalar(
        select(Entity).where(Entity.service_sid == service_sid, Entity.identity == identity)
    )


def _apply(service: Service, form: Form) -> None:
    include_date = form.boolean("Push.IncludeDate")
    if include_date is not None:
        service.include_date = include_date
    for name in ("apn_credential_sid", "fcm_credential_sid"):
        parameter = "Push.ApnCredentialSid" if name.startswith("apn") else "Push.FcmCredentialSid"
        value = form.get(parameter)
        if value is None:
            continue
        if value and not is_sid(value, "CR"):
            raise ApiError(60306, f"{parameter} is invalid")
        setattr(service, name, value or None)


def create_service(call: Call) -> Reply:
    """POST /Services."""
    account_sid = auth.company(call)
    form = call.form()
    name = form.required("FriendlyName", SERVICE_NAME_LIMIT)
    service = make_service(account_sid, name, call.second)
    _apply(service, form)
    call.session.add(service)
    return Reply(201, render.service(call.api, service))


def list_services(call: Call) -> Reply:
    """GET /Services."""
    account_sid = auth.company(call)
    query = select(Service).where(Service.account_sid == account_sid)
    return listing(call, query, Service, "services", lambda row: render.service(call.api, row))


def fetch_service(call: Call) -> Reply:
    """GET /Services/{sid}."""
    return Reply(200, render.service(call.api, find_service(call, auth.company(call))))


def update_service(call: Call) -> Reply:
    """POST /Services/{sid}."""
    service = find_service(call, auth.company(call))
    form = call.form()
    if form.get("FriendlyName") is not None:
        service.friendly_name = form.required("FriendlyName", SERVICE_NAME_LIMIT)
    _apply(service, form)
    service.updated = call.second
    return Reply(200, render.service(call.api, service))


def delete_service(call: Call) -> Reply:
    """DELETE /Services/{sid}: with all that hangs under it."""
    call.session.delete(find_service(call, auth.company(call)))
    return Reply(204)


def create_access_token(call: Call) -> Reply:
    """POST …/AccessTokens."""
    service = find_service(call, auth.company(call))
    return Reply(201, render.access_token(call.api, issue_token(call, service, call.form())))


def issue_token(call: Call, service: Service, form: Form) -> AccessToken:
    """Make an access token; a missing or bad parameter is 60305, a malformed identity 60306."""
    identity = checked_identity(form.required("Identity", 1_000, code=60305))
    if form.required("FactorType", NAME_LIMIT, code=60305) != "push":
        raise ApiError(60305, "FactorType is invalid: push")
    ttl = form.integer("Ttl", MIN_TTL, MAX_TTL, code=60305) or MIN_TTL
    token = AccessToken(
        sid=new_sid("YK"),
        account_sid=service.account_sid,
        service_sid=service.sid,
        identity=identity,
        factor_friendly_name=form.text("FactorFriendlyName", NAME_LIMIT, code=60305),
        token=_opaque_token(),
        ttl=ttl,
        created=call.second,
        updated=call.second,
        expires=call.now + ttl,
        used=False,
    )
    call.session.add(token)
    return token


def _opaque_token() -> str:
    # Five parts, as the encrypted token of the real service has; nobody can or need look inside.
    header = jose.encode_url(b'{"alg":"A256KW","enc":"A256GCM"}')
    return ".".join([header, *(jose.encode_url(secrets.token_bytes(n)) for n in (40, 12, 96, 16))])


def fetch_access_token(call: Call) -> Reply:
    """GET …/AccessTokens/{sid}."""
    service = find_service(call, auth.company(call))
    token = call.session.scalar(
        select(AccessToken).where(
            AccessToken.sid == call.path["sid"], AccessToken.service_sid == service.sid
        )
    )
    if token is None:
        raise ApiError(20404)
    return Reply(200, render.access_token(call.api, token))


def create_entity(call: Call) -> Reply:
    """POST …/Entities; an identity that exists is 60301."""
    service = find_service(call, auth.company(call))
    identity = checked_identity(call.form().required("Identity", 1_000))
    if entity_of(call, service.sid, identity) is not None:
        raise ApiError(60301)
    return Reply(201, render.entity(call.api, make_entity(call, service, identity)))


def make_entity(call: Call, service: Service, identity: str) -> Entity:
    """Add an entity that isn't there yet."""
    entity = Entity(
        sid=new_sid("YE"),
        account_sid=service.account_sid,
        service_sid=service.sid,
        identity=identity,
        created=call.second,
        updated=call.second,
    )
    call.session.add(entity)
    call.session.flush()
    return entity


def list_entities(call: Call) -> Reply:
    """GET …/Entities."""
    service = find_service(call, auth.company(call))
    query = select(Entity).where(Entity.service_sid == service.sid)
    return listing(call, query, Entity, "entities", lambda row: render.entity(call.api, row))


def fetch_entity(call: Call) -> Reply:
    """GET …/Entities/{identity}."""
    entity = find_entity(call, find_service(call, auth.company(call)))
    return Reply(200, render.entity(call.api, entity))


def delete_entity(call: Call) -> Reply:
    """DELETE …/Entities/{identity}: with its factors and challenges."""
    entity = find_entity(call, find_service(call, auth.company(call)))
    query = select(Factor).where(Factor.entity_sid == entity.sid, auth.remembered(call))
    for factor in call.session.scalars(query.order_by(Factor.id)):
        webhook_events.factor(call, webhook_events.FACTOR_DELETED, factor)
    call.session.delete(entity)
    return Reply(204)
