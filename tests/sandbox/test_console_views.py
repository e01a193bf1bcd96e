from __future__ import annotations

import shlex
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.world import Device, World


def parts(world: World, **view: str) -> dict[str, str]:
    response = world.http.get(f"{world.base}/console/parts", params=view)
    assert response.status_code == 200
    return {name: unescape(html) for name, html in response.json()["parts"].items()}


def rows(world: World, **view: str) -> int:
    return parts(world, **view)["list"].count('class="row ')


@pytest.fixture
def three(world: World, device: Device) -> list[str]:
    """Send three requests; one is approved, one expired."""
    client = world.sandbox.client
    sids = [
        client.create_challenge(
            device.sid,
            message=message,
            fields=[{"label": "Ort", "value": value}],
            hidden_details={"order": f"nr-{value}"},
            expires_in=life,
        )["sid"]
        for message, value, life in (
            ("One", "Köln", 10),
            ("Two 50%", "B", 300),
            ("Three", "C", 300),
        )
    ]
    device.answer(sids[1])
    world.move(20)
    return sids


def test_the_list_is_filtered_by_status(world: World, three: list[str]) -> None:
    assert rows(world) == len(three)
    for status, sid in (("expired", three[0]), ("approved", three[1]), ("pending", three[2])):
        drawn = parts(world, status=status)["list"]
        assert drawn.count('class="row ') == 1
        assert f'data-key="{sid}"' in drawn
    assert rows(world, status="denied") == 0
    assert rows(world, status="nonsense") == len(three)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two", 1),
        ("50%", 1),
        ("%", 1),
        ("_", 0),
        ("KÖLN", 1),
        ("nr-", 3),
        ("Ort", 3),
        ("laptop", 3),
        # How the database writes a field is nothing that anybody looks for.
        ("label", 0),
        ('"', 0),
    ],
)
def test_search_looks_at_all_that_a_request_says(
    world: World, three: list[str], text: str, found: int
) -> None:
    assert rows(world, q=text) == found
    assert rows(world, q=three[0]) == 1


def test_a_long_list_is_shown_in_pieces(world: World, device: Device) -> None:
    headers = {"Origin": world.base}
    body = {"factor_sid": device.sid, "message": "Sign in?", "count": 60}
    sent = world.http.post(f"{world.sandbox.control_url}/bursts", json=body, headers=headers)
    assert len(sent.json()["challenges"]) == 60
    first = parts(world)["list"]
    assert first.count('class="row ') == 50
    assert "shown=150" in first
    more = parts(world, shown="150")["list"]
    assert more.count('class="row ') == 60
    assert "Show more" not in more
    assert rows(world, shown="99999") == 50


def test_a_taken_answer_is_taken_apart(world: World, device: Device) -> None:
    sid = world.pending(device)
    device.answer(sid, "denied")
    answer = parts(world, challenge=sid, tab="answer")["detail"]
    assert "Denied by the device" in answer
    assert "Signature valid ✓" in answer
    assert "All fields signed as they were served ✓" in answer
    assert answer.count("<tr") == 1 + 12
    assert "differs" not in answer


def test_a_refused_answer_shows_what_differs(
    world: World, device: Device, new_key: Callable[[], Any]
) -> None:
    sid = world.pending(device)
    served = device.fetch(sid)
    wrong = device.signed(served, "approved", {"identity": "somebody", "more": 1})
    assert device.post(sid, wrong).json()["code"] == 60324
    answer = parts(world, challenge=sid, tab="answer")["detail"]
    assert "Challenge verification failed" in answer
    assert "60324" in answer
    assert "Signature valid ✓" in answer
    assert answer.count('class="differs"') == 2
    assert "not asked for" in answer
    other = new_key()
    device.key, own = other, device.key
    foreign = device.signed(served, "approved")
    device.key = own
    assert device.post(sid, foreign).json()["code"] == 60324
    answer = parts(world, challenge=sid, tab="answer")["detail"]
    assert "✗ The signature is not that of the account's key" in answer
    assert device.post(sid, "no.jws").json()["code"] == 60306
    assert "✗ Not a compact JWS" in parts(world, challenge=sid, tab="answer")["detail"]
    device.answer(sid)
    events = parts(world, challenge=sid, tab="events")["detail"]
    refused, taken = events.index("Answer refused"), events.index("Approved by the device")
    assert events.index("Sent by the company") < refused < taken
    assert "POST by the device: 403" in events


def test_refused_answers_do_not_pile_up(world: World, device: Device) -> None:
    sid = world.pending(device)
    for _ in range(55):
        assert device.post(sid, "no.jws").json()["code"] == 60306
    answer = parts(world, challenge=sid, tab="answer")["detail"]
    assert answer.count('class="answer"') == 50


def test_text_from_outside_stays_text(world: World, device: Device) -> None:
    evil = "\u202e<script>alert(1)</script>\"'"
    made = world.sandbox.client.create_challenge(
        device.sid, message=evil, fields=[{"label": evil[:36], "value": evil}]
    )
    for tab in ("request", "answer", "events", "webhooks", "change"):
        page = world.http.get(
            world.sandbox.console_url, params={"challenge": made["sid"], "tab": tab, "q": evil}
        )
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert "[U+202E]<script>" in parts(world, challenge=made["sid"])["detail"]


@pytest.mark.parametrize(
    "view",
    [
        {"challenge": "YC" + "0" * 32},
        {"challenge": "'; DROP TABLE challenges"},
        {"tab": "../../x", "drawer": "y", "shown": "-5", "q": "\0" * 300},
        {"shown": "٣"},
    ],
)
def test_a_mistyped_address_is_no_error(world: World, view: dict[str, str]) -> None:
    assert world.http.get(world.sandbox.console_url, params=view).status_code == 200


