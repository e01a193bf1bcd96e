"""Challenges and notifications, as a company sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.sandbox.conformance.python.sdk import NOW, is_sid, told, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conformance.python.sdk import Sdk, Typed
    from tests.sandbox.world import Device, Key, World

FIELDS = [
    {"label": "Ort / place", "value": "Zürich = 1/2 & \u2028 \U0001f511"},
    {"label": "", "value": "+1 100%"},
]
HIDDEN = {"transaction": "a=b/c:d&e", "empty": ""}


def challenges_of(sdk: Sdk, device: Device) -> Typed:
    return sdk.entity(device.factor["identity"]).challenges


def test_a_challenge_with_everything(world: World, sdk: Sdk, device: Device) -> None:
    sdk.service.update(push_include_date=True)
    made = challenges_of(sdk, device).create(
        factor_sid=device.sid,
        expiration_date=NOW + timedelta(minutes=60),
        details_message="Sign in? äöü",
        details_fields=FIELDS,
        hidden_details=HIDDEN,
    )
    assert sdk.answers[-1].status_code == 201
    attributes = whole(sdk, made)
    assert is_sid("YC", made.sid)
    assert is_sid("YE", made.entity_sid)
    assert (made.account_sid, made.service_sid) == (
        world.ready.account_sid,
        world.ready.service_sid,
    )
    assert (made.identity, made.factor_sid) == (device.factor["identity"], device.sid)
    assert (made.date_created, made.date_updated, made.date_responded) == (NOW, NOW, None)
    assert made.expiration_date == NOW + timedelta(minutes=60)
    kind = type(made)
    assert made.status == kind.ChallengeStatuses.PENDING
    assert made.responded_reason == kind.ChallengeReasons.NONE
    assert made.factor_type == kind.FactorTypes.PUSH
    date = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert made.details == {"message": "Sign in? äöü", "fields": FIELDS, "date": date}
    assert (made.hidden_details, made.metadata) == (HIDDEN, None)
    assert made.links == {"notifications": f"{made.url}/Notifications"}
    assert told(challenges_of(sdk, device)(made.sid).fetch()) == attributes
    assert told(made.fetch()) == attributes
    (listed,) = challenges_of(sdk, device).list()
    assert told(listed) == attributes


def test_a_challenge_with_a_message_alone(sdk: Sdk, device: Device) -> None:
    bare: list[dict[str, Any]] = [{}, {"details_fields": []}]
    for more in bare:
        made = challenges_of(sdk, device).create(device.sid, details_message="Sign in?", **more)
        whole(sdk, made)
        assert made.details == {"message": "Sign in?", "fields": []}
        assert made.hidden_details is None
        assert made.expiration_date == NOW + timedelta(minutes=5)


def test_what_becomes_of_a_challenge(world: World, sdk: Sdk, device: Device) -> None:
    """The device answers; the company polls, filters and sees it."""
    challenges = challenges_of(sdk, device)
    approved, denied, expired = (world.pending(device) for _ in range(3))
    world.move(10)
    device.answer(approved, "approved")
    device.answer(denied, "denied")
    world.move(300)
    pending = world.pending(device)
    seen = challenges(approved).fetch()
    statuses = type(seen).ChallengeStatuses
    assert seen.status == statuses.APPROVED
    assert seen.date_responded == seen.date_updated == NOW + timedelta(seconds=10)
    by_status = {
        statuses.APPROVED: approved,
        statuses.DENIED: denied,
        statuses.EXPIRED: expired,
        statuses.PENDING: pending,
    }
    for status, sid in by_status.items():
        (found,) = challenges.list(factor_sid=device.sid, status=status)
        assert (found.sid, found.status) == (sid, status)


def test_lists_are_filtered_and_ordered(world: World, sdk: Sdk, device: Device) -> None:
    identity = device.factor["identity"]
    other = world.device(identity)
    mine = [world.pending(device), world.pending(device)]
    theirs = world.pending(other)
    challenges = challenges_of(sdk, device)

    def sids(**filters: str) -> list[str]:
        return [item.sid for item in challenges.list(**filters)]

    assert sids() == sids(order="asc") == [*mine, theirs]
    assert sids(order="desc") == [theirs, *reversed(mine)]
    assert sids(factor_sid=device.sid) == mine
    assert sids(factor_sid=other.sid, status="pending", order="desc") == [theirs]
    assert sids(factor_sid=other.sid, status="denied") == []
    assert [item.sid for item in sdk.entity(identity).factors.list()] == [device.sid, other.sid]


def test_metadata_goes_onto_a_challenge(world: World, sdk: Sdk, device: Device) -> None:
    made = challenges_of(sdk, device).create(device.sid, details_message="Sign in?")
    world.move(5)
    changed = made.update(metadata={"os": "Android"})
    assert changed.metadata == {"os": "Android"}
    assert (changed.status, changed.date_updated) == ("pending", NOW + timedelta(seconds=5))
    assert made.fetch().metadata == {"os": "Android"}


def test_a_notification(
    world: World, sdk: Sdk, new_key: type[Key], new_device: Callable[..., Device]
) -> None:
    key = new_key()
    made = world.create_factor(
        "someone-with-a-phone",
        key,
        Config_NotificationPlatform="fcm",
        Config_NotificationToken="t" * 32,
    )
    phone = new_device(world, made.json(), key)
    assert phone.verify().status_code == 200
    challenge = challenges_of(sdk, phone).create(phone.sid, details_message="Sign in?")
    notified = challenge.notifications.create(ttl=120)
    assert sdk.answers[-1].status_code == 201
    whole(sdk, notified)
    assert is_sid("NT", notified.sid)
    assert (notified.ttl, notified.priority, notified.date_created) == (120, "high", NOW)
    assert (notified.challenge_sid, notified.identity) == (challenge.sid, "someone-with-a-phone")
    assert notified.entity_sid == challenge.entity_sid
    assert challenge.notifications.create().ttl == 300
    assert challenge.notifications.create(ttl=0).ttl == 0
