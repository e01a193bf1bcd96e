"""Several companies in one sandbox never see each other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.client import SandboxClient, SandboxClientError
from tests.sandbox.world import Device, Key, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    Refused = Callable[[httpx.Response, int, int], None]


@pytest.fixture
def other(world: World) -> Iterator[World]:
    """See the same sandbox as another company."""
    made = world.sandbox.client.create_account("Fabrikam")
    ready = replace(
        world.sandbox,
        account_sid=made["sid"],
        auth_token=made["auth_token"],
        service_sid=made["services"][0]["sid"],
        backend_url=made["services"][0]["backend_url"],
    )
    with World.over(ready) as seen:
        yield seen


def test_a_new_accounts_token_is_shown_once(world: World) -> None:
    made = world.sandbox.client.create_account("Fabrikam")
    listed = world.sandbox.client.accounts()
    assert [each["friendly_name"] for each in listed] == ["Countersign sandbox", "Fabrikam"]
    assert listed[1] == {name: value for name, value in made.items() if name != "auth_token"}
    assert listed[0]["services"][0]["sid"] == world.sandbox.service_sid
    seen = world.http.get(f"{world.base}/control/accounts").text
    seen += world.http.get(world.sandbox.control_url).text
    for token in (made["auth_token"], world.sandbox.auth_token):
        assert token not in seen


def test_only_the_first_accounts_token_makes_accounts(world: World, other: World) -> None:
    address = f"{world.base}/control/accounts"
    for headers in ({}, {"X-Sandbox-Token": other.ready.auth_token}):
        response = world.http.post(address, json={}, headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, 20403)
    with (
        SandboxClient(other.ready.control_url, other.ready.auth_token) as client,
        pytest.raises(SandboxClientError),
    ):
        client.create_account()
    assert len(world.sandbox.client.accounts()) == 2


@pytest.mark.parametrize("name", ["", "x" * 65, "a\0b"])
def test_an_accounts_name_is_checked(world: World, name: str) -> None:
    with pytest.raises(SandboxClientError) as caught:
        world.sandbox.client.create_account(name)
    assert (caught.value.status, caught.value.code) == (400, 60306)


def test_a_company_sees_its_own_services_alone(
    world: World, other: World, device: Device, refused: Refused
) -> None:
    challenge = world.pending(device)
    listed = other.company("GET", f"{other.ready.api_url}/Services").json()["services"]
    assert [each["sid"] for each in listed] == [other.ready.service_sid]
    identity = device.factor["identity"]
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("DELETE", ""),
        ("GET", "/Entities"),
        ("GET", f"/Entities/{identity}"),
        ("GET", f"/Entities/{identity}/Factors"),
        ("GET", f"/Entities/{identity}/Factors/{device.sid}"),
        ("DELETE", f"/Entities/{identity}/Factors/{device.sid}"),
        ("GET", f"/Entities/{identity}/Challenges/{challenge}"),
        ("POST", f"/Entities/{identity}/Challenges"),
    ):
        refused(other.company(method, world.service + path), 404, 20404)
        # The same device's sids under the other company's own service lead nowhere, too.
        if path.startswith("/Entities/"):
            refused(other.company(method, path), 404, 20404)
    crossed = (world.ready.account_sid, other.ready.auth_token)
    refused(world.company("GET", "", auth=crossed), 401, 20003)
    assert device.fetch(challenge).json()["status"] == "pending"


def test_a_device_reaches_its_own_service_alone(
    world: World, other: World, device: Device, refused: Refused
) -> None:
    identity = device.factor["identity"]
    twin = other.device(identity)
    there = other.pending(twin)
    assert twin.factor["service_sid"] != device.factor["service_sid"]
    moved = Device(other, device.factor, device.key)
    refused(moved.fetch(there), 404, 20404)
    refused(moved.call("GET", "/Challenges"), 404, 20404)
    foreign = device.token(claims={"sub": other.ready.account_sid})
    refused(device.call("GET", "/Challenges", auth=("token", foreign)), 401, 20003)
    here = world.pending(device)
    refused(twin.post(here, device.signed(device.fetch(here), "approved")), 404, 20404)
    assert [item["sid"] for item in twin.call("GET", "/Challenges").json()["challenges"]] == [there]
    assert twin.answer(there).json()["account_sid"] == other.ready.account_sid


def test_an_access_token_enrols_in_its_own_service_alone(
    world: World, other: World, refused: Refused
) -> None:
    token = world.access_token("somebody-of-both")
    refused(other.create_factor("somebody-of-both", Key(), token), 403, 60313)
    key = Key()
    assert world.create_factor("somebody-of-both", key, token).status_code == 201
    # One key in two services: two devices, as far as either company knows.
    assert other.create_factor("somebody-of-both", key).status_code == 201


def test_each_service_has_a_sample_backend(world: World, other: World, refused: Refused) -> None:
    made = other.company(
        "POST", f"{other.ready.api_url}/Services", data={"FriendlyName": "Second"}
    ).json()
    assert len(world.sandbox.client.accounts()[1]["services"]) == 2
    for service_sid in (world.ready.service_sid, other.ready.service_sid, made["sid"]):
        base = f"{world.base}/services/{service_sid}"
        token = world.http.post(f"{base}/access-token", data={"identity": "jane"}).json()
        assert token["serviceSid"] == service_sid
        service = replace(other.ready, service_sid=service_sid)
        with World.over(service) as there:
            created = there.create_factor(token["identity"], Key(), token["token"])
            assert created.status_code == 201
            device = Device(there, created.json(), Key())
        listed = world.http.get(f"{base}/list-factors", params={"identity": "jane"}).json()
        assert [each["sid"] for each in listed] == [device.sid]
    default = world.http.get(world.sandbox.backend_url, params={"identity": "jane"}).json()
    assert default["serviceSid"] == world.ready.service_sid
    assert default["identity"] == hashlib.sha256(b"jane").hexdigest()
    lost = world.http.get(f"{world.base}/services/VA{'0' * 32}/access-token?identity=jane")
    assert lost.status_code == 404
    refused(world.http.get(f"{world.base}/services/x%00/access-token?identity=jane"), 404, 20404)
