"""Whoever holds a secret may use it; nobody gets to read it anywhere but where it was handed out.

One day at a sandbox with every kind of secret in use, rightly and wrongly; then each place that
shows something is searched for each of them.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from countersign.sandbox.console.snippets import KINDS
from countersign.sandbox.console.view import DRAWERS, TABS
from countersign.sandbox.traffic import live
from tests.sandbox.openapi_judge import documented
from tests.sandbox.receiver import done, hook, receiving
from tests.sandbox.world import Key, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.sandbox.call import Call

WRONG = "wr0ng-s3cret-that-somebody-tried"
"""Given wherever a secret is asked for."""


@dataclass
class Day:
    """What happened, and all that must not be seen."""

    secrets: dict[str, str]
    challenge: str
    terminal: io.StringIO
    received: list[str]


def misuse(world: World, secrets: dict[str, str]) -> None:
    """Put each secret where it doesn't belong: wrong header, wrong place, wrong name."""
    for secret in (*secrets.values(), WRONG):
        pair = (secret, secret)
        for method, url, extra in (
            ("GET", f"{world.base}/v2/Services?PageToken={secret}&Status={secret}", {}),
            ("POST", f"{world.base}/control/clock?token={secret}", {"offset": secret}),
            ("GET", f"{world.base}/control/deliveries?event={secret}", {}),
            ("GET", f"{world.base}/console?token={secret}", {}),
            ("POST", f"{world.base}/nowhere", {"token": secret}),
        ):
            headers = {"X-Sandbox-Token": secret, "Cookie": f"token={secret}"}
            body = extra or None
            world.http.request(method, url, headers=headers, auth=pair, json=body)
        for user in ("token", world.ready.account_sid):
            world.company("GET", "/Entities", auth=(user, secret))
            form = {"FriendlyName": "x", "FactorType": secret}
            url = "/Entities/somebody-1/Factors"
            world.company("POST", url, auth=(user, secret), data=form)


@pytest.fixture
def day(world: World) -> Day:
    """Spend a day."""
    terminal = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(live(world.sandbox.sandbox.traffic, terminal))
        receiver = stack.enter_context(receiving())
        hook(world, receiver.url, "*")
        made = world.sandbox.client.create_account("Fabrikam")
        unused = world.access_token("somebody-1")
        used = world.access_token("somebody-2")
        given = world.http.get(world.sandbox.backend_url, params={"identity": "jane"}).json()
        assert world.create_factor("somebody-2", Key(), used).status_code == 201
        device = world.device()
        challenge = world.pending(device)
        device.post(challenge, "not.an.answer")
        device.answer(challenge)
        world.sandbox.client.play("sign-in", factor_sid=device.sid)
        world.sandbox.client.redeliver(done(world.sandbox)[0]["id"])
        done(world.sandbox)
        secrets = {
            "the auth token": world.ready.auth_token,
            "another account's auth token": made["auth_token"],
            "an access token": unused,
            "a used access token": used,
            "the sample backend's access token": given["token"],
            "a device's token": device.token(),
            "a credential's sid": str(device.factor["config"]["credential_sid"]),
        }
        misuse(world, secrets)
        received = []
        while not receiver.requests.empty():
            got = receiver.requests.get()
            received.append(f"{got.path} {got.headers} {got.body}")
        assert received
    return Day(secrets, challenge, terminal, received)


def leaks(day: Day, told: str) -> list[str]:
    """Name the secrets that a text tells, whole or its end."""
    tried = {**day.secrets, "what somebody tried": WRONG}
    return [name for name, secret in tried.items() if secret in told or secret[-24:] in told]


def shown(world: World, day: Day) -> Iterator[tuple[str, str]]:
    """Give each address that shows something, and what it shows."""
    document = world.sandbox.client.openapi()
    values = {
        "sid": day.challenge,
        "id": str(world.sandbox.client.deliveries()[0]["id"]),
    }
    addresses = [
        each.path.format(**values) for each in documented(document) if each.method == "GET"
    ]
    addresses += [f"/console?drawer={name}" for name in DRAWERS]
    addresses += [f"/console?challenge={day.challenge}&tab=change"]
    for tab in TABS:
        place = f"challenge={day.challenge}&tab={tab}"
        addresses += [f"/console{part}?{place}" for part in ("", "/parts")]
    addresses += [f"/console/copy/{day.challenge}/{kind}" for kind in KINDS]
    for address in addresses:
        response = world.http.get(world.base + address)
        assert response.status_code == 200, address
        yield address, f"{response.headers} {response.text}"


def test_no_place_tells_a_secret(world: World, day: Day, caplog: pytest.LogCaptureFixture) -> None:
    for address, told in shown(world, day):
        assert leaks(day, told) == [], address
    lines = day.terminal.getvalue()
    assert "/v2/Services/{service}/Entities" in lines or "/Entities/{identity}" in lines
    assert leaks(day, lines) == []
    for got in day.received:
        assert leaks(day, got) == []
    assert leaks(day, repr(world.sandbox)) == []
    assert leaks(day, repr(world.sandbox.sandbox)) == []
    assert leaks(day, caplog.text) == []


def test_the_page_and_the_api_show_the_day_at_all(world: World, day: Day) -> None:
    """Without this the search above could look at empty pages."""
    texts = dict(shown(world, day))
    assert "AuthPayload" in texts[f"/console?challenge={day.challenge}&tab=answer"]
    assert day.challenge in texts["/control/export"]
    assert '"caller":"device"' in texts["/control/traffic"]


@pytest.mark.expect_log("ERROR countersign.sandbox.call: .* failed")
def test_a_failure_is_logged_without_a_secret(
    world: World, day: Day, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses a statement that has a token in hand."""

    def broken(call: Call, _account_sid: str) -> None:
        values = {"token": next(iter(day.secrets.values()))}
        call.session.execute(text("SELECT * FROM nothing WHERE a = :token"), values)

    monkeypatch.setattr("countersign.sandbox.services.find_service", broken)
    with caplog.at_level(logging.INFO):
        world.company("GET", "/Entities")
    assert "Traceback" in caplog.text
    assert leaks(day, caplog.text) == []


def test_a_token_is_shown_where_it_is_handed_out_and_nowhere_else(world: World) -> None:
    made = world.sandbox.client.create_account("Fabrikam")
    assert re.fullmatch("[0-9a-f]{32}", made["auth_token"])
    assert world.sandbox.client.credentials()["auth_token"] == world.ready.auth_token
    other = replace(
        world.sandbox,
        account_sid=made["sid"],
        auth_token=made["auth_token"],
        service_sid=made["services"][0]["sid"],
    )
    with World.over(other) as theirs:
        data = {"Identity": "somebody-1", "FactorType": "push"}
        issued = theirs.company("POST", "/AccessTokens", data=data).json()
        assert theirs.company("GET", f"/AccessTokens/{issued['sid']}").json() == issued
        # Another company's is not there.
        assert world.company("GET", f"/AccessTokens/{issued['sid']}").status_code == 404
    assert made["auth_token"] not in json.dumps(world.sandbox.client.accounts())
