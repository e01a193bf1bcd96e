"""Resources as JSON, every field of protocol 1 in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.sandbox.dates import stamp

if TYPE_CHECKING:
    from countersign.sandbox.models import (
        AccessToken,
        Challenge,
        Entity,
        Factor,
        Notification,
        Service,
        Webhook,
    )

SIGNED: Final = (
    "sid",
    "account_sid",
    "service_sid",
    "entity_sid",
    "identity",
    "factor_sid",
    "date_created",
    "date_updated",
    "expiration_date",
    "status",
    "details",
    "hidden_details",
)
"""The fields that an answer signs, in the order of the header (protocol 5)."""

# What [OAI] has in a service besides Push; the sandbox keeps none of it.
_OTHER_CHANNELS: Final[dict[str, object]] = {
    "code_length": 6,
    "lookup_enabled": False,
    "psd2_enabled": False,
    "skip_sms_to_landlines": False,
    "dtmf_input_required": True,
    "tts_name": None,
    "do_not_share_warning_enabled": False,
    "custom_code_enabled": False,
    "totp": None,
    "default_template_sid": None,
    "whatsapp": None,
    "passkeys": None,
    "verify_event_subscription_enabled": False,
}

Json = dict[str, object]


def _dates(row: Service | Entity | Factor | Webhook) -> Json:
    return {"date_created": stamp(row.created), "date_updated": stamp(row.updated)}


def service(api: str, row: Service) -> Json:
    """Write a service."""
    url = f"{api}/Services/{row.sid}"
    return {
        "sid": row.sid,
        "account_sid": row.account_sid,
        "friendly_name": row.friendly_name,
        **_OTHER_CHANNELS,
        "push": {
            "include_date": row.include_date,
            "apn_credential_sid": row.apn_credential_sid,
            "fcm_credential_sid": row.fcm_credential_sid,
        },
        **_dates(row),
        "url": url,
        "links": {
            "entities": f"{url}/Entities",
            "access_tokens": f"{url}/AccessTokens",
            "webhooks": f"{url}/Webhooks",
        },
    }


def access_token(api: str, row: AccessToken) -> Json:
    """Write an access token, the token itself included."""
    return {
        "sid": row.sid,
        "account_sid": row.account_sid,
        "service_sid": row.service_sid,
        "entity_identity": row.identity,
        "factor_type": "push",
        "factor_friendly_name": row.factor_friendly_name,
        "token": row.token,
        "url": f"{api}/Services/{row.service_sid}/AccessTokens/{row.sid}",
        "ttl": row.ttl,
        "date_created": stamp(row.created),
    }


def _entity_url(api: str, row: Entity | Factor | Challenge) -> str:
    # An identity is letters, digits and dashes: there is nothing to escape.
    return f"{api}/Services/{row.service_sid}/Entities/{row.identity}"


def entity(api: str, row: Entity) -> Json:
    """Write an entity."""
    url = _entity_url(api, row)
    return {
        "sid": row.sid,
        "identity": row.identity,
        "account_sid": row.account_sid,
        "service_sid": row.service_sid,
        **_dates(row),
        "url": url,
        "links": {
            "factors": f"{url}/Factors",
            "new_factors": f"{url}/Factors",
            "challenges": f"{url}/Challenges",
        },
    }


def factor(api: str, row: Factor, *, for_device: bool) -> Json:
    """Write a factor. `credential_sid` is the device's business alone (protocol 5)."""
    credential = {"credential_sid": row.credential_sid} if for_device else {}
    return {
        "sid": row.sid,
        "account_sid": row.account_sid,
        "service_sid": row.service_sid,
        "entity_sid": row.entity_sid,
        "identity": row.identity,
        "friendly_name": row.friendly_name,
        "status": row.status,
        "factor_type": "push",
        "config": {**row.config, **credential},
        "metadata": row.meta,
        **_dates(row),
        "url": f"{_entity_url(api, row)}/Factors/{row.sid}",
    }


def status(row: Challenge, now: float) -> str:
    """Give a challenge's status: pending becomes expired by the clock, the answers stay."""
    return "expired" if row.status == "pending" and now >= row.expires else row.status


def challenge(api: str, row: Challenge, now: float) -> Json:
    """Write a challenge as it stands at `now`."""
    url = f"{_entity_url(api, row)}/Challenges/{row.sid}"
    return {
        "sid": row.sid,
        "account_sid": row.account_sid,
        "service_sid": row.service_sid,
        "entity_sid": row.entity_sid,
        "identity": row.identity,
        "factor_sid": row.factor_sid,
        "date_created": stamp(row.created),
        "date_updated": stamp(row.updated),
        "date_responded": None if row.responded is None else stamp(row.responded),
        "expiration_date": stamp(row.expires),
        "status": status(row, now),
        "responded_reason": "none",
        "details": row.details,
        "hidden_details": row.hidden_details,
        "metadata": row.meta,
        "factor_type": "push",
        "url": url,
        "links": {"notifications": f"{url}/Notifications"},
    }


def notification(row: Notification, of: Challenge) -> Json:
    """Write a notification; [OAI] gives it no address."""
    return {
        "sid": row.sid,
        "account_sid": row.account_sid,
        "service_sid": of.service_sid,
        "entity_sid": of.entity_sid,
        "identity": of.identity,
        "challenge_sid": of.sid,
        "priority": "high",
        "ttl": row.ttl,
        "date_created": stamp(row.created),
    }


def webhook(api: str, row: Webhook) -> Json:
    """Write a webhook."""
    return {
        "sid": row.sid,
        "service_sid": row.service_sid,
        "account_sid": row.account_sid,
        "friendly_name": row.friendly_name,
        "event_types": row.event_types,
        "status": row.status,
        "version": row.version,
        "webhook_url": row.webhook_url,
        "webhook_method": "POST",
        **_dates(row),
        "url": f"{api}/Services/{row.service_sid}/Webhooks/{row.sid}",
    }
