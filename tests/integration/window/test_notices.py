"""Notices on a real desktop: XFCE's service draws them, and their buttons are clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session_parts import until
from tests.integration.window.panels import NOTIFICATIONS, Notifyd, Other, Trayer, owned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.testing.x_session_app import AppDriver
    from tests.integration.window.conftest import Desk


@pytest.fixture
def notices(desk: Desk) -> Iterator[Notifyd]:
    """Start a notification service."""
    with Notifyd(desk) as started:
        yield started


@pytest.fixture
def other(desk: Desk) -> Iterator[Other]:
    """Open the window of another program."""
    with Other(desk) as started:
        yield started


@pytest.fixture
def app(desk: Desk) -> AppDriver:
    """Open the window."""
    opened = desk.open()
    opened.row("Northwind")
    return opened


def test_deny_is_clicked_on_a_notice(
    desk: Desk, app: AppDriver, notices: Notifyd, other: Other
) -> None:
    sid = desk.ask("Sign in from <b>Rome</b> & more")
    notices.driver.find(name="Sign in from <b>Rome</b> & more")
    notices.driver.find(name="Northwind")
    notices.driver.click(name="Deny")
    desk.company.becomes(sid, "denied")
    notices.driver.find(name="Denied. Northwind has it.")
    (decision,) = desk.run("history")["decisions"]
    assert (decision["answer"], decision["mode"]) == ("denied", "hand")
    assert other.has_focus()
    until(lambda: app.title == "Countersign", "a title without a number")


def test_review_shows_that_request_and_takes_no_focus(
    desk: Desk, app: AppDriver, notices: Notifyd, other: Other
) -> None:
    desk.ask("The first one")
    notices.driver.find(name="The first one")
    desk.ask("The second one")
    notices.driver.find(name="The second one")
    assert other.has_focus()
    notices.press("Review", of="The first one")
    assert app.find("compactWindow").name == "Request from Northwind"
    app.says("requestMessage", "The first one")
    assert other.has_focus()


def test_a_notice_goes_when_its_request_does(
    desk: Desk, app: AppDriver, notices: Notifyd, other: Other
) -> None:
    assert other.has_focus()
    sid = desk.ask("Answered elsewhere")
    notices.driver.find(name="Answered elsewhere")
    desk.run("deny", sid)
    until(lambda: notices.driver.shown(name="Answered elsewhere") is None, "the notice to go")
    assert app.process.poll() is None


def test_a_service_that_is_restarted_shows_it_again(
    desk: Desk, app: AppDriver, other: Other
) -> None:
    assert other.has_focus()
    with Notifyd(desk) as first:
        sid = desk.ask("Still there")
        first.driver.find(name="Still there")
    with Notifyd(desk) as second:
        second.driver.find(name="Still there")
        second.driver.click(name="Deny")
        desk.company.becomes(sid, "denied")
    assert app.process.poll() is None


def test_without_a_service_the_app_goes_on_and_the_tray_tells(
    desk: Desk, app: AppDriver, other: Other
) -> None:
    owned(desk, NOTIFICATIONS, lambda there: not there)
    with Trayer(desk) as tray:
        tray.icon(app.process.pid)
        desk.ask("Told by a balloon")
        app.find(name="Told by a balloon", role="label")
        assert other.has_focus()
        desk.screen.click(*tray.icon(app.process.pid))
        app.says("requestMessage", "Told by a balloon")
