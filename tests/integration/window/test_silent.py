"""A sign-in started here: the real window, the toy site in Chromium, no click on Approve."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session_app import AppDriver
from countersign.testing.x_session_parts import until
from tests.sandbox.browser import devtools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.window.conftest import Desk
    from tests.sandbox.browser.devtools import Page


@pytest.fixture
def page() -> Iterator[Page]:
    """Have a browser with an empty page."""
    if devtools.program() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with devtools.browser() as address, devtools.connected(address) as browser:
        opened = browser.page(900, 700)
        yield opened
        assert opened.complaints() == []


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Stand in for the system's `xdg-open`: whatever it is asked for is written here."""
    folder = tmp_path / "bin"
    folder.mkdir()
    opened = tmp_path / "opened"
    program = folder / "xdg-open"
    program.write_text(
        f'#!/bin/sh\nprintf %s "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n'
    )
    program.chmod(0o755)
    return opened


def open_window(desk: Desk, asked: Path) -> AppDriver:
    path = f"{asked.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = desk.keyring.environment | {"PATH": path}
    driver = AppDriver(desk.screen, desk.profile, environment, desk.log)
    return desk.open_windows.enter_context(driver)


def test_a_sign_in_from_here_needs_no_click_and_another_one_does(
    desk: Desk, page: Page, asked: Path
) -> None:
    app = open_window(desk, asked)
    app.click_on(app.row("Northwind"))
    desk.screen.xdotool("key", "ctrl+i")
    app.click("silentApprovalButton")
    toggle = app.find("silentSignInToggle")
    assert app.act(toggle, "Toggle") or app.act(toggle, "Press")
    until(lambda: app.find("signInAddressEdit").usable, "the address")
    template = f"{desk.company.origin}/sign-in?transaction={{transaction}}&factor={{factor}}"
    app.fill_in("signInAddressEdit", template)
    desk.screen.xdotool("key", "Tab")
    until(lambda: app.find("signInButton").usable, "Sign in")
    other = desk.ask("Somebody else's")
    assert app.act(app.find("signInButton"), "Press")
    until(asked.exists, "the browser")
    app.says("silentBannerText", "waiting for your sign-in")
    page.open(asked.read_text())
    page.click("#sign-in-button", "Sign in")
    page.wait_text("#outcome", "You're signed in")
    app.says("silentNews", "Approved your sign-in at Northwind.")
    assert desk.company.status(other) == "pending"
    (answer,) = desk.run("history")["decisions"]
    assert (answer["answer"], answer["mode"]) == ("approved", "silent: sign-in from here")
