"""What a tester reaches through the console's menus and its drawer: accounts, faults, runs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.browser.devtools import Page
    from tests.sandbox.world import World

    Open = Callable[..., Page]

ROW = "#rows .row"


def put(page: Page, selector: str, value: str) -> None:
    """Type into a field that may have something in it."""
    page.run(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(value)}")


def test_a_changed_request_gets_another_field(live: World, open_page: Open) -> None:
    device = live.device()
    made = live.sandbox.client.create_challenge(
        device.sid, fields=[{"label": "Place", "value": "Lisbon"}, {"label": "Old", "value": "1"}]
    )
    page = open_page(f"?challenge={made['sid']}&tab=change")
    page.click(".change [data-add]")
    page.type("Amount")
    page.key("Tab")
    page.type("€ 900")
    page.click(".change .pair:nth-child(2) [data-remove]")
    live.pending(device)  # news take nothing from who is at it
    page.wait(f"document.querySelectorAll('{ROW}').length === 2")
    page.click(".change button.primary")
    page.wait_text("#part-detail", "Changed by the tester")
    changed = live.sandbox.client.challenge(made["sid"])["details"]["fields"]
    assert changed == [{"label": "Place", "value": "Lisbon"}, {"label": "Amount", "value": "€ 900"}]


def test_a_fault_hits_one_account_and_one_path(live: World, open_page: Open) -> None:
    first, second = live.device("tester-01"), live.device("tester-02")
    sid = live.pending(first)
    page = open_page("?drawer=faults")
    put(page, "#fault [name=factor_sid]", first.sid)
    put(page, "#fault [name=path]", "*/Challenges/*")
    put(page, "#fault [name=method]", "GET")
    put(page, "#fault [name=count]", "3")
    put(page, "#fault [name=seconds]", "1.5")
    page.click('[data-key="rate-limited"] button', "Turn on")
    page.wait_text('[data-key="rate-limited"]', "429 for the next 3")
    page.wait_text('[data-key="rate-limited"]', "to Laptop · GET · */Challenges/* · 1.5 s")
    assert "The app should: Wait at least" in page.text('[data-key="rate-limited"]')
    assert second.fetch(sid).status_code == 404
    assert first.call("GET", "/Challenges").status_code == 200
    assert first.fetch(sid).status_code == 429
    page.wait_text("#faults-on", "429 for the next 2")
    (fault,) = live.sandbox.client.faults()
    assert (fault["callers"], fault["seconds"]) == (["device"], 1.5)
    page.click('[data-key="rate-limited"] button', "Turn off")
    page.wait_text("#faults-on", "none")


def test_a_fault_stays_until_it_is_off_and_another_joins_it(live: World, open_page: Open) -> None:
    page = open_page("?drawer=faults")
    page.click("#fault [name=until_off]")
    put(page, "#fault [name=caller]", "company")
    page.click('[data-key="server-error"] button', "Turn on")
    page.wait_text('[data-key="server-error"]', "of company")
    page.click('[data-key="server-error"] button', "Turn on")
    page.wait_text("#faults-on", "500 until off and 1 more")
    assert {each["count"] for each in live.sandbox.client.faults()} == {None}
    assert live.company("GET", "/Entities").status_code == 500


def test_enter_turns_nothing_on_and_what_is_wrong_is_said(live: World, open_page: Open) -> None:
    page = open_page("?drawer=faults")
    page.run("document.querySelector('#fault [name=path]').focus()")
    page.type("*/Factors")
    page.key("Enter")
    put(page, "#fault [name=seconds]", "90000")
    page.click('[data-key="latency"] button', "Turn on")
    page.wait_text("#fault .problem", "seconds is a number up to 86400")
    assert live.sandbox.client.faults() == []
    (complaint,) = page.complaints()
    assert "400 (Bad Request)" in complaint


def test_the_traffic_is_looked_through(live: World, open_page: Open) -> None:
    device = live.device()
    live.sandbox.client.fault("rate-limited", path="*/Challenges")
    device.call("GET", "/Challenges")
    live.company("GET", "/Entities/nobody-here")
    page = open_page("?drawer=traffic")
    lines = "document.querySelectorAll('.traffic tbody tr').length"
    everything = page.run(lines)
    page.click(".drawer .tab", "Errors")
    page.wait(f"{lines} === 2")
    page.click(".drawer .tab", "Company")
    page.wait(f"{lines} === 1")
    page.wait_text(".traffic tbody", "404")
    page.click(".drawer .tab", "Errors")
    page.wait("!document.querySelector('.drawer-body [data-key=errors][aria-current]')")
    page.click('.drawer-body [data-key="any"]')
    page.wait(f"{lines} === {everything}")
    page.run("document.getElementById('find').focus()")
    page.type("limited]")  # sids are random: a number may stand in one
    page.wait(f"{lines} === 1")
    assert page.run("location.search").endswith("find=limited%5D")
    again = open_page(page.run("location.search"))
    again.wait_text(".traffic tbody", "rate-limited")
    assert again.run("document.getElementById('find').value") == "limited]"
    page.type("x")
    page.wait_text(".drawer-body", "Nothing found.")


def test_every_account_has_its_addresses_and_a_new_ones_token_shows_once(
    live: World, open_page: Open
) -> None:
    page = open_page()
    page.click(".topbar summary", "Addresses")
    page.click("[data-new-account] input")
    page.type("Fabrikam")
    page.key("Enter")
    page.wait("!document.getElementById('new-token').hidden")
    token = page.text("#new-token code")
    assert re.fullmatch("[0-9a-f]{32}", token)
    own, made = live.sandbox.client.accounts()
    page.wait_text(f'.company[data-key="{made["sid"]}"]', made["services"][0]["backend_url"])
    shown = page.text(f'.company[data-key="{made["sid"]}"]')
    assert "Fabrikam" in shown
    assert made["services"][0]["sid"] in shown
    assert "It was shown when the account was made." in shown
    assert own["services"][0]["sid"] in page.text(f'.company[data-key="{own["sid"]}"]')
    url = f"{live.ready.api_url}/Services"
    assert live.http.get(url, auth=(made["sid"], token)).status_code == 200
    later = open_page()
    assert token not in later.run("document.documentElement.outerHTML")
    assert live.sandbox.auth_token not in later.run("document.documentElement.outerHTML")


def test_a_run_comes_at_its_own_pace_and_is_stopped(
    live: World, open_page: Open, tmp_path: Path
) -> None:
    device = live.device()
    live.pending(device)
    live.pending(device)
    run = live.http.get(f"{live.sandbox.control_url}/export").json()
    run["challenges"][1]["after"] = 500
    file = tmp_path / "run.json"
    file.write_text(json.dumps(run))
    page = open_page()
    page.click(".topbar summary", "Run")
    page.click("#replay-pace")
    node = page.call("DOM.getDocument")["root"]["nodeId"]
    field = page.call("DOM.querySelector", nodeId=node, selector="#replay")["nodeId"]
    page.call("DOM.setFileInputFiles", files=[str(file)], nodeId=field)
    page.wait_text("#said", "Sent 1 again, 1 to come.")
    page.wait_text("#replaying", "1 to come, next at")
    live.sandbox.client.move_clock(600)
    page.wait(f"document.querySelectorAll('{ROW}').length === 4")
    page.wait("!document.getElementById('replaying')")
    page.call("DOM.setFileInputFiles", files=[str(file)], nodeId=field)
    page.wait_text("#replaying", "1 to come")
    page.click(".gauge button", "Stop")
    page.wait("!document.getElementById('replaying')")
    assert live.sandbox.client.replaying()["waiting"] == 0
