from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from countersign.sandbox import webhook_targets

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

EVENTS = [
    "*",
    "challenge.approved",
    "challenge.denied",
    "factor.created",
    "factor.deleted",
    "factor.verified",
]


def make(world: World, **changes: object) -> httpx.Response:
    usual: dict[str, Any] = {
        "FriendlyName": "Backend",
        "EventTypes": ["factor.created", "challenge.denied"],
        "WebhookUrl": "https://example.com/hook?a=b",
    }
    given = (usual | changes).items()
    data = {name: value for name, value in given if value is not None}
    return world.company("POST", "/Webhooks", data=data)


def test_a_webhook_has_all_its_fields(world: World) -> None:
    made = make(world)
    assert made.status_code == 201
    body = made.json()
    assert re.fullmatch("YW[0-9a-f]{32}", body["sid"])
    assert body == {
        "sid": body["sid"],
        "account_sid": world.sandbox.account_sid,
        "service_sid": world.sandbox.service_sid,
        "friendly_name": "Backend",
        "event_types": ["factor.created", "challenge.denied"],
        "status": "enabled",
        "version": "v2",
        "webhook_url": "https://example.com/hook?a=b",
        "webhook_method": "POST",
        "date_created": "2023-11-14T22:13:20Z",
        "date_updated": "2023-11-14T22:13:20Z",
        "url": f"{world.service}/Webhooks/{body['sid']}",
    }
    assert world.company("GET", body["url"]).json() == body


def test_webhooks_are_listed_in_pages_changed_and_deleted(world: World, refused: Refused) -> None:
    sids = [make(world, FriendlyName=str(number)).json()["sid"] for number in range(3)]
    links = world.company("GET", "").json()["links"]
    page = world.company("GET", links["webhooks"], params={"PageSize": "2"}).json()
    assert page["meta"]["key"] == "webhooks"
    rest = world.company("GET", page["meta"]["next_page_url"]).json()
    assert [item["sid"] for item in page["webhooks"] + rest["webhooks"]] == sids
    world.move(5)
    url = f"/Webhooks/{sids[0]}"
    before = world.company("GET", url).json()
    assert world.company("POST", url).json() == before | {"date_updated": "2023-11-14T22:13:25Z"}
    changes = {
        "FriendlyName": "Other",
        "EventTypes": "*",
        "WebhookUrl": "http://localhost:1/x",
        "Status": "disabled",
        "Version": "v1",
    }
    changed = world.company("POST", url, data=changes)
    assert changed.status_code == 200
    assert changed.json() == before | {
        "friendly_name": "Other",
        "event_types": ["*"],
        "webhook_url": "http://localhost:1/x",
        "status": "disabled",
        "version": "v1",
        "date_updated": "2023-11-14T22:13:25Z",
    }
    deleted = world.company("DELETE", url)
    assert (deleted.status_code, deleted.content) == (204, b"")
    refused(world.company("GET", url), 404, 20404)
    refused(world.company("DELETE", url), 404, 20404)


@pytest.mark.parametrize(
    "change",
    [
        {"FriendlyName": ""},
        {"FriendlyName": "x" * 65},
        {"EventTypes": ""},
        {"EventTypes": "challenge.created"},
        {"EventTypes": ["*", "challenge.expired"]},
        {"WebhookUrl": ""},
        {"WebhookUrl": "example.com/hook"},
        {"WebhookUrl": "ftp://example.com"},
        {"WebhookUrl": "https://"},
        {"WebhookUrl": "https://user:secret@example.com/"},
        {"WebhookUrl": "https://example.com/#part"},
        {"WebhookUrl": "https://example.com:99999/"},
        {"WebhookUrl": "https://example.com/a b"},
        {"WebhookUrl": "https://example.com/\n"},
        {"WebhookUrl": "https://example.com/" + "x" * 2_029},
        {"Status": "on"},
        {"Version": "v3"},
        {"Version": ["v1", "v2"]},
    ],
)
def test_a_webhooks_parameters_are_checked(
    world: World, refused: Refused, change: dict[str, object]
) -> None:
    refused(make(world, **change), 400, 60306)
    made = make(world).json()
    refused(world.company("POST", made["url"], data=change), 400, 60306)
    assert world.company("GET", made["url"]).json() == made


@pytest.mark.parametrize("name", ["FriendlyName", "EventTypes", "WebhookUrl"])
def test_what_a_webhook_needs(world: World, refused: Refused, name: str) -> None:
    refused(make(world, **{name: None}), 400, 60306)


def test_every_event_can_be_asked_for_once_or_twice(world: World) -> None:
    made = make(world, EventTypes=[*EVENTS, "*"]).json()
    assert made["event_types"] == EVENTS


def test_a_service_has_twenty_webhooks(world: World, refused: Refused) -> None:
    assert [make(world).status_code for _ in range(20)] == [201] * 20
    refused(make(world), 400, 60330)


def test_webhooks_are_the_companys_alone_and_the_services(
    world: World, device: Device, refused: Refused
) -> None:
    made = make(world).json()
    refused(world.http.get(made["url"], auth=("token", device.token())), 401, 20003)
    services = f"{world.sandbox.api_url}/Services"
    other = world.company("POST", services, data={"FriendlyName": "Other"}).json()
    refused(world.company("GET", f"{other['url']}/Webhooks/{made['sid']}"), 404, 20404)
    assert world.company("GET", f"{other['url']}/Webhooks").json()["webhooks"] == []


@pytest.mark.parametrize(
    ("url", "on_the_wire"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("http://LOCALHOST:80/a?b=c&d", "http://localhost/a?b=c&d"),
        ("https://[::1]:443/%7E?x=%20", "https://[::1]/%7E?x=%20"),
    ],
)
def test_an_address_is_taken_as_the_receiver_sees_it(url: str, on_the_wire: str) -> None:
    assert webhook_targets.checked_url(url) == on_the_wire


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("localhost.example.com", False),
        ("api.localhost", False),
        ("127.0.0.1.nip.io", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - as an address to be refused
        ("[::]", False),
        ("169.254.169.254", False),
        ("2130706433", False),
        ("0x7f000001", False),
    ],
)
def test_what_counts_as_this_machine(host: str, loopback: bool) -> None:  # noqa: FBT001 - a parameter of a test
    assert webhook_targets.is_loopback(f"http://{host}:8000/") is loopback


def test_the_published_signature() -> None:
    # The worked example of twilio.com, "Validating Signatures from Twilio".
    parameters = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert webhook_targets.signature(url, parameters, "12345") == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
