from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
WHO = "0f5b2f9e-user"


def test_a_service_is_there_from_the_start(world: World) -> None:
    body = world.company("GET", "").json()
    assert body["sid"] == world.sandbox.service_sid
    assert body["account_sid"] == world.sandbox.account_sid
    assert body["push"] == {
        "include_date": False,
        "apn_credential_sid": None,
        "fcm_credential_sid": None,
    }
    assert body["date_created"] == "2023-11-14T22:13:20Z"
    assert world.company("GET", body["url"]).json() == body
    assert world.company("GET", body["links"]["entities"]).status_code == 200


def test_services_are_made_changed_listed_and_deleted(world: World, refused: Refused) -> None:
    services = f"{world.sandbox.api_url}/Services"
    made = world.company("POST", services, data={"FriendlyName": "Two", "Push.IncludeDate": "true"})
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("VA[0-9a-f]{32}", body["sid"])
    assert body["push"]["include_date"] is True
    changes = {"FriendlyName": "Three", "Push.ApnCredentialSid": "CR" + "0" * 32}
    changed = world.company("POST", body["url"], data=changes)
    assert changed.status_code == 200
    assert changed.json()["friendly_name"] == "Three"
    assert changed.json()["push"]["apn_credential_sid"] == "CR" + "0" * 32
    listed = world.company("GET", services).json()
    assert [item["sid"] for item in listed["services"]] == [world.sandbox.service_sid, body["sid"]]
    deleted = world.company("DELETE", body["url"])
    assert (deleted.status_code, deleted.content) == (204, b"")
    refused(world.company("GET", body["url"]), 404, 20404)
    refused(world.company("DELETE", body["url"]), 404, 20404)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, 60306),
        ({"FriendlyName": ""}, 60306),
        ({"FriendlyName": "x" * 65}, 60306),
        ({"FriendlyName": "a\0b"}, 60306),
        ({"FriendlyName": ["one", "two"]}, 60306),
        ({"FriendlyName": "x", "Push.IncludeDate": "maybe"}, 60300),
        ({"FriendlyName": "x", "Push.FcmCredentialSid": "CR1"}, 60306),
    ],
)
def test_a_services_parameters_are_checked(
    world: World, refused: Refused, data: dict[str, str], code: int
) -> None:
    refused(world.company("POST", f"{world.sandbox.api_url}/Services", data=data), 400, code)


def test_deleting_a_service_takes_everything_along(world: World, device: Device) -> None:
    challenge = world.pending(device)
    assert world.company("DELETE", "").status_code == 204
    assert device.fetch(challenge).status_code == 401
    assert world.sandbox.client.state()["challenges"] == []


def test_an_access_token_has_all_its_fields(world: World) -> None:
    data = {"Identity": WHO, "FactorType": "push", "FactorFriendlyName": "Laptop"}
    made = world.company("POST", "/AccessTokens", data=data)
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("YK[0-9a-f]{32}", body["sid"])
    assert body["entity_identity"] == WHO
    assert body["factor_type"] == "push"
    assert body["factor_friendly_name"] == "Laptop"
    assert body["ttl"] == 60
    assert len(body["token"].split(".")) == 5
    assert body["service_sid"] == world.sandbox.service_sid
    assert body["account_sid"] == world.sandbox.account_sid
    assert DATE.fullmatch(body["date_created"])
    assert world.company("GET", body["url"]).json() == body


def test_an_unknown_access_token_is_not_found(world: World, refused: Refused) -> None:
    refused(world.company("GET", "/AccessTokens/YK" + "0" * 32), 404, 20404)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Identity": None}, 60305),
        ({"FactorType": None}, 60305),
        ({"FactorType": "totp"}, 60305),
        ({"Ttl": "59"}, 60305),
        ({"Ttl": "301"}, 60305),
        ({"Ttl": "sixty"}, 60305),
        ({"Ttl": "٦٠"}, 60305),
        ({"Ttl": "9" * 5000}, 60305),
        ({"FactorFriendlyName": "x" * 65}, 60305),
        ({"Identity": "short"}, 60306),
        ({"Identity": "x" * 65}, 60306),
        ({"Identity": "me@example.com"}, 60306),
        ({"Identity": "identity\n"}, 60306),
        ({"Identity": "ídentityx"}, 60306),
    ],
)
def test_an_access_tokens_parameters_are_checked(
    world: World, refused: Refused, change: dict[str, str | None], code: int
) -> None:
    given: dict[str, str | None] = {"Identity": WHO, "FactorType": "push", **change}
    data = {name: value for name, value in given.items() if value is not None}
    refused(world.company("POST", "/AccessTokens", data=data), 400, code)


def test_ttl_bounds_are_included(world: World) -> None:
    for ttl in ("60", "300"):
        data = {"Identity": WHO, "FactorType": "push", "Ttl": ttl}
        assert world.company("POST", "/AccessTokens", data=data).json()["ttl"] == int(ttl)


def test_entities_are_made_listed_and_deleted(world: World, refused: Refused) -> None:
    made = world.company("POST", "/Entities", data={"Identity": WHO})
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("YE[0-9a-f]{32}", body["sid"])
    assert set(body["links"]) == {"factors", "new_factors", "challenges"}
    assert world.company("GET", body["url"]).json() == body
    refused(world.company("POST", "/Entities", data={"Identity": WHO}), 409, 60301)
    refused(world.company("POST", "/Entities", data={"Identity": "no"}), 400, 60306)
    refused(world.company("POST", "/Entities"), 400, 60306)
    assert world.company("GET", "/Entities").json()["entities"] == [body]
    assert world.company("DELETE", body["url"]).status_code == 204
    refused(world.company("GET", body["url"]), 404, 20404)


def test_deleting_an_entity_takes_factors_and_challenges_along(
    world: World, device: Device, refused: Refused
) -> None:
    challenge = world.pending(device)
    assert world.company("DELETE", device.path).status_code == 204
    refused(device.fetch(challenge), 401, 20003)
    refused(world.company("GET", f"{device.path}/Factors"), 404, 20404)
    world.company("POST", "/Entities", data={"Identity": device.factor["identity"]})
    refused(world.company("GET", f"{device.path}/Challenges/{challenge}"), 404, 20404)
    assert world.company("GET", f"{device.path}/Factors").json()["factors"] == []
