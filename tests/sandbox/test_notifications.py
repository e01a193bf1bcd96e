from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]


@pytest.fixture
def phone(device: Device) -> Device:
    """Give a device that can be woken."""
    data = {"Config.NotificationPlatform": "fcm", "Config.NotificationToken": "t" * 64}
    assert device.call("POST", f"/Factors/{device.sid}", data=data).status_code == 200
    return device


def notify(world: World, device: Device, sid: str, **data: str) -> httpx.Response:
    return world.company("POST", f"{device.path}/Challenges/{sid}/Notifications", data=data)


def test_a_notification_has_all_its_fields(world: World, phone: Device) -> None:
    challenge = world.challenge(phone).json()
    made = world.company("POST", challenge["links"]["notifications"])
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("NT[0-9a-f]{32}", body["sid"])
    assert body == {
        "sid": body["sid"],
        "account_sid": world.sandbox.account_sid,
        "service_sid": world.sandbox.service_sid,
        "entity_sid": phone.factor["entity_sid"],
        "identity": phone.factor["identity"],
        "challenge_sid": challenge["sid"],
        "priority": "high",
        "ttl": 300,
        "date_created": "2023-11-14T22:13:20Z",
    }


def test_ttl_is_zero_to_three_hundred_seconds(
    world: World, phone: Device, refused: Refused
) -> None:
    sid = world.pending(phone)
    for bad in ("-1", "301", "soon", ""):
        refused(notify(world, phone, sid, Ttl=bad), 400, 60306)
    assert [notify(world, phone, sid, Ttl=ttl).json()["ttl"] for ttl in ("0", "300")] == [0, 300]


def test_a_challenge_has_three_notifications(world: World, phone: Device, refused: Refused) -> None:
    sid = world.pending(phone)
    assert [notify(world, phone, sid).status_code for _ in range(3)] == [201] * 3
    refused(notify(world, phone, sid), 429, 60309)
    assert notify(world, phone, world.pending(phone)).status_code == 201


def test_a_desktop_is_not_notified(world: World, device: Device, refused: Refused) -> None:
    refused(notify(world, device, world.pending(device)), 400, 60307)


def test_what_is_over_is_not_notified(world: World, phone: Device, refused: Refused) -> None:
    answered, expired = world.pending(phone), world.pending(phone)
    phone.answer(answered)
    refused(notify(world, phone, answered), 403, 60322)
    world.move(300)
    refused(notify(world, phone, expired), 403, 60323)


def test_who_may_notify_and_of_what(world: World, phone: Device, refused: Refused) -> None:
    sid = world.pending(phone)
    refused(phone.call("POST", f"/Challenges/{sid}/Notifications"), 401, 20003)
    refused(notify(world, phone, "YC" + "0" * 32), 404, 20404)
    refused(notify(world, world.device(), sid), 404, 20404)
    phone.call("DELETE", f"/Factors/{phone.sid}")
    refused(notify(world, phone, sid), 404, 20404)
