"""Each refusal as the client's exception tells it, and the body that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from twilio.base.exceptions import TwilioRestException

from countersign.sandbox.errors import CATALOGUE
from tests.sandbox.conformance.python.sdk import NOW, Sdk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conformance.python.sdk import Typed
    from tests.sandbox.world import Device, Key, World

NEVER = "0" * 32
USER = "0b8f0a52-user"
TWENTY_ONE = [{"label": "a", "value": "b"}] * 21
NOT_HERE = frozenset({20004, 20403, 20500, 60326, 60373, 60374})
"""No verb of the client's, a matter of other tests here, or (60326) one that takes 100 factors."""


@dataclass(frozen=True)
class Case:
    """A world in which something can be asked that is refused."""

    world: World
    sdk: Sdk
    device: Device
    key: Key

    @property
    def entity(self) -> Typed:
        """The device's entity, for the company."""
        return self.sdk.entity(self.device.factor["identity"])

    def challenge(self, **changes: Any) -> Typed:  # noqa: ANN401 - the client's own parameters
        """Ask for a challenge."""
        usual = {"factor_sid": self.device.sid, "details_message": "Sign in?"}
        return self.entity.challenges.create(**(usual | changes))

    def phone(self, identity: str | None = None, config_app_id: str = "app") -> Device:
        """Enrol a device that takes notifications."""
        made = self.world.create_factor(
            identity or str(self.device.factor["identity"]),
            self.key,
            Config_AppId=config_app_id,
            Config_NotificationPlatform="apn",
            Config_NotificationToken="t" * 32,
        )
        phone = type(self.device)(self.world, made.json(), self.key)
        assert phone.verify().status_code == 200
        return phone

    def enrol(self, user: str, password: str, **changes: str) -> Typed:
        """Create a factor as whoever signs in so."""
        usual = {
            "friendly_name": "Laptop",
            "factor_type": "push",
            "binding_alg": "ES256",
            "binding_public_key": self.key.public(),
            "config_app_id": "com.example.app",
            "config_notification_platform": "none",
            "config_sdk_version": "1.0",
        }
        with Sdk.over(self.world, user, password) as other:
            self.sdk.answers = other.answers
            return other.entity(USER).new_factors.create(**(usual | changes))

    def as_device(self, **parameters: str) -> Typed:
        """Update a new challenge as the device does."""
        sid = self.world.pending(self.device)
        with Sdk.over(self.world, "token", self.device.token()) as own:
            self.sdk.answers = own.answers
            return own.entity(self.device.factor["identity"]).challenges(sid).update(**parameters)


def wrong_password(case: Case) -> object:
    with Sdk.over(case.world, case.world.ready.account_sid, "f" * 32) as stranger:
        case.sdk.answers = stranger.answers
        return stranger.service.fetch()


def answer_by_the_company(case: Case) -> object:
    return case.challenge().update(auth_payload="a.b.c")


def boolean_that_is_none(case: Case) -> object:
    return case.sdk.services.create("Bank", push_include_date="perhaps")


def long_service_name(case: Case) -> object:
    return case.sdk.service.update(friendly_name="x" * 33)


def short_notification_token(case: Case) -> object:
    return case.entity.factors(case.device.sid).update(
        config_notification_platform="fcm", config_notification_token="t" * 31
    )


def entity_again(case: Case) -> object:
    return case.sdk.service.entities.create(case.device.factor["identity"])


def short_lived_token(case: Case) -> object:
    return case.sdk.service.access_tokens.create(USER, "push", ttl=59)


def personal_identity(case: Case) -> object:
    return case.sdk.service.access_tokens.create("someone@example.com", "push")


def short_identity(case: Case) -> object:
    return case.sdk.service.entities.create("seven77")


def long_message(case: Case) -> object:
    return case.challenge(details_message="x" * 257)


def many_fields(case: Case) -> object:
    return case.challenge(details_fields=TWENTY_ONE)


def field_that_is_none(case: Case) -> object:
    return case.challenge(details_fields=["Place: Lisbon"])


def hidden_number(case: Case) -> object:
    return case.challenge(hidden_details={"attempt": 1})


def expiration_of_the_past(case: Case) -> object:
    return case.challenge(expiration_date=NOW)


def strange_event(case: Case) -> object:
    return case.sdk.service.webhooks.create("Backend", ["challenge.expired"], "https://example.com")


def notification_to_none(case: Case) -> object:
    return case.challenge().notifications.create()


def fourth_notification(case: Case) -> object:
    made = case.challenge(factor_sid=case.phone().sid)
    for _ in range(3):
        made.notifications.create()
    return made.notifications.create()


