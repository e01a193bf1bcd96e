from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from countersign.sandbox.client import SandboxClient, SandboxClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]


def form(device: Device, **changes: str) -> dict[str, str | list[str]]:
    usual: dict[str, str | list[str]] = {
        "factor_sid": device.sid,
        "message": "Pay <b>now</b>?",
        "label": ["Place", "", "Plain"],
        "value": ["Lisbon: the old town", "", ""],
        "expires_in": "60",
    }
    return usual | changes


def send(world: World, data: Mapping[str, object], origin: str | None = None) -> httpx.Response:
    headers = {"Origin": world.base if origin is None else origin}
    body = urlencode(data, doseq=True).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return world.http.post(f"{world.base}/console/do/send", content=body, headers=headers | kind)


def test_the_page_says_what_it_is_and_loads_nothing_from_elsewhere(world: World) -> None:
    page = world.http.get(world.sandbox.console_url)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "SANDBOX" in page.text
    assert "No accounts yet" in page.text
    assert world.sandbox.backend_url in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert world.sandbox.auth_token not in page.text
    addresses = re.findall(r'(?:src|href)="(/console/static/[^"]+)"', page.text)
    assert len(addresses) == 3
    for address in addresses:
        file = world.http.get(world.base + address)
        assert (file.status_code, file.headers["x-content-type-options"]) == (200, "nosniff")
        assert "http://" not in file.text.replace("http://www.w3.org/2000/svg", "")
    assert world.http.get(f"{world.base}/console/static/..%2Fapp.py").status_code == 404


def test_a_request_sent_from_the_page_reaches_the_device(world: World, device: Device) -> None:
    sent = send(world, form(device))
    assert (sent.status_code, sent.headers["location"]) == (303, "/console")
    listed = device.call("GET", "/Challenges").json()["challenges"]
    assert listed[0]["details"] == {
        "message": "Pay <b>now</b>?",
        "fields": [
            {"label": "Place", "value": "Lisbon: the old town"},
            {"label": "Plain", "value": ""},
        ],
    }
    assert listed[0]["expiration_date"] == "2023-11-14T22:14:20Z"
    for path in ("/console", "/console/parts"):
        response = world.http.get(world.base + path)
        text = response.text if path == "/console" else response.json()["parts"]["list"]
        assert "Pay &lt;b&gt;now&lt;/b&gt;?" in text
        assert '<span class="status">pending</span>' in text
    device.answer(listed[0]["sid"])
    drawn = world.http.get(f"{world.base}/console/parts").json()["parts"]["list"]
    assert '<span class="status">approved</span>' in drawn
    assert "answered in 0.0 s" in drawn


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"message": ""}, 400),
        ({"factor_sid": "YF" + "0" * 32}, 404),
        ({"expires_in": "soon"}, 400),
        ({"expires_in": "-1"}, 400),
        ({"expires_in": "3601"}, 400),
        ({"label": "x" * 40}, 400),
        ({"count": "101"}, 400),
        ({"count": "9999999999"}, 400),
    ],
)
def test_the_page_says_what_was_wrong_and_keeps_what_was_typed(
    world: World, device: Device, change: dict[str, str], status: int
) -> None:
    response = send(world, form(device, **change))
    assert response.status_code == status
    assert '<p class="problem" role="alert">' in response.text
    assert "Lisbon: the old town" in response.text
    assert world.sandbox.client.state()["challenges"] == []
    assert unescape(response.text).count("Pay <b>now</b>?") == ("message" not in change)


def test_a_script_is_told_in_json(world: World, device: Device) -> None:
    headers = {"Origin": world.base, "Accept": "application/json"}
    url = f"{world.base}/console/do/send"
    good = world.http.post(url, data=form(device), headers=headers)
    assert good.status_code == 200
    made = good.json()["answer"]["challenges"]
    assert [item["sid"] for item in made] == [world.sandbox.client.state()["challenges"][0]["sid"]]
    bad = world.http.post(url, data=form(device, message=""), headers=headers)
    assert (bad.status_code, bad.json()["code"]) == (400, 60306)
    unknown = world.http.post(f"{world.base}/console/do/nothing", headers=headers)
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    ("back", "where"),
    [
        ("/console?status=pending", "/console?status=pending"),
        ("//evil.example/console?", "/console"),
        ("/console?x=\r\nSet-Cookie: a=b", "/console"),
        ("https://evil.example/", "/console"),
    ],
)
def test_a_form_leads_back_to_the_console_and_nowhere_else(
    world: World, device: Device, back: str, where: str
) -> None:
    sent = send(world, form(device, back=back))
    assert (sent.status_code, sent.headers["location"]) == (303, where)


def test_the_page_takes_no_changes_from_elsewhere(
    world: World, device: Device, refused: Refused
) -> None:
    for origin in ("http://evil.example", "null", "http://localhost:1", ""):
        refused(send(world, form(device), origin), 403, 20403)
    bare = world.http.post(f"{world.base}/console/do/send", data=form(device))
    refused(bare, 403, 20403)
    assert world.sandbox.client.state()["challenges"] == []


