"""Links and the toy sign-in page, with the real window: they show a request, a click answers it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from countersign.testing.x_session_app import WindowDriver
from countersign.testing.x_session_parts import stop, until
from tests.sandbox.browser import devtools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.window.conftest import Desk
    from tests.sandbox.browser.devtools import Page

PROGRAM: Final = (sys.executable, "-m", "countersign")


def start(desk: Desk, link: str) -> None:
    """Start the app with a link, as the browser does for a click."""
    second = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "--profile", str(desk.profile), "gui", link],
        env=desk.environment,
        timeout=60,
        check=False,
    )
    assert second.returncode == 0


def link_to(desk: Desk, sid: str, kind: str = "challenge") -> str:
    return f"countersign://{kind}?factor_sid={desk.factor_sid}&challenge_sid={sid}"


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """Open the toy site's page in a browser."""
    if devtools.program() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with devtools.browser() as address, devtools.connected(address) as browser:
        opened = browser.page(900, 700)
        opened.open(f"{desk.company.origin}/sign-in?factor={desk.factor_sid}")
        yield opened
        assert opened.complaints() == []


@pytest.mark.parametrize("kind", ["challenge", "signin"])
def test_a_link_opens_its_request_in_the_running_window(desk: Desk, kind: str) -> None:
    app = desk.open()
    app.row("Northwind")
    window = app.window
    desk.screen.xdotool("windowminimize", window)
    until(lambda: desk.screen.active_window() != window, "the window to be gone")
    sid = desk.ask("Sign in from a link")
    start(desk, link_to(desk, sid, kind))
    until(lambda: desk.screen.active_window() == window, "the window in front")
    app.says("requestMessage", "Sign in from a link")
    assert desk.company.status(sid) == "pending"  # a link is no answer
    until(lambda: app.find("approveButton").usable, "Approve to be enabled")
    assert desk.company.status(sid) == "pending"
    app.click("denyButton")
    app.says("requestResult", "Denied at")
    start(desk, link_to(desk, sid, kind))
    app.find(name="This request was answered already.")


def test_a_link_starts_the_window_where_there_is_none(desk: Desk) -> None:
    sid = desk.ask("Sign in before the start")
    with desk.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "--profile", str(desk.profile), "gui", link_to(desk, sid)],
            env=desk.environment,
            stdin=subprocess.DEVNULL,
            stderr=log,
        )
    desk.open_windows.callback(stop, process)
    with WindowDriver(desk.screen, process.pid) as app:
        app.says("requestMessage", "Sign in before the start")
        app.click("denyButton")
        app.says("requestResult", "Denied at")
    desk.company.becomes(sid, "denied")


def test_what_no_link_says_is_told_in_a_sentence(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    start(desk, "countersign://approve?challenge_sid=YC1")
    app.find(name="This link isn't complete. Ask for a new one.")
    start(desk, link_to(desk, "YC" + "0" * 32))
    app.find(name="This request isn't there any more.")


def test_a_sign_in_begun_in_the_browser_is_approved_in_the_window(desk: Desk, page: Page) -> None:
    app = desk.open()
    app.row("Northwind")
    page.click("#sign-in-button", "Sign in")
    page.wait_text("#outcome", "press Approve")
    link = str(page.run("document.getElementById('open-countersign').href"))
    start(desk, link)  # what the system does when the button is clicked
    app.says("requestMessage", "Sign in to Sandbox site")
    app.find(name="Location")
    sid = link.partition("challenge_sid=")[2]
    assert desk.company.status(sid) == "pending"
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    page.wait_text("#outcome", "You're signed in")


def test_the_page_says_that_it_was_denied(desk: Desk, page: Page) -> None:
    app = desk.open()
    page.click("#sign-in-button", "Sign in")
    page.wait_text("#outcome", "press Approve")
    desk.read(app, "Sign in to Sandbox site")
    app.click("denyButton")
    page.wait_text("#outcome", "Sign-in was denied")
