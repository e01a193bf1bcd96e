"""Services, access tokens, entities, factors and webhooks, each verb of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.sandbox.conformance.python.sdk import NOW, is_sid, told, whole

if TYPE_CHECKING:
    from tests.sandbox.conformance.python.sdk import Sdk, Typed
    from tests.sandbox.world import Device, World

APN, FCM = "CR" + "a" * 32, "CR" + "b" * 32
LATER = timedelta(seconds=90)
USER = "0b8f0a52-user"


def gone(context: Typed) -> bool:
    """Whether a fetch finds nothing any more."""
    with pytest.raises(TwilioRestException) as refused:
        context.fetch()
    return bool((refused.value.status, refused.value.code) == (404, 20404))


def test_a_service_from_its_creation_to_its_end(world: World, sdk: Sdk) -> None:
    made = sdk.services.create(
        friendly_name="Bank",
        push_include_date=True,
        push_apn_credential_sid=APN,
        push_fcm_credential_sid=FCM,
    )
    assert sdk.answers[-1].status_code == 201
    attributes = whole(sdk, made)
    sid = made.sid
    assert is_sid("VA", sid)
    assert (made.account_sid, made.friendly_name) == (world.ready.account_sid, "Bank")
    assert made.push == {
        "include_date": True,
        "apn_credential_sid": APN,
        "fcm_credential_sid": FCM,
    }
    assert (made.date_created, made.date_updated) == (NOW, NOW)
    assert made.code_length == 6
    assert made.url == f"{world.ready.api_url}/Services/{sid}"
    assert made.links["entities"] == f"{made.url}/Entities"
    assert told(sdk.services(sid).fetch()) == attributes
    world.move(90)
    renamed = made.update(friendly_name="Other bank", push_include_date=False)
    assert (renamed.friendly_name, renamed.push["include_date"]) == ("Other bank", False)
    assert renamed.push["apn_credential_sid"] == APN
    assert (renamed.date_created, renamed.date_updated) == (NOW, NOW + LATER)
    assert [item.sid for item in sdk.services.list()] == [world.ready.service_sid, sid]
    assert renamed.delete() is True
    assert sdk.answers[-1].status_code == 204
    assert gone(sdk.services(sid))


def test_an_access_token(world: World, sdk: Sdk) -> None:
    tokens = sdk.service.access_tokens
    plain = tokens.create(identity=USER, factor_type="push")
    whole(sdk, plain)
    assert (plain.ttl, plain.factor_friendly_name) == (60, None)
    made = tokens.create(identity=USER, factor_type="push", factor_friendly_name="Laptop", ttl=300)
    assert sdk.answers[-1].status_code == 201
    attributes = whole(sdk, made)
    assert is_sid("YK", made.sid)
    assert made.token.count(".") == 4
    assert (made.ttl, made.date_created) == (300, NOW)
    assert (made.entity_identity, made.factor_type) == (USER, "push")
    assert made.factor_friendly_name == "Laptop"
    assert (made.account_sid, made.service_sid) == (
        world.ready.account_sid,
        sdk.service.fetch().sid,
    )
    fetched = tokens(made.sid).fetch()
    assert {**attributes, "token": None} == {**told(fetched), "token": None}


def test_an_entity(world: World, sdk: Sdk) -> None:
    made = sdk.service.entities.create(identity=USER)
    assert sdk.answers[-1].status_code == 201
    attributes = whole(sdk, made)
    assert is_sid("YE", made.sid)
    assert (made.identity, made.date_created, made.date_updated) == (USER, NOW, NOW)
    assert made.service_sid == world.ready.service_sid
    assert set(made.links) == {"factors", "new_factors", "challenges"}
    assert told(sdk.entity(USER).fetch()) == attributes
    assert [item.identity for item in sdk.service.entities.list()] == [USER]
    assert made.factors.list() == []
    assert made.delete() is True
    assert gone(sdk.entity(USER))


def test_a_factor(world: World, sdk: Sdk, device: Device) -> None:
    factors = sdk.entity(device.factor["identity"]).factors
    (listed,) = factors.list()
    fetched = factors(device.sid).fetch()
    attributes = whole(sdk, fetched)
    assert told(listed) == attributes
    assert fetched.sid == device.sid
    assert is_sid("YF", fetched.sid)
    assert fetched.status == type(fetched).FactorStatuses.VERIFIED
    assert fetched.factor_type == type(fetched).FactorTypes.PUSH
    assert (fetched.friendly_name, fetched.metadata) == ("Laptop", None)
    assert fetched.config == {
        "app_id": "com.example.app",
        "sdk_version": "1.0",
        "notification_platform": "none",
        "notification_token": None,
    }
    world.move(90)
    changed = factors(device.sid).update(
        friendly_name="Desk",
        config_sdk_version="2.0",
        config_notification_platform="fcm",
        config_notification_token="t" * 32,
    )
    assert changed.friendly_name == "Desk"
    assert changed.config == {
        "app_id": "com.example.app",
        "sdk_version": "2.0",
        "notification_platform": "fcm",
        "notification_token": "t" * 32,
    }
    assert (changed.date_created, changed.date_updated) == (NOW, NOW + LATER)
    assert changed.delete() is True
    assert sdk.answers[-1].status_code == 204
    assert gone(factors(device.sid))
    assert factors.list() == []


def test_a_webhook(world: World, sdk: Sdk) -> None:
    webhooks = sdk.service.webhooks
    plain = webhooks.create("Plain", ["*"], "https://example.com/a")
    assert (plain.status, plain.version) == ("enabled", "v2")
    made = webhooks.create(
        friendly_name="Backend",
        event_types=["factor.created", "challenge.approved"],
        webhook_url="https://example.com/hook?a=1",
        status="disabled",
        resource_version="v1",
    )
    assert sdk.answers[-1].status_code == 201
    attributes = whole(sdk, made)
    assert is_sid("YW", made.sid)
    assert made.event_types == ["factor.created", "challenge.approved"]
    assert made.webhook_url == "https://example.com/hook?a=1"
    kind = type(made)
    assert (made.status, made.version) == (kind.Status.DISABLED, kind.Version.V1)
    assert made.webhook_method == kind.Methods.POST
    assert (made.date_created, made.date_updated) == (NOW, NOW)
    assert told(webhooks(made.sid).fetch()) == attributes
    world.move(90)
    changed = made.update(event_types=["challenge.denied"], status="enabled", resource_version="v2")
    assert changed.event_types == ["challenge.denied"]
    assert (changed.status, changed.version) == ("enabled", "v2")
    assert (changed.friendly_name, changed.webhook_url) == ("Backend", made.webhook_url)
    assert changed.date_updated == NOW + LATER
    assert [item.sid for item in webhooks.list()] == [plain.sid, made.sid]
    assert made.delete() is True
    assert gone(webhooks(made.sid))
