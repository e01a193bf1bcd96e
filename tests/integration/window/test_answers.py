"""Requests come, are answered by mouse and by keys, and expire."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from countersign.testing.x_session_parts import until

if TYPE_CHECKING:
    from tests.integration.window.conftest import Desk


def test_a_request_shows_up_everywhere_and_is_approved_by_a_click(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    sid = desk.ask("Sign in from Berlin", fields=[{"label": "City", "value": "Berlin"}])
    assert "Berlin" in app.row("Sign in from Berlin").name
    assert app.title == "Countersign (1)"
    assert app.find("allRequestsButton").name == "All requests, 1"
    assert "1" in app.row("Northwind, ").name
    desk.read(app, "Sign in from Berlin")
    app.find(name="City")
    assert desk.company.status(sid) == "pending"  # reading is no answer
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    assert desk.company.status(sid) == "approved"
    until(lambda: app.title == "Countersign", "a title without a number")


def test_a_request_is_denied_by_a_click(desk: Desk) -> None:
    sid = desk.ask("Not mine")
    app = desk.open()
    desk.read(app, "Not mine")
    app.click("denyButton")
    app.says("requestResult", "Denied at")
    assert desk.company.status(sid) == "denied"


def test_keys_answer_too(desk: Desk) -> None:
    approved, denied = desk.ask("By Ctrl+Enter"), desk.ask("By Ctrl+Backspace")
    app = desk.open()
    desk.read(app, "By Ctrl+Enter")
    until(lambda: app.find("approveButton").usable, "Approve to be enabled")
    desk.screen.key("ctrl+Return")
    app.says("requestResult", "Approved at")
    desk.read(app, "By Ctrl+Backspace")
    until(lambda: app.find("denyButton").usable, "Deny to be enabled")
    desk.screen.key("ctrl+BackSpace")
    app.says("requestResult", "Denied at")
    assert desk.company.status(approved) == "approved"
    assert desk.company.status(denied) == "denied"


def test_a_request_expires_while_it_is_read(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    sid = desk.ask("Too slow", expires_in=8)
    desk.read(app, "Too slow")
    app.find("approveButton")
    app.says("requestResult", "Nothing was approved")
    app.gone("approveButton")
    app.gone("denyButton")
    desk.company.becomes(sid, "expired")
    assert app.find("requestMessage").name == "Too slow"
    desk.screen.key("ctrl+Return")  # goes nowhere
    assert app.quit() == 0  # comes after it
    assert desk.run("history")["decisions"] == []


def test_a_second_start_brings_the_first_window_to_the_front(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    window = app.window
    desk.screen.xdotool("windowminimize", window)
    until(lambda: desk.screen.active_window() != window, "the window to be gone")
    second = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "countersign", "--profile", str(desk.profile)],
        env=desk.environment,
        timeout=60,
        check=False,
    )
    assert second.returncode == 0
    until(lambda: desk.screen.active_window() == window, "the window in front")
    assert app.process.poll() is None


def test_a_narrow_window_shows_one_pane_and_goes_back(desk: Desk) -> None:
    desk.ask("In a narrow window")
    app = desk.open()
    app.row("In a narrow window")
    app.resize(480, 640)
    until(lambda: app.shown("requestPanel") is None, "one pane alone")
    desk.read(app, "In a narrow window")
    assert app.shown("inboxList") is None
    app.click("backButton")
    app.find("inboxList", role="list")
    app.gone("requestPanel")
    app.resize(1000, 640)
    app.find("requestPanel")
    assert app.shown("inboxList", role="list")
