from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.state import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

WHO = "0f5b2f9e-user"


def test_the_credential_is_shown_to_the_device_alone(world: World, device: Device) -> None:
    seen = world.company("GET", f"{device.path}/Factors/{device.sid}").json()
    assert "credential_sid" not in seen["config"]
    assert "binding" not in seen
    assert world.company("GET", f"{device.path}/Factors").json()["factors"] == [seen]
    own = device.call("GET", f"/Factors/{device.sid}").json()
    assert own["config"]["credential_sid"] == device.factor["config"]["credential_sid"]
    assert "binding" not in own


def test_a_factor_is_verified_by_its_signature(world: World, refused: Refused) -> None:
    device = world.device(verified=False)
    url = f"/Factors/{device.sid}"
    for payload, status, code in (
        ("not base64!", 400, 60306),
        ("", 400, 60306),
        (device.key.der(b"something else"), 403, 60311),
        (base64.b64encode(b"no signature").decode(), 403, 60311),
    ):
        refused(device.call("POST", url, data={"AuthPayload": payload}), status, code)
    assert device.call("GET", url).json()["status"] == "unverified"
    verified = device.verify()
    assert (verified.status_code, verified.json()["status"]) == (200, "verified")
    assert device.verify().status_code == 200


def test_a_factor_is_renamed(device: Device, refused: Refused) -> None:
    url = f"/Factors/{device.sid}"
    data = {
        "FriendlyName": "Desk",
        "Config.SdkVersion": "2.0",
        "Config.NotificationPlatform": "fcm",
        "Config.NotificationToken": "t" * 64,
    }
    body = device.call("POST", url, data=data).json()
    assert body["friendly_name"] == "Desk"
    assert body["config"]["sdk_version"] == "2.0"
    assert body["config"]["notification_token"] == "t" * 64
    assert body["status"] == "verified"
    for bad in ({"FriendlyName": ""}, {"FriendlyName": "x" * 65}, {"Config.AppId": ""}):
        refused(device.call("POST", url, data=bad), 400, 60306)
    assert device.call("GET", url).json()["friendly_name"] == "Desk"


def test_a_failed_update_changes_nothing(device: Device, refused: Refused) -> None:
    url = f"/Factors/{device.sid}"
    data = {"FriendlyName": "Desk", "AuthPayload": device.key.der(b"wrong")}
    refused(device.call("POST", url, data=data), 403, 60311)
    assert device.call("GET", url).json()["friendly_name"] == "Laptop"


def test_a_deleted_factor_is_gone(world: World, device: Device, refused: Refused) -> None:
    deleted = device.call("DELETE", f"/Factors/{device.sid}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    refused(device.call("DELETE", f"/Factors/{device.sid}"), 401, 20003)
    refused(world.company("DELETE", f"{device.path}/Factors/{device.sid}"), 404, 20404)
    refused(world.challenge(device), 404, 20404)


def test_a_device_sees_no_other_factor(world: World, device: Device, refused: Refused) -> None:
    other = world.device(str(device.factor["identity"]))
    for method in ("GET", "POST", "DELETE"):
        refused(device.call(method, f"/Factors/{other.sid}"), 404, 20404)
    refused(device.call("GET", "/Factors"), 401, 20003)
    refused(device.call("GET", ""), 401, 20003)
    refused(device.call("DELETE", ""), 401, 20003)
    elsewhere = world.device()
    token = ("token", device.token())
    refused(elsewhere.call("GET", f"/Factors/{elsewhere.sid}", auth=token), 404, 20404)


def test_unverified_factors_are_forgotten_after_an_hour(world: World, refused: Refused) -> None:
    verified, unverified = world.device(WHO), world.device(WHO, verified=False)
    world.move(3_599)
    assert unverified.call("GET", f"/Factors/{unverified.sid}").status_code == 200
    world.move(3_600)
    refused(unverified.verify(), 401, 20003)
    refused(world.company("GET", f"{unverified.path}/Factors/{unverified.sid}"), 404, 20404)
    listed = world.company("GET", f"{unverified.path}/Factors").json()["factors"]
    assert [item["sid"] for item in listed] == [verified.sid]
    # Its key is free again.
    assert world.create_factor(WHO, unverified.key).status_code == 201


@pytest.mark.parametrize("sandbox_settings", [Settings(forget_after=10)])
def test_the_time_until_unverified_factors_are_forgotten_can_be_set(
    world: World, refused: Refused
) -> None:
    device = world.device(verified=False)
    world.move(10)
    refused(device.verify(), 401, 20003)