def expired(case: Case) -> object:
    made = case.challenge(factor_sid=case.phone().sid)
    case.world.move(300)
    return made.notifications.create()


def answered(case: Case) -> object:
    phone = case.phone()
    made = case.challenge(factor_sid=phone.sid)
    assert phone.answer(made.sid).status_code == 200
    return made.notifications.create()


def wrong_proof(case: Case) -> object:
    unproven = case.world.device(USER, verified=False)
    payload = case.key.der(unproven.sid.encode())
    return case.sdk.entity(USER).factors(unproven.sid).update(auth_payload=payload)


def factor_by_the_company(case: Case) -> object:
    ready = case.world.ready
    return case.enrol(ready.account_sid, ready.auth_token)


def no_key(case: Case) -> object:
    return case.enrol("token", case.world.access_token(USER), binding_public_key="AAAA")


def same_key(case: Case) -> object:
    token = case.world.access_token(USER)
    return case.enrol("token", token, binding_public_key=case.device.key.public())


def twenty_first_factor(case: Case) -> object:
    for _ in range(20):
        case.world.device(USER, verified=False)
    return case.enrol("token", case.world.access_token(USER))


def unverified(case: Case) -> object:
    unproven = case.world.device(str(case.device.factor["identity"]), verified=False)
    return case.challenge(factor_sid=unproven.sid)


def wrong_answer(case: Case) -> object:
    return case.as_device(auth_payload=case.key.jws({"typ": "JWT", "alg": "ES256"}, {}))


def answer_that_is_no_token(case: Case) -> object:
    return case.as_device(auth_payload="approved")


def twenty_first_webhook(case: Case) -> object:
    webhooks = case.sdk.service.webhooks
    for number in range(20):
        webhooks.create(f"W{number}", ["*"], "https://example.com")
    return webhooks.create("One more", ["*"], "https://example.com")


TABLE: dict[Callable[[Case], object], tuple[int, int]] = {
    wrong_password: (401, 20003),
    answer_by_the_company: (401, 20003),
    lambda case: case.sdk.services("VA" + NEVER).fetch(): (404, 20404),
    lambda case: case.sdk.service.entities("nobody-here").fetch(): (404, 20404),
    lambda case: case.sdk.service.access_tokens("YK" + NEVER).fetch(): (404, 20404),
    lambda case: case.sdk.service.webhooks("YW" + NEVER).delete(): (404, 20404),
    lambda case: case.entity.factors("YF" + NEVER).update(friendly_name="x"): (404, 20404),
    lambda case: case.entity.challenges("YC" + NEVER).fetch(): (404, 20404),
    lambda case: case.challenge(factor_sid="YF" + NEVER): (404, 20404),
    boolean_that_is_none: (400, 60300),
    entity_again: (409, 60301),
    short_lived_token: (400, 60305),
    personal_identity: (400, 60306),
    short_identity: (400, 60306),
    long_service_name: (400, 60306),
    short_notification_token: (400, 60306),
    long_message: (400, 60306),
    many_fields: (400, 60306),
    field_that_is_none: (400, 60306),
    hidden_number: (400, 60306),
    expiration_of_the_past: (400, 60306),
    strange_event: (400, 60306),
    answer_that_is_no_token: (400, 60306),
    notification_to_none: (400, 60307),
    fourth_notification: (429, 60309),
    wrong_proof: (403, 60311),
    factor_by_the_company: (403, 60313),
    no_key: (400, 60314),
    twenty_first_factor: (400, 60315),
    same_key: (409, 60317),
    unverified: (403, 60318),
    answered: (403, 60322),
    expired: (403, 60323),
    wrong_answer: (403, 60324),
    twenty_first_webhook: (400, 60330),
}


def test_every_refusal_is_the_clients_exception(sdk: Sdk, world: World, new_key: type[Key]) -> None:
    company = sdk.answers
    for ask, expected in TABLE.items():
        check(Case(world, sdk, world.device(), new_key()), ask, *expected)
        sdk.answers = company
        world.sandbox.client.reset(everything=True)


def check(case: Case, ask: Callable[[Case], object], status: int, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        ask(case)
    error = refused.value
    answer = case.sdk.answers[-1]
    body = answer.json()
    assert (error.status, error.code) == (status, code), ask.__name__
    assert error.details is None
    assert error.method == answer.request.method
    assert str(answer.request.url).endswith(error.uri)
    assert error.msg.endswith(f" record: {body['message']}")
    assert str(error) == f"HTTP {status} error: {error.msg}"
    assert body == {
        "code": code,
        "message": body["message"],
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def test_the_table_has_every_code() -> None:
    assert {code for _, code in TABLE.values()} == CATALOGUE.keys() - NOT_HERE
