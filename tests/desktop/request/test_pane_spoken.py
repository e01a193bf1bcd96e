"""What screen readers are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from countersign.desktop.request.announcer import announce
from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, SID, challenge, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.request.screen import Screen
    from tests.desktop.request.world import World


def test_a_request_and_its_end_are_said_once(show: Callable[..., Screen], world: World) -> None:
    screen = show()
    screen.open()
    request = (
        "Northwind Bank asks: Sign in to Northwind online banking\nLocation, Berlin, Germany\n"
        "IP address, 203.0.113.24\nDevice, Firefox 144 on Linux"
    )
    assert screen.spoken == [(request, False)]
    world.hours.pass_by(60)
    screen.pane.open(listed(challenge()), chosen=True)
    assert len(screen.spoken) == 1
    with screen.qtbot.waitSignal(screen.pane.decisionConfirmed):
        screen.click("approveButton")
    assert screen.spoken[1:] == [
        ("Approving…", False),
        ("Approved at 23:11:04. Northwind Bank has it.", True),
    ]


def test_expiry_and_a_change_are_said_at_once(show: Callable[..., Screen], world: World) -> None:
    screen = show()
    screen.open()
    world.service = challenge(message="Pay", fields=[("Sum", "€ 5")], updated=9)
    screen.pane.seen_in_poll({SID: world.service})
    assert screen.spoken[-1] == ("This request changed at 23:10.", True)
    with screen.qtbot.waitSignal(screen.pane.requestReady):
        screen.click(screen.saying("Show the new text"))
    text, urgent = screen.spoken[-1]
    assert text.startswith(
        "Northwind Bank asks: Pay\nChanged, was Sign in to Northwind online banking\nSum, € 5, New"
    )
    assert not urgent
    count = len(screen.spoken)
    world.hours.pass_by(301)
    assert [urgent for _, urgent in screen.spoken[count:]] == [True]
    assert screen.spoken[-1][0].startswith("Expired at 23:15.")


def test_the_same_failure_twice_is_said_twice(show: Callable[..., Screen], world: World) -> None:
    world.outcome = states.LOCKED
    screen = show()
    screen.open()
    for _ in range(2):
        with screen.qtbot.waitSignal(screen.pane.decisionFailed):
            screen.click("denyButton")
    assert [text for text, urgent in screen.spoken if urgent] == [
        "Your password store is locked. Unlock it to go on. Nothing was sent."
    ] * 2


def test_an_alarm_is_said_at_once_and_offline_calmly(
    show: Callable[..., Screen], world: World
) -> None:
    screen = show()
    screen.open()
    screen.pane.set_reachable(False)
    assert screen.spoken[-1] == ("Your answer can't be sent while you're offline.", False)
    world.service = challenge(status="approved")
    with screen.qtbot.waitSignal(screen.pane.decisionFailed):
        screen.pane.seen_in_poll({}, [ACCOUNT.sid])
    text, urgent = screen.spoken[-1]
    assert text.startswith("This request was answered with your key, but not by this app.")
    assert urgent


def test_of_twenty_long_details_the_first_are_said(
    show: Callable[..., Screen], world: World
) -> None:
    world.service = challenge(fields=[(f"label {i}", "v" * 4096) for i in range(20)])
    screen = show()
    screen.open()
    [(text, _)] = screen.spoken
    assert "label 4, " in text
    assert "label 5, " not in text
    assert text.endswith("…\nAnd 15 more.")
    assert len(text) < 2000


def test_what_nobody_sees_is_said_when_it_is_seen(show: Callable[..., Screen]) -> None:
    screen = show()
    screen.window.hide()
    screen.open()
    assert screen.spoken == []
    screen.window.show()
    assert len(screen.spoken) == 1


def test_the_real_voice_takes_any_text(show: Callable[..., Screen]) -> None:
    screen = show()
    screen.open()
    announce(screen.pane, "⟨U+202E⟩ 😀", urgent=True)
    announce(screen.pane, "calm", urgent=False)
    assert screen.pane.accessibleName() == "Request"


def test_hidden_details_are_neither_said_nor_shown(
    show: Callable[..., Screen], world: World
) -> None:
    full = challenge()
    secret = msgspec.Raw(b'{"transaction": "5e7f"}')
    world.service = replace(full, members={**full.members, "hidden_details": secret})
    screen = show()
    screen.open()
    assert "5e7f" not in screen.words() + str(screen.spoken)
