"""The device's own calls, made by Twilio's client: it signs in as `token`, as the SDKs do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.conformance.python.sdk import NOW, Sdk, is_sid, told, whole
from tests.sandbox.world import SIGNATURE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.world import Device, Key, World

USER = "0b8f0a52-user"


def test_a_factor_is_created_and_verified(
    world: World, sdk: Sdk, new_key: type[Key], new_device: Callable[..., Device]
) -> None:
    key = new_key()
    token = sdk.service.access_tokens.create(identity=USER, factor_type="push").token
    with Sdk.over(world, "token", token) as enrolling:
        made = enrolling.entity(USER).new_factors.create(
            friendly_name="Laptop",
            factor_type="push",
            binding_alg="ES256",
            binding_public_key=key.public(),
            config_app_id="com.example.app",
            config_notification_platform="none",
            config_sdk_version="1.0",
            metadata={"os": "Linux"},
        )
        assert enrolling.answers[-1].status_code == 201
        # `options` is what a factor of the kind totp has.
        whole(enrolling, made, but=frozenset({"options"}))
        factor = enrolling.last
    assert is_sid("YF", made.sid)
    assert made.status == type(made).FactorStatuses.UNVERIFIED
    assert (made.friendly_name, made.metadata) == ("Laptop", {"os": "Linux"})
    assert made.binding == {"alg": "ES256", "public_key": key.public()}
    assert is_sid("CR", made.config["credential_sid"])
    assert (made.date_created, made.date_updated) == (NOW, NOW)
    device = new_device(world, factor, key)
    with Sdk.over(world, "token", device.token()) as phone:
        own = phone.entity(USER).factors(made.sid)
        verified = own.update(auth_payload=key.der(made.sid.encode()))
        assert verified.status == type(verified).FactorStatuses.VERIFIED
        assert told(own.fetch()) == whole(phone, verified)
    assert sdk.entity(USER).factors(made.sid).fetch().status == "verified"
    assert [item.identity for item in sdk.service.entities.list()] == [USER]


def test_a_challenge_is_listed_fetched_and_answered(world: World, sdk: Sdk, device: Device) -> None:
    identity = device.factor["identity"]
    waiting = [world.pending(device) for _ in range(3)]
    with Sdk.over(world, "token", device.token()) as phone:
        challenges = phone.entity(identity).challenges
        listed = challenges.list(device.sid, status="pending", order="desc", page_size=2)
        assert [item.sid for item in listed] == waiting[::-1]
        assert SIGNATURE_FIELDS not in phone.answers[-1].headers
        for sid, answer in zip(waiting, ("approved", "denied"), strict=False):
            assert challenges(sid).fetch().status == "pending"
            names = phone.answers[-1].headers[SIGNATURE_FIELDS].split(",")
            signed = {name: phone.last[name] for name in names} | {"status": answer}
            payload = device.key.jws({"typ": "JWT", "alg": "ES256"}, signed)
            answered = challenges(sid).update(auth_payload=payload, metadata={"os": "Linux"})
            assert (answered.status, answered.metadata) == (answer, {"os": "Linux"})
            assert told(sdk.entity(identity).challenges(sid).fetch()) == told(answered)
        assert phone.entity(identity).factors(device.sid).delete() is True
    assert sdk.entity(identity).factors.list() == []
