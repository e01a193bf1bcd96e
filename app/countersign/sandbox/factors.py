"""Factors: created by the device, seen by both (protocol 1, 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from countersign.sandbox import auth, jose, render, webhook_events
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import checked_identity
from countersign.sandbox.models import Factor, FactorCreation, Service
from countersign.sandbox.paging import listing
from countersign.sandbox.services import (
    NAME_LIMIT,
    entity_of,
    find_entity,
    find_service,
    make_entity,
)
from countersign.sandbox.state import new_sid

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form
    from countersign.sandbox.models import Entity

MAX_FACTORS = 20
MAX_CREATIONS = 100
DAY = 86_400
APP_ID_LIMIT = 100
TEXT_LIMIT = 255
MIN_TOKEN = 32
"""Characters of the shortest NotificationToken [OAI]."""
PLATFORMS = frozenset({"none", "apn", "fcm"})


@dataclass(frozen=True, slots=True)
class Binding:
    """What ties a factor to a device: the key as it came, and its DER."""

    text: str
    der: bytes


def scope(call: Call) -> Factor | None:
    """Authenticate, and give the factor if a device calls, None for the company.

    The service and the entity in the path must exist and be the caller's own; else 20404.
    """
    account_sid, device = auth.caller(call)
    if device is None:
        find_entity(call, find_service(call, account_sid))
    elif (device.service_sid, device.identity) != (call.path["service"], call.path["identity"]):
        raise ApiError(20404)
    return device


def alive(call: Call, factor_sid: str) -> Factor | None:
    """Give a factor of the path's entity, unless it is gone or forgotten."""
    return call.session.scalar(
        select(Factor).where(
            Factor.sid == factor_sid,
            Factor.service_sid == call.path["service"],
            Factor.identity == call.path["identity"],
            auth.remembered(call),
        )
    )


def _find(call: Call) -> tuple[Factor, bool]:
    device = scope(call)
    if device is not None and device.sid != call.path["sid"]:
        # A device sees itself alone.
        raise ApiError(20404)
    factor = device or alive(call, call.path["sid"])
    if factor is None:
        raise ApiError(20404)
    return factor, device is not None


def create(call: Call) -> Reply:
    """POST …/Factors by a device with an access token, which a success uses up.

    Order of errors: 20003, 20404, 60313, 60306, 60314, 60317, 60315, 60326 (our choice).
    """
    auth.credentials(call)
    service = call.session.scalar(select(Service).where(Service.sid == call.path["service"]))
    if service is None:
        raise ApiError(20404)
    token = auth.enrolling(call, service.sid, call.path["identity"])
    identity = checked_identity(call.path["identity"])
    form = call.form()
    factor, binding = _read(form)
    _forget(call)
    _check_limits(call, service, identity, binding)
    entity = entity_of(call, service.sid, identity) or make_entity(call, service, identity)
    _add(call, factor, entity)
    token.used = True
    webhook_events.factor(call, webhook_events.FACTOR_CREATED, factor)
    body = render.factor(call.api, factor, for_device=True)
    body["binding"] = {"alg": "ES256", "public_key": binding.text}
    return Reply(201, body)


def _read(form: Form) -> tuple[Factor, Binding]:
    if form.required("FactorType", NAME_LIMIT) != "push":
        raise ApiError(60306, "FactorType is invalid: push")
    name = form.required("FriendlyName", NAME_LIMIT)
    config: dict[str, str | None] = {
        "sdk_version": form.required("Config.SdkVersion", TEXT_LIMIT),
        "app_id": form.required("Config.AppId", APP_ID_LIMIT),
        **_notification(form, form.required("Config.NotificationPlatform", NAME_LIMIT)),
    }
    meta = form.strings("Metadata")
    algorithm = form.required("Binding.Alg", NAME_LIMIT)
    text = form.required("Binding.PublicKey", 1_000)
    try:
        binding = Binding(text, jose.read_public_key(text))
    except ValueError as error:
        raise ApiError(60314) from error
    if algorithm != "ES256":
        raise ApiError(60314)
    row = Factor(friendly_name=name, config=config, meta=meta, public_key=binding.der)
    return row, binding


