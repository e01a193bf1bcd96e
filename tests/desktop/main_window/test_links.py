"""Links from outside: each shows what it names, says what keeps it from that, answers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtWidgets import QPushButton

from countersign.testing.app import TIMEOUT as LONG

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

KINDS: Final = ("challenge", "signin")
BROKEN: Final = "This link isn't complete. Ask for a new one."


def link(kind: str, factor: str, challenge: str) -> str:
    return f"countersign://{kind}?factor_sid={factor}&challenge_sid={challenge}"


@pytest.fixture
def follow(app: App, qtbot: QtBot, enrolled: str) -> Callable[[str], None]:
    """Open the window, and give what opens a link there."""
    assert enrolled
    with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.show()
    return app.controller.open_link


def says(app: App, qtbot: QtBot, words: str) -> None:
    banner = app.controller.workspace.banner
    qtbot.waitUntil(lambda: banner.isVisible() and banner.text.text() == words, timeout=LONG)


def reads(app: App) -> str:
    view = app.controller.reading.pane.presenter.view
    return view.sid if view is not None else ""


def test_a_request_that_no_poll_has_seen_opens_with_the_guard(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, follow: Callable[[str], None]
) -> None:
    sids = [sandbox.client.create_challenge(enrolled, message="Not this one")["sid"]]
    for kind in KINDS:
        sid = sandbox.client.create_challenge(enrolled, message=f"Sign in by {kind}")["sid"]
        sids.append(sid)
        with qtbot.waitSignal(app.window.requestReady, timeout=LONG) as ready:
            follow(link(kind, enrolled, sid))
        assert ready.args == [sid]
        approve = app.controller.reading.pane.findChild(QPushButton, "approveButton")
        assert approve is not None
        assert not approve.isEnabled(), "not before somebody could see what it is"
        qtbot.waitUntil(approve.isEnabled, timeout=LONG)
        assert not approve.hasFocus()
        assert not approve.isDefault()
    assert {sandbox.client.challenge(each)["status"] for each in sids} == {"pending"}
    assert app.controller.silent.status() == [], "nothing is armed"


def test_one_that_waits_already_opens_at_once(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, follow: Callable[[str], None]
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.controller.poller.check_now()
    follow(link("challenge", enrolled, sid))
    qtbot.waitUntil(lambda: reads(app) == sid, timeout=LONG)


def test_an_account_that_is_not_here(app: App, qtbot: QtBot, follow: Callable[[str], None]) -> None:
    with qtbot.waitSignal(app.window.errorShown, timeout=LONG):
        follow(link("challenge", "YF" + "0" * 32, "YC" + "0" * 32))
    says(app, qtbot, "This link is for an account that isn't here.")
    assert reads(app) == ""


def test_a_request_that_is_over_or_gone(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, follow: Callable[[str], None]
) -> None:
    client = sandbox.client
    expired, answered = (client.create_challenge(enrolled)["sid"] for _ in range(2))
    client.expire_challenge(expired)
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.controller.poller.check_now()
    app.select("inboxList", answered)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("denyButton")
    qtbot.waitUntil(lambda: app.window.windowTitle() == "Countersign", timeout=LONG)
    for sid, words in (
        (expired, "This request has expired. Still signing in? Start again there."),
        (answered, "This request was answered already."),
        ("YC" + "0" * 32, "This request isn't there any more."),
    ):
        follow(link("challenge", enrolled, sid))
        says(app, qtbot, words)


def test_one_behind_the_newest_hundred_is_where_the_list_has_it(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, follow: Callable[[str], None]
) -> None:
    oldest = sandbox.client.create_challenge(enrolled, message="The oldest")["sid"]
    sandbox.client.create_challenges(100, enrolled, message="A newer one")
    follow(link("challenge", enrolled, oldest))
    says(app, qtbot, "This request waits. You find it further down in the list.")
    assert reads(app) == ""


def test_a_service_that_can_not_be_asked(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, follow: Callable[[str], None]
) -> None:
    sid = sandbox.client.create_challenge(enrolled)["sid"]
    sandbox.client.fault("server-error", count=None)
    follow(link("challenge", enrolled, sid))
    says(app, qtbot, "Countersign can't look at this request now. Try again later.")


def test_an_open_link_brings_the_window_to_the_front_and_nothing_else(
    app: App, follow: Callable[[str], None]
) -> None:
    app.window.hide()
    follow("countersign://open")
    assert app.window.isVisible()
    assert not app.controller.workspace.banner.isVisible()
    assert app.controller.dialogs._enrolling is None


@pytest.mark.parametrize(
    "text",
    [
        "countersign:",
        "countersign://approve",
        "countersign://open?x=1",
        "countersign://challenge?factor_sid=YF1&challenge_sid=YC1",
        "countersign://signin?transaction=" + "0" * 32,
        "countersign://challenge?" + "x" * 5000,
        "https://challenge",
    ],
)
def test_a_broken_link_is_said_to_be_so(
    app: App, qtbot: QtBot, follow: Callable[[str], None], text: str
) -> None:
    follow(text)
    says(app, qtbot, BROKEN)
    assert reads(app) == ""


def test_a_link_to_add_an_account_opens_the_dialog(app: App, follow: Callable[[str], None]) -> None:
    for text in (
        "countersign://enroll?backend=https%3A%2F%2Fauth.example%2Ftoken&identity=user-4711",
        "countersign://enroll?x=1",
    ):
        follow(text)
        dialog = app.controller.dialogs._enrolling
        assert dialog is not None
        assert dialog.isVisible()
        dialog.reject()


def test_a_link_before_anything_is_there(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    app.show()
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG) as ready:
        app.controller.open_link(link("signin", enrolled, sid))
    assert ready.args == [sid]