def test_each_drawer_shows_what_is_there(world: World, device: Device) -> None:
    world.pending(device)
    assert "/Challenges" in parts(world, drawer="traffic")["drawer"]
    headers = {"Origin": world.base}
    act = f"{world.base}/console/do"
    on = {"kind": "rate-limited", "count": "2"}
    assert world.http.post(f"{act}/fault", data=on, headers=headers).status_code == 303
    drawn = parts(world, drawer="faults")
    assert "429 for the next 2" in drawn["drawer"]
    assert "The app should: " in drawn["drawer"]
    assert "429 for the next 2" in drawn["topbar"]
    assert device.call("GET", "/Challenges").status_code == 429
    assert 'class="faulted"' in parts(world, drawer="traffic")["drawer"]
    assert world.http.post(f"{act}/faults-off", headers=headers).status_code == 303
    assert "429" not in parts(world, drawer="faults")["topbar"]
    endless = {"kind": "not-found", "count": "5", "until_off": "true"}
    world.http.post(f"{act}/fault", data=endless, headers=headers)
    assert "404 until off" in parts(world)["topbar"]
    scenarios = parts(world, drawer="scenarios")["drawer"]
    assert "burst" in scenarios
    play = {"name": "burst", "factor_sid": device.sid}
    assert world.http.post(f"{act}/scenario", data=play, headers=headers).status_code == 303
    assert len(world.sandbox.client.state()["challenges"]) > 5


def test_the_clock_is_moved_and_set_right(world: World) -> None:
    headers = {"Origin": world.base}
    act = f"{world.base}/console/do/clock"
    assert "real time" in parts(world)["topbar"]
    for offset, words in (("600", "+10 min"), ("-5400", "-1 h 30 min"), ("0", "real time")):
        world.http.post(act, data={"offset": offset}, headers=headers)
        assert words in parts(world)["topbar"]


def copied(world: World, sid: str, kind: str) -> str:
    response = world.http.get(f"{world.base}/console/copy/{sid}/{kind}")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert world.sandbox.auth_token not in response.text
    return response.text


def test_what_is_copied_sends_the_same_request(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world.sandbox.client.create_challenge(
        device.sid,
        message='It\'s "$HOME" `x`\n\u202eend',
        fields=[{"label": "A&B=", "value": "@file +%"}],
        hidden_details={"k": "v"},
    )
    sid = made["sid"]
    assert copied(world, sid, "id") == sid
    command = shlex.split(copied(world, sid, "curl").replace("\\\n", ""))
    given = [item for item in pairwise(command) if item[0].startswith("--d")]
    data = dict(item[1].partition("=")[::2] for item in given)
    assert command[-1] == f"{world.ready.account_sid}:$TWILIO_AUTH_TOKEN"
    again = world.company("POST", command[3], data=data).json()
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", world.sandbox.auth_token)
    names: dict[str, Any] = {}
    program = copied(world, sid, "pytest").replace(
        '["status"] == "approved"', '["status"] == "pending"'
    )
    exec(program, names)  # noqa: S102 - our own words, and the point of the test
    names["test_the_request_is_approved"]()
    newest = world.sandbox.client.state()["challenges"]
    assert len(newest) == 3
    for same in (again, newest[0]):
        assert same["details"] == made["details"]
        assert same["hidden_details"] == made["hidden_details"]
    program = copied(world, sid, "twilio-python")
    compile(program, "snippet", "exec")
    assert f'base_url = "{world.base}"' in program
    assert world.http.get(f"{world.base}/console/copy/{sid}/nothing").status_code == 404


def test_accounts_say_when_they_were_seen(world: World) -> None:
    world.device()
    assert "seen <time" in parts(world)["accounts"]
    new = world.device(verified=False)
    drawn = parts(world)
    assert "not finished" in drawn["accounts"]
    assert f'value="{new.sid}"' in drawn["account"]
    assert "tester-03" in drawn["accounts"]


def test_webhooks_show_what_was_told(world: World, device: Device) -> None:
    hook = {
        "FriendlyName": "Mine",
        "EventTypes": "challenge.approved",
        "WebhookUrl": "http://127.0.0.1:9/nobody",
    }
    assert world.company("POST", "/Webhooks", data=hook).status_code == 201
    sid = world.pending(device)
    assert "No webhook was told" in parts(world, challenge=sid, tab="webhooks")["detail"]
    device.answer(sid)
    drawn = parts(world, challenge=sid, tab="webhooks")["detail"]
    assert "challenge.approved" in drawn
    assert "http://127.0.0.1:9/nobody" in drawn
    (first,) = world.http.get(f"{world.sandbox.control_url}/deliveries").json()["deliveries"]
    again = {"id": first["id"]}
    headers = {"Origin": world.base}
    sent = world.http.post(f"{world.base}/console/do/redeliver", data=again, headers=headers)
    assert sent.status_code == 303
    drawn = parts(world, challenge=sid, tab="webhooks")["detail"]
    assert drawn.count("challenge.approved") >= 2
    assert "sent again by hand" in drawn


def test_webhooks_of_what_is_no_request_are_in_the_drawer(world: World) -> None:
    assert "No webhook was told anything yet." in parts(world, drawer="webhooks")["drawer"]
    hook = {
        "FriendlyName": "Mine",
        "EventTypes": "factor.verified",
        "WebhookUrl": "http://127.0.0.1:9/nobody",
    }
    assert world.company("POST", "/Webhooks", data=hook).status_code == 201
    world.device()
    drawn = parts(world, drawer="webhooks")["drawer"]
    assert "factor.verified" in drawn
    assert "http://127.0.0.1:9/nobody" in drawn
    assert "/console/do/redeliver" in drawn
