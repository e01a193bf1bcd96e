"""The console as a tester uses it: clicks, keys, and what moves by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from countersign.sandbox.serve import running
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sandbox.browser.devtools import Browser, Page

    Open = Callable[..., Page]

ROW = "#rows .row"


def test_from_nothing_to_an_approved_request(live: World, open_page: Open) -> None:
    page = open_page()
    page.wait_text("#part-list", "Approve it in the app.")
    assert "countersign enroll --backend" in page.text("#part-list")
    assert page.run("document.querySelector('.add a').href").startswith("countersign://enroll?")
    device = live.device("tester-01")
    page.wait_text(".account-rows", "seen")  # the command below names it, too
    page.click("#send")
    page.wait_text(ROW, "Sign in to Northwind")
    page.wait("document.title.startsWith('(1)')")
    page.click(".row-link")
    page.wait_text("#part-detail", '"status": "pending"')
    device.answer(live.sandbox.client.state()["challenges"][0]["sid"])
    page.wait_text("#part-detail .status", "approved")
    page.click("#part-detail .tab", "Answer")
    page.wait_text("#part-detail", "Signature valid ✓")
    page.wait_text(ROW, "answered in")
    assert "challenge=YC" in page.run("location.search")
    again = open_page(page.run("location.search"))
    again.wait_text("#part-detail", "Signature valid ✓")
    page.run("history.back()")
    page.wait_text("#part-detail", '"status": "approved"')


def test_one_of_each_fills_the_list(live: World, open_page: Open) -> None:
    live.device()
    page = open_page()
    page.click("button", "One of each")
    for status in ("pending", "approved", "denied", "expired"):
        page.wait(f"document.querySelector('.row.{status}')")
    page.click(".chips .tab", "Denied")
    page.wait(f"document.querySelectorAll('{ROW}').length === 1")
    assert "status=denied" in page.run("location.search")


def test_keys_do_what_the_list_of_keys_says(live: World, open_page: Open) -> None:
    live.device()
    page = open_page()
    page.key("n")
    assert page.run("document.activeElement.id") == "message"
    page.run("document.activeElement.select()")
    page.type("First request")
    page.key("Enter", ctrl=True)
    page.wait_text("#rows", "First request")
    page.key("Escape")
    page.key("r")
    page.wait(f"document.querySelectorAll('{ROW}').length === 2")
    first, second = (item["sid"] for item in live.sandbox.client.state()["challenges"])
    page.key("j")
    assert first in page.run("document.activeElement.href")
    page.key("j")
    assert second in page.run("document.activeElement.href")
    page.key("k")
    page.key("Enter")
    page.wait_text("#part-detail", first)
    page.key("/")
    page.type("nothing like it")
    page.wait_text("#part-list", "Nothing found.")
    page.key("r")  # typed into the search, not a key
    page.run("document.activeElement.blur()")
    page.key("?")
    page.wait("document.getElementById('help').open")
    page.key("r")
    page.key("Escape")
    page.wait("!document.getElementById('help').open")
    assert len(live.sandbox.client.state()["challenges"]) == 2


def test_news_take_nothing_from_who_is_typing(live: World, open_page: Open) -> None:
    device = live.device()
    page = open_page()
    page.click("#message")
    page.run("document.activeElement.select()")
    page.type("Half a sen")
    page.click(".topbar summary", "Reset")
    page.run("document.getElementById('message').focus()")
    live.pending(device)
    page.wait_text("#rows", "Sign in?")
    assert page.run("document.activeElement.id") == "message"
    assert page.run("document.activeElement.value") == "Half a sen"
    assert page.run("document.querySelector('[data-key=reset]').open")
    page.run("document.querySelector('.row-link').focus()")
    kept = page.run("document.activeElement.href")
    for number in range(3):
        live.pending(device)
        page.wait(f"document.querySelectorAll('{ROW}').length === {number + 2}")
        assert page.run("document.activeElement.href") == kept


def test_a_countdown_ends_by_itself(live: World, open_page: Open) -> None:
    device = live.device()
    live.sandbox.client.create_challenge(device.sid, expires_in=2)
    page = open_page()
    page.wait_text(ROW, "left")
    page.wait("document.querySelector('.row.expired')")


def test_a_request_is_steered_from_its_row(live: World, open_page: Open) -> None:
    device = live.device()
    sid = live.pending(device)
    page = open_page(f"?challenge={sid}")
    page.click(".row-actions a", "Change it")
    page.wait("document.activeElement.id === 'change-message'")
    page.run("document.activeElement.select()")
    page.type("Pay 900?")
    page.key("Enter", ctrl=True)
    page.wait_text("#part-detail", "Changed by the tester")
    page.wait_text(ROW, "Pay 900?")
    page.click(".row-actions button", "Expire now")
    page.wait_text("#part-detail .status", "expired")
    page.click("#part-detail button", "Delete")
    page.wait_text("#part-detail", "That request is gone.")


def test_what_is_wrong_is_said_where_it_was_typed(live: World, open_page: Open) -> None:
    live.device()
    page = open_page()
    page.run("document.getElementById('message').value = ''")
    page.click("#send")
    page.wait_text("#composer .problem", "Details.Message is invalid")
    page.run("document.getElementById('message').value = 'Fine'")
    page.click("#send")
    page.wait_text("#rows", "Fine")
    page.wait("document.querySelector('#composer .problem').hidden")
    (complaint,) = page.complaints()
    assert "400 (Bad Request)" in complaint


def test_templates_and_lines_fill_the_form(live: World, open_page: Open) -> None:
    live.device()
    page = open_page()
    page.run(
        "(t => { t.value = 'Payment'; t.dispatchEvent(new Event('change', {bubbles: true})); })"
        "(document.getElementById('template'))"
    )
    assert page.run("document.getElementById('message').value").startswith("Transfer €")
    assert page.run("document.getElementById('hiddens').closest('details').open")
    page.click("button", "+ Field")
    page.type("Extra")
    page.key("Tab")
    page.type("yes")
    page.click("#fields [data-remove]")
    page.click("#send")
    page.wait_text("#rows", "Transfer")
    sent = live.sandbox.client.state()["challenges"][0]
    assert [field["label"] for field in sent["details"]["fields"]] == ["Reference", "Extra"]
    assert sent["hidden_details"] == {"transaction": "tx-118"}


def test_faults_and_clock_show_at_the_top(live: World, open_page: Open) -> None:
    device = live.device()
    page = open_page("?drawer=faults")
    page.click('[data-key="rate-limited"] button', "Turn on")
    page.wait_text("#faults-on", "429 for the next 1")
    assert device.call("GET", "/Challenges").status_code == 429
    page.wait_text("#faults-on", "none")
    page.click(".drawer-tabs a", "Traffic")
    page.wait_text(".faulted", "429")
    page.click(".topbar summary", "Move clock")
    page.click(".topbar button", "+10 min")
    page.wait_text("#offset", "+10 min")
    page.click(".topbar button", "Reset")
    page.wait_text("#offset", "real time")


def test_the_auth_token_shows_only_when_asked_for(live: World, open_page: Open) -> None:
    page = open_page()
    token = live.sandbox.auth_token
    assert token not in page.run("document.documentElement.outerHTML")
    page.click(".topbar summary", "Addresses")
    page.click("[data-reveal]")
    page.wait_text("#auth-token", token)


def test_copying_gives_the_command(live: World, open_page: Open) -> None:
    sid = live.pending(live.device())
    page = open_page(f"?challenge={sid}")
    page.browser.call(
        "Browser.grantPermissions",
        browserContextId=page.context,
        permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
    )
    page.click(".actions summary", "Copy")
    page.click(".actions a", "curl")
    page.wait_text("#said", "Copied as curl.")
    assert page.run("navigator.clipboard.readText()").startswith("curl -X POST ")


def test_a_run_is_replayed_from_a_file(live: World, open_page: Open, tmp_path: Path) -> None:
    live.pending(live.device())
    run = live.http.get(f"{live.sandbox.control_url}/export").json()
    file = tmp_path / "run.json"
    file.write_text(json.dumps(run))
    page = open_page()
    node = page.call("DOM.getDocument")["root"]["nodeId"]
    field = page.call("DOM.querySelector", nodeId=node, selector="#replay")["nodeId"]
    page.call("DOM.setFileInputFiles", files=[str(file)], nodeId=field)
    page.wait(f"document.querySelectorAll('{ROW}').length === 2")
    file.write_text("[]")
    page.call("DOM.setFileInputFiles", files=[str(file)], nodeId=field)
    page.wait_text("#said", "That isn't an exported run.")


def test_a_thousand_requests_are_no_burden(live: World, open_page: Open) -> None:
    device = live.device()
    headers = {"Origin": live.base}
    body = {"factor_sid": device.sid, "message": "Sign in?", "count": 100}
    for _ in range(10):
        live.http.post(f"{live.sandbox.control_url}/bursts", json=body, headers=headers)
    page = open_page()
    assert page.count(ROW) == 50
    assert page.text('.chips [data-key="all"] .count') == "1000"
    page.click(".more a")
    page.wait(f"document.querySelectorAll('{ROW}').length === 150")


def test_a_stopped_sandbox_is_told_and_a_new_one_found(browser: Browser) -> None:
    with running() as sandbox:
        port = int(sandbox.api_url.split(":")[2].partition("/")[0])
        page = browser.page()
        page.open(sandbox.console_url)
        page.wait("document.documentElement.classList.contains('scripted')")
    page.wait_text("#lost", "Sandbox stopped. Start it with: countersign sandbox")
    with running(port=port) as sandbox, World.over(sandbox) as world:
        page.wait("document.getElementById('lost').hidden")
        world.device("tester-77")
        page.wait_text("#part-accounts", "tester-77")
        page.close()


def test_a_form_is_taken_without_the_pages_script(live: World, open_page: Open) -> None:
    live.device()
    page = open_page()
    page.run("document.getElementById('composer').submit()")  # tells no script of it
    page.wait_text(ROW, "Sign in to Northwind")
    assert len(live.sandbox.client.state()["challenges"]) == 1