def _notification(form: Form, platform: str) -> dict[str, str | None]:
    if platform not in PLATFORMS:
        raise ApiError(60306, "Config.NotificationPlatform is invalid: none, apn or fcm")
    token = form.text("Config.NotificationToken", TEXT_LIMIT) or None
    if (platform == "none") != (token is None):
        raise ApiError(60306, "Config.NotificationToken goes with apn and fcm, and not with none")
    if token is not None and len(token) < MIN_TOKEN:
        raise ApiError(60306, f"Config.NotificationToken is invalid: {MIN_TOKEN} to {TEXT_LIMIT}")
    return {"notification_platform": platform, "notification_token": token}


def _forget(call: Call) -> None:
    # A forgotten factor's key may be enrolled anew, so its row has to go now.
    call.session.execute(delete(Factor).where(~auth.remembered(call)))
    call.session.execute(delete(FactorCreation).where(FactorCreation.created <= call.now - DAY))


def _count(call: Call, model: type[Factor | FactorCreation], service: Service, who: str) -> int:
    same = (model.service_sid == service.sid, model.identity == who)
    return call.session.scalar(select(func.count()).select_from(model).where(*same)) or 0


def _check_limits(call: Call, service: Service, identity: str, binding: Binding) -> None:
    twin = select(Factor.id).where(
        Factor.service_sid == service.sid, Factor.public_key == binding.der
    )
    if call.session.scalar(twin) is not None:
        raise ApiError(60317)
    if _count(call, Factor, service, identity) >= MAX_FACTORS:
        raise ApiError(60315)
    if _count(call, FactorCreation, service, identity) >= MAX_CREATIONS:
        raise ApiError(60326)


def _add(call: Call, factor: Factor, entity: Entity) -> None:
    factor.sid = new_sid("YF")
    factor.account_sid = entity.account_sid
    factor.service_sid = entity.service_sid
    factor.identity = entity.identity
    factor.entity_sid = entity.sid
    factor.status = "unverified"
    factor.credential_sid = new_sid("CR")
    factor.created = factor.updated = call.second
    creation = FactorCreation(
        service_sid=entity.service_sid, identity=entity.identity, created=call.now
    )
    call.session.add_all((factor, creation))


def list_all(call: Call) -> Reply:
    """GET …/Factors, for the company; a device gets 20003."""
    account_sid = auth.company(call)
    entity = find_entity(call, find_service(call, account_sid))
    query = select(Factor).where(Factor.entity_sid == entity.sid, auth.remembered(call))
    return listing(
        call, query, Factor, "factors", lambda row: render.factor(call.api, row, for_device=False)
    )


def fetch(call: Call) -> Reply:
    """GET …/Factors/{sid}."""
    factor, for_device = _find(call)
    return Reply(200, render.factor(call.api, factor, for_device=for_device))


def update(call: Call) -> Reply:
    """POST …/Factors/{sid}: new names and settings, and with AuthPayload the verification."""
    factor, for_device = _find(call)
    form = call.form()
    if form.get("FriendlyName") is not None:
        factor.friendly_name = form.required("FriendlyName", NAME_LIMIT)
    factor.config = _new_config(form, factor.config)
    if form.get("AuthPayload") is not None:
        _verify(call, factor, form.required("AuthPayload", 1_000))
    factor.updated = call.second
    return Reply(200, render.factor(call.api, factor, for_device=for_device))


def _new_config(form: Form, old: dict[str, str | None]) -> dict[str, str | None]:
    config = dict(old)
    if form.get("Config.SdkVersion") is not None:
        config["sdk_version"] = form.required("Config.SdkVersion", TEXT_LIMIT)
    if form.get("Config.AppId") is not None:
        config["app_id"] = form.required("Config.AppId", APP_ID_LIMIT)
    platform = form.get("Config.NotificationPlatform")
    if platform is not None:
        config |= _notification(form, platform)
    elif form.get("Config.NotificationToken"):
        config |= _notification(form, config["notification_platform"] or "none")
    return config


def _verify(call: Call, factor: Factor, payload: str) -> None:
    try:
        signature = jose.decode_standard(payload)
    except ValueError as error:
        raise ApiError(60306, "AuthPayload is invalid: standard base64") from error
    if not jose.verify_der(factor.public_key, factor.sid.encode(), signature):
        raise ApiError(60311)
    if factor.status != "verified":
        factor.status = "verified"
        webhook_events.factor(call, webhook_events.FACTOR_VERIFIED, factor)


def remove(call: Call) -> Reply:
    """DELETE …/Factors/{sid}. Its challenges stay readable to the company (our choice)."""
    factor, _ = _find(call)
    webhook_events.factor(call, webhook_events.FACTOR_DELETED, factor)
    call.session.delete(factor)
    return Reply(204)
