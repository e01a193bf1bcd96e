"""A locked keyring, a company that is away, a window that is closed in the middle of an answer."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session_parts import until
from tests.integration.cli.altering_proxy import AlteringProxy
from tests.integration.window.conftest import Company

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from countersign.testing.x_session_app import AppDriver
    from tests.integration.cli.altering_proxy import Answer
    from tests.integration.window.conftest import Desk


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """Start a company that may be sent away."""
    started = Company(tmp_path / "company")
    yield started
    started.stop()


def test_a_locked_keyring_is_said_and_overcome(desk: Desk) -> None:
    desk.keyring.lock()
    app = desk.open()
    app.row("Northwind")  # accounts are known without it
    app.find("bannerText", name="locked")
    app.says("bannerAction", "Unlock")
    sid = desk.ask("After unlocking")
    desk.keyring.unlock()
    app.click("bannerAction")
    desk.read(app, "After unlocking")
    app.gone("banner")
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    assert desk.company.status(sid) == "approved"


def test_a_keyring_locked_under_an_open_request_loses_no_answer(desk: Desk) -> None:
    sid = desk.ask("Locked in between")
    app = desk.open()
    desk.read(app, "Locked in between")
    app.find("approveButton")
    desk.keyring.lock()
    app.click("approveButton")
    app.find("requestResult", name="locked")
    assert desk.company.status(sid) == "pending"
    desk.keyring.unlock()
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    assert desk.company.status(sid) == "approved"


def test_a_company_that_is_away_is_said_and_comes_back(
    make_desk: Callable[[Company], Desk], company: Company
) -> None:
    desk = make_desk(company)
    desk.enrol()
    desk.ask("Before the storm")
    app = desk.open()
    app.row("Before the storm")
    company.stop()
    app.find(name="Offline since")
    app.says("bannerAction", "Check now")
    app.row("Before the storm")  # as of then
    company.start()
    sid = desk.ask("After the storm")
    app.click("bannerAction")
    desk.read(app, "After the storm")
    app.gone("banner")
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    assert company.status(sid) == "approved"


@contextmanager
def approving(desk: Desk, proxy: AlteringProxy, message: str) -> Iterator[tuple[AppDriver, str]]:
    """Approve a request, and hold the service's answer up for as long as the block lasts.

    Gives the window and the request's sid.
    """
    desk.enrol("--api-url", f"{proxy.url}/v2", backend=f"{proxy.url}/access-token")
    held, released = threading.Event(), threading.Event()

    def hold(answer: Answer) -> Answer:
        held.set()
        released.wait(30)
        return answer

    sid = desk.ask(message)
    app = desk.open()
    desk.read(app, message)
    proxy.spoil("POST", "/Challenges/", hold, times=1)
    try:
        app.click("approveButton")
        assert held.wait(30)
        yield app, sid
    finally:
        released.set()


def test_an_app_that_quits_in_the_middle_of_an_answer_waits_for_it(
    new_desk: Desk, own_proxy: AlteringProxy
) -> None:
    desk = new_desk
    with approving(desk, own_proxy, "Held up") as (app, sid):
        desk.screen.xdotool("windowactivate", "--sync", app.window)
        desk.screen.key("ctrl+q")
        until(lambda: not desk.screen.windows(app.process.pid), "the window to be closed")
        assert app.process.poll() is None  # the answer is on its way
    assert app.process.wait(30) == 0
    assert desk.company.status(sid) == "approved"
    (decision,) = desk.run("history")["decisions"]
    assert decision["server_status"] == "approved"


def test_a_crash_in_the_middle_of_an_answer_is_resolved_by_the_next_start(
    new_desk: Desk, own_proxy: AlteringProxy
) -> None:
    desk = new_desk
    with approving(desk, own_proxy, "Crashed") as (app, sid):
        app.process.kill()
        app.process.wait()
    assert desk.company.status(sid) == "approved"
    app = desk.open()
    app.row("Northwind")
    app.click(name="History")
    assert "Approved" in app.row("Crashed").name

    def known() -> bool:
        return [one["server_status"] for one in desk.run("history")["decisions"]] == ["approved"]

    until(known, "the answer to be known")


@pytest.fixture
def own_proxy(new_desk: Desk) -> Iterator[AlteringProxy]:
    """Put a proxy before the company."""
    with AlteringProxy(new_desk.company.origin) as proxy:
        yield proxy
