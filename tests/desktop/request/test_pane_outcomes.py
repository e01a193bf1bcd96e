from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, SID, START, challenge, decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World


def test_denying_and_it_wasnt_me(show: Callable[..., Screen], qtbot: QtBot) -> None:
    screen = show()
    screen.open()
    with qtbot.waitSignal(screen.pane.decisionConfirmed) as told:
        screen.click("denyButton")
    assert told.args == [SID, "denied"]
    screen.click("suspiciousButton")
    screen.shows("Someone may know your password. Change it, and tell whoever gave you")
    screen.click(screen.saying("Copy what happened"))
    assert SID in QGuiApplication.clipboard().text()
    assert screen.button("suspiciousButton").isHidden()


def test_a_failure_says_why_and_brings_the_buttons_back(
    show: Callable[..., Screen], qtbot: QtBot, world: World
) -> None:
    world.outcome = states.LOCKED
    screen = show()
    screen.open()
    with qtbot.waitSignal(screen.pane.decisionFailed) as told:
        screen.click("approveButton")
    assert told.args == [SID, 60405]
    assert "Your password store is locked. Unlock it to go on. Nothing was sent." in screen.words()
    assert screen.button("approveButton").isEnabled()
    assert not screen.button("approveButton").hasFocus()
    screen.click(screen.saying("Details"))
    assert "60405 locked\n" in screen.words()
    screen.click("copyErrorButton")
    said, code, when = QGuiApplication.clipboard().text().splitlines()
    assert said == screen.label("requestResult").text()
    assert code == "60405 locked"
    assert datetime.fromisoformat(when) == START, "by the service's clock"


@pytest.mark.parametrize(
    "error",
    [states.GONE_KEY, states.OFFLINE, states.CLOCK, states.DISK_FULL, states.BUSY, states.ODD],
    ids=lambda error: error.name,
)
def test_each_error_has_a_sentence(
    show: Callable[..., Screen], qtbot: QtBot, world: World, error: Exception
) -> None:
    world.outcome = error
    screen = show()
    screen.open()
    with qtbot.waitSignal(screen.pane.decisionFailed):
        screen.click("approveButton")
    text = screen.label("requestResult").text()
    assert text.endswith(("Nothing was sent.", "Your answer was not taken."))
    assert not {"{host}", "{account}", "{error_says}"} & set(text.split())


def test_a_copied_key_is_an_alarm(show: Callable[..., Screen], qtbot: QtBot, world: World) -> None:
    world.outcome = states.ended("answered_elsewhere")
    screen = show()
    screen.open()
    with qtbot.waitSignal(screen.pane.decisionFailed):
        screen.click("approveButton")
    assert "Tell whoever gave you this account now." in screen.label("requestResult").text()
    with qtbot.waitSignal(screen.pane.removeAccountRequested) as told:
        screen.click(screen.saying("Remove account…"))
    assert told.args == [ACCOUNT.sid]


def test_an_unknown_fate_is_asked_about(
    show: Callable[..., Screen], qtbot: QtBot, world: World
) -> None:
    world.outcome = states.UNKNOWN
    screen = show()
    screen.open()
    with qtbot.waitSignal(screen.pane.decisionUnknown):
        screen.click("approveButton")
    assert "We don't know yet if your approval arrived." in screen.words()
    assert screen.button("approveButton").isHidden()
    world.known = [decision(error="expired")]
    with qtbot.waitSignals([screen.pane.decisionFailed, screen.pane.requestExpired]):
        screen.click(screen.saying("Check now"))
    assert "It expired first. Nothing was approved." in screen.words()


def test_a_change_is_shown_on_demand(
    show: Callable[..., Screen], qtbot: QtBot, world: World
) -> None:
    screen = show()
    screen.open()
    world.service = challenge(fields=[("IP address", "198.51.100.9")], updated=9)
    with qtbot.waitSignal(screen.pane.requestChanged):
        screen.pane.seen_in_poll({SID: world.service})
    assert screen.label("requestNotice").text() == "This request changed at 23:10."
    assert not screen.button("approveButton").isEnabled()
    assert "203.0.113.24" in screen.words()
    with qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Show the new text"))
    assert "Changed, was 203.0.113.24" in screen.words()
    assert "Removed, was Berlin, Germany" in screen.words()
    assert screen.button("denyButton").isEnabled()
    assert not screen.button("approveButton").isEnabled()
    world.hours.pass_by(2)
    assert screen.button("approveButton").isEnabled()


def test_it_expires_while_open(show: Callable[..., Screen], world: World) -> None:
    screen = show()
    screen.open()
    screen.pane.set_next(3)
    assert screen.button("nextRequestButton").isHidden()
    world.hours.pass_by(271)
    assert screen.label("requestCountdown").font().bold() or (
        screen.label("requestCountdown").font().weight() > 400
    )
    with screen.qtbot.waitSignal(screen.pane.requestExpired):
        world.hours.pass_by(30)
    assert screen.label("requestResult").text() == (
        "Expired at 23:15. Nothing was approved. Still signing in? Start again there."
    )
    assert screen.button("nextRequestButton").text() == "Next request (3)"
    with screen.qtbot.waitSignal(screen.pane.nextRequested):
        screen.click("nextRequestButton")
