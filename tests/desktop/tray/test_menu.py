"""The tray's menu: what waits, as plain text, and nothing that leads nowhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.tray.menu import TrayMenu
from tests.desktop.notify.board import ask, sid

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot


@pytest.fixture
def menu(qtbot: QtBot) -> TrayMenu:
    made = TrayMenu()
    qtbot.addWidget(made)
    return made


def entry(menu: TrayMenu, name: str) -> QAction:
    (found,) = [one for one in menu.actions() if one.objectName() == name]
    return found


def shown(menu: TrayMenu) -> list[str]:
    return [one.text() for one in menu.actions() if one.isVisible() and not one.isSeparator()]


def test_an_idle_menu_offers_what_works_and_nothing_else(menu: TrayMenu) -> None:
    assert shown(menu) == [
        "No requests",
        "I'm signing in (check fast for 1 min)",
        "Check now",
        "Open Countersign",
        "Quit…",
    ]
    assert not entry(menu, "waitingAction").isEnabled()
    menu.offer_settings()
    menu.offer_notices(offered=True)
    assert {"Settings…", "Turn notices on"} <= set(shown(menu))


def test_the_newest_five_can_be_chosen(menu: TrayMenu, qtbot: QtBot) -> None:
    menu.set_requests([ask(number, message=f"Number {number}") for number in range(9)], 120)
    assert shown(menu)[0] == "99+ requests waiting"
    assert shown(menu)[1:6] == [f"Northwind Bank: Number {number}" for number in range(5)]
    with qtbot.waitSignal(menu.requestChosen) as chosen:
        entry(menu, "trayRequest3Action").trigger()
    assert chosen.args == [sid(2)]
    menu.set_requests([ask(7)], 1)
    assert shown(menu)[0] == "1 request waiting"
    assert not entry(menu, "trayRequest2Action").isVisible()


def test_words_from_outside_are_plain_bounded_and_no_shortcuts(menu: TrayMenu) -> None:
    menu.set_requests([ask(1, message="R&D\u202e\n" + "x" * 500)], 1)
    text = shown(menu)[1]
    assert text.startswith("Northwind Bank: R&&D⟨U+202E⟩⟨U+000A⟩xx")
    assert len(text) < 120


def test_when_it_was_checked_is_said(menu: TrayMenu) -> None:
    menu.set_checked("Up to date")
    assert "Check now · Up to date" in shown(menu)


def test_what_stays_the_same_is_not_sent_to_the_panel_again(menu: TrayMenu) -> None:
    menu.set_requests([ask(1), ask(2)], 2)
    changes: list[str] = []
    for action in menu.actions():
        action.changed.connect(partial(changes.append, action.objectName()))
    menu.set_requests([ask(1), ask(2)], 2)
    assert changes == []
    menu.set_requests([ask(1)], 1)
    assert set(changes) == {"waitingAction", "trayRequest2Action"}


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("expectAction", "expectRequested"),
        ("checkNowAction", "checkRequested"),
        ("noticesOnAction", "noticesRequested"),
        ("openAction", "openRequested"),
        ("settingsAction", "settingsRequested"),
        ("quitAction", "quitRequested"),
    ],
)
def test_each_entry_does_one_thing(menu: TrayMenu, qtbot: QtBot, name: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(menu, signal)):
        entry(menu, name).trigger()