@pytest.mark.parametrize("path", ["/v2/Services", "/access-token", "/control", "/console", "/x"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_only_our_own_names_are_answered(
    world: World, refused: Refused, path: str, host: str
) -> None:
    port = world.base.rpartition(":")[2]
    response = world.http.get(world.base + path, headers={"Host": host.format(port=port)})
    refused(response, 403, 20403)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_loopbacks_names_are_ours(world: World, name: str) -> None:
    port = world.base.rpartition(":")[2]
    host = {"Host": f"{name}:{port}"}
    assert world.http.get(f"{world.base}/console", headers=host).status_code == 200


def test_other_sites_get_nothing_through_a_browser(world: World, refused: Refused) -> None:
    token = f"{world.base}/access-token"
    identity = {"identity": "somebody"}
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site}
        refused(world.http.get(token, params=identity, headers=headers), 403, 20403)
        assert world.http.get(world.sandbox.console_url, headers=headers).status_code == 200
    evil = {"Origin": "http://evil.example"}
    refused(world.http.post(token, data=identity, headers=evil), 403, 20403)
    refused(world.company("POST", "/Entities", data=identity, headers=evil), 403, 20403)
    response = world.http.get(world.sandbox.console_url, headers=evil)
    assert not any(name.startswith("access-control") for name in response.headers)


def test_changes_by_control_need_the_token_or_our_origin(
    world: World, device: Device, refused: Refused
) -> None:
    url = f"{world.sandbox.control_url}/challenges"
    body = {"factor_sid": device.sid, "message": "Sign in?"}
    refused(world.http.post(url, json=body), 403, 20403)
    for path in ("clock", "reset"):
        refused(world.http.post(f"{world.sandbox.control_url}/{path}", json={}), 403, 20403)
    wrong = {"X-Sandbox-Token": "wrong"}
    refused(world.http.post(url, json=body, headers=wrong), 403, 20403)
    for headers in ({"X-Sandbox-Token": world.sandbox.auth_token}, {"Origin": world.base}):
        assert world.http.post(url, json=body, headers=headers).status_code == 201


def test_the_client_sends_reads_and_resets(world: World, device: Device) -> None:
    client = world.sandbox.client
    assert [item["sid"] for item in client.factors()] == [device.sid]
    one = client.create_challenge(
        device.sid,
        message="Pay?",
        fields=[{"label": "To", "value": "Ann"}],
        hidden_details={"a": "b"},
        expires_in=10,
    )
    assert one["details"] == {"message": "Pay?", "fields": [{"label": "To", "value": "Ann"}]}
    assert one["hidden_details"] == {"a": "b"}
    assert one["expiration_date"] == "2023-11-14T22:13:30Z"
    two = client.create_challenge(identity=str(device.factor["identity"]))
    assert client.challenge(two["sid"]) == two
    state = client.state()
    assert [item["sid"] for item in state["challenges"]] == [two["sid"], one["sid"]]
    assert state["sandbox"] is True
    assert state["api_url"] == world.sandbox.api_url
    assert world.sandbox.auth_token not in str(state)
    assert client.move_clock(20) == {"now": "2023-11-14T22:13:40Z", "offset": 20.0}
    assert client.challenge(one["sid"])["status"] == "expired"
    client.reset()
    assert client.state()["challenges"] == []
    assert len(client.factors()) == 1
    client.reset(everything=True)
    assert client.factors() == []
    assert client.state()["clock"]["offset"] == 0
    assert world.device().sid


def test_an_identity_is_found_as_the_sample_backend_was_given_it(
    world: World, sha256: Callable[[str], str]
) -> None:
    device = world.device(sha256("me@example.com"))
    made = world.sandbox.client.create_challenge(identity="me@example.com")
    assert made["factor_sid"] == device.sid


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("challenges", b"{}", (400, 60306)),
        ("challenges", b'{"factor_sid":1}', (400, 60306)),
        ("challenges", b'{"factor_sid":"YF1"}', (404, 20404)),
        ("challenges", b'{"identity":"nobody-here"}', (404, 20404)),
        ("challenges", b"[]", (400, 60306)),
        ("challenges", b"{", (400, 60306)),
        ("challenges", b"\xff", (400, 60306)),
        ("challenges", b'{"identity":"someone-here","expires_in":1e9}', (400, 60306)),
        ("challenges", b'{"identity":"someone-here","expires_in":"1"}', (400, 60306)),
        ("challenges", b'{"identity":"someone-here","fields":7,"message":"x"}', (400, 60306)),
        ("clock", b"{}", (400, 60306)),
        ("clock", b'{"offset":true}', (400, 60306)),
        ("clock", b'{"offset":"1"}', (400, 60306)),
        ("clock", b'{"offset":999999999}', (400, 60306)),
        ("clock", b'{"offset":1e400}', (400, 60306)),
        ("reset", b'{"everything":"yes"}', (400, 60306)),
    ],
)
def test_the_control_api_checks_what_it_is_given(
    world: World, refused: Refused, path: str, body: bytes, answer: tuple[int, int]
) -> None:
    world.device("someone-here")
    headers = {"X-Sandbox-Token": world.sandbox.auth_token}
    url = f"{world.sandbox.control_url}/{path}"
    refused(world.http.post(url, content=body, headers=headers), *answer)


def test_the_client_tells_why_it_was_refused(world: World) -> None:
    with pytest.raises(SandboxClientError) as caught:
        world.sandbox.client.challenge("YC" + "0" * 32)
    assert (caught.value.code, caught.value.status) == (20404, 404)
    assert str(caught.value) == "The challenge was not found"
    with (
        SandboxClient(world.sandbox.control_url, "wrong") as other,
        pytest.raises(SandboxClientError) as caught,
    ):
        other.reset()
    assert caught.value.status == 403
