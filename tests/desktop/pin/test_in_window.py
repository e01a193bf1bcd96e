"""The lock as its user meets it: the real window, a real PIN, a sandbox."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QDialog, QLineEdit, QPushButton, QWidget

from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import around
from countersign.device.schedule import Presence
from countersign.push.errors import StorageError
from countersign.testing.app import TIMEOUT
from tests.desktop.pin.desk import OTHER, PIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.pin.desk import Desk


def rows(desk: Desk) -> int:
    """Return how many rows the window's lists hold, seen or not."""
    window, names = desk.app.window, ("inboxList", "historyList", "accountList")
    views = [view for name in names for view in window.findChildren(QAbstractItemView, name)]
    assert len(views) == len(names)
    return sum(view.model().rowCount() for view in views)


def device_requests(desk: Desk) -> int:
    """Return how many requests the service has had from devices."""
    return len(desk.sandbox.client.traffic())


def _says(desk: Desk, words: str) -> bool:
    return words in desk.seen()


def reads(desk: Desk) -> str:
    view = desk.app.controller.reading.pane.presenter.view
    return view.sid if view is not None else ""


def test_without_a_pin_there_is_nothing_to_lock(desk: Desk) -> None:
    desk.show()
    with desk.qtbot.waitSignal(desk.app.controller.settingsRequested, timeout=TIMEOUT):
        desk.app.controller.lock()
    desk.app.controller.locking.set_presence(Presence.AWAY)
    assert not desk.app.controller.locking.locked


def test_locked_nothing_of_anybody_is_left_to_see(desk: Desk) -> None:
    desk.set_pin()
    sid = desk.ask("Transfer 250 EUR to Olivia")
    desk.show()
    desk.app.select("inboxList", sid)
    desk.until(lambda: "Transfer 250" in desk.seen())
    with desk.qtbot.waitSignal(desk.app.window.inboxChanged, timeout=TIMEOUT) as number:
        desk.lock()
    assert number.args == [0]
    assert desk.app.window.windowTitle() == "Countersign"
    for word in ("Transfer", "Olivia", "Northwind"):
        assert word not in desk.seen()
    assert "Countersign is locked." in desk.seen()
    assert rows(desk) == 0
    assert reads(desk) == ""
    assert desk.app.device.pin.locked


def test_the_covering_comes_before_the_keys_go(desk: Desk) -> None:
    """Nobody at the desk waits for the network until a screen is empty."""
    desk.set_pin()
    desk.ask("Transfer 250 EUR to Olivia")
    desk.show()
    desk.app.controller.lock()
    assert "Northwind" not in desk.seen()
    desk.until(lambda: desk.app.device.pin.locked)


def test_a_pin_that_comes_while_it_locks_opens_it_afterwards(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the keys would go after the window was opened again."""
    desk.set_pin()
    desk.show()
    held = asyncio.Event()
    monkeypatch.setattr(desk.app.controller, "quiet", held.wait)
    desk.app.controller.lock()
    desk.enter(PIN)
    desk.app.run(asyncio.sleep(0))
    assert desk.app.controller.locking.locked
    held.set()
    desk.until(lambda: not desk.app.controller.locking.locked)
    assert not desk.app.device.pin.locked


def test_whatever_keeps_it_from_ending_in_order_the_keys_go(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise StorageError("disk", "The disk is full.")

    desk.set_pin()
    desk.show()
    with monkeypatch.context() as patched:
        patched.setattr(desk.app.controller, "quiet", fail)
        desk.app.controller.lock()
        desk.until(lambda: desk.app.device.pin.locked)
    assert "Countersign is locked." in desk.seen()


def test_locked_nothing_is_asked_of_any_service(desk: Desk) -> None:
    desk.set_pin()
    desk.show()
    desk.lock()
    desk.until(lambda: not desk.app.controller.poller.busy)
    before = device_requests(desk)
    for ask in (desk.app.controller.poller.check_now, desk.app.controller.poller.expect):
        ask()
    desk.app.run(desk.app.controller.poller.poll_due())
    assert not desk.app.controller.poller.watches
    assert device_requests(desk) == before


def test_the_pin_brings_everything_back_and_looks_at_once(desk: Desk) -> None:
    desk.set_pin()
    desk.show()
    desk.lock()
    sid = desk.ask("While you were away")
    desk.unlock()
    desk.until(lambda: desk.app.window.windowTitle() == "Countersign (1)")
    desk.app.select("inboxList", sid)
    desk.until(lambda: reads(desk) == sid)
    desk.app.click("denyButton")
    desk.until(lambda: desk.status(sid) == "denied")


def test_an_app_with_a_pin_starts_locked(desk: Desk) -> None:
    desk.set_pin()
    desk.app.device.lock()
    desk.show_locked()
    assert desk.app.find("lockOverlay", QWidget).isVisible()
    assert desk.app.find("pinEdit", QLineEdit).hasFocus()
    desk.unlock()
    desk.until(desk.app.controller.workspace.isVisible)


def test_a_wrong_one_says_how_many_are_left_and_then_waits(desk: Desk) -> None:
    desk.set_pin()
    desk.app.device.lock()
    desk.show_locked()
    for words in (
        "Wrong PIN. 4 tries left before a pause.",
        "Wrong PIN. 3 tries left before a pause.",
        "Wrong PIN. 2 tries left before a pause.",
        "Wrong PIN. 1 try left before a pause.",
        "Too many wrong PINs. Try again in 30 s.",
    ):
        desk.enter(OTHER)
        desk.until(partial(_says, desk, words))
    assert desk.app.find("pinEdit", QLineEdit).isReadOnly()
    assert not desk.app.find("unlockButton", QPushButton).isEnabled()
    assert desk.app.controller.locking.locked


def test_a_pause_is_still_there_after_a_restart(desk: Desk) -> None:
    desk.set_pin()
    for _ in range(5):
        with pytest.raises(Exception, match="PIN"):
            desk.app.run(desk.app.device.pin.confirm(OTHER))
    desk.app.device.lock()
    desk.show_locked()
    desk.until(lambda: "Try again in" in desk.seen())
    assert desk.app.find("pinEdit", QLineEdit).isReadOnly()


def test_the_screens_lock_locks_where_it_is_set(desk: Desk) -> None:
    desk.set_pin()
    desk.show()
    locking = desk.app.controller.locking
    desk.app.controller.preferences.change(lock_with_screen=False)
    locking.set_presence(Presence.AWAY)
    assert not locking.locked
    desk.app.controller.preferences.change(lock_with_screen=True)
    with desk.qtbot.waitSignal(desk.app.window.lockedChanged, timeout=TIMEOUT):
        locking.set_presence(Presence.AWAY)
    with desk.qtbot.waitSignal(locking.woken, timeout=TIMEOUT):
        locking.set_presence(Presence.BACKGROUND)


def test_a_link_waits_behind_the_lock_and_lands_where_it_pointed(desk: Desk) -> None:
    desk.set_pin()
    sid = desk.ask("From a link")
    desk.app.device.lock()
    desk.show_locked()
    link = f"countersign://challenge?factor_sid={desk.account.sid}&challenge_sid={sid}"
    desk.app.controller.open_link(link)
    assert "From a link" not in desk.seen()
    with desk.qtbot.waitSignal(desk.app.window.requestReady, timeout=TIMEOUT) as ready:
        desk.unlock()
    assert ready.args == [sid]


def test_dialogs_and_the_small_window_go_too(desk: Desk) -> None:
    desk.set_pin()
    sid = desk.ask("Transfer 250 EUR to Olivia")
    desk.show()
    desk.app.controller.dialogs.details(desk.account.sid)
    desk.until(lambda: desk.app.window.findChildren(QDialog))
    desk.until(lambda: desk.app.controller.read_small(sid))
    desk.lock()
    assert not desk.app.controller.reading.small.isVisible()
    desk.until(lambda: not desk.app.window.findChildren(QDialog))


def test_shortcuts_reach_nothing_behind_the_lock(desk: Desk) -> None:
    desk.set_pin()
    desk.show()
    desk.lock()
    for act in (desk.app.controller.dialogs.add, desk.app.controller.workspace.search):
        desk.app.controller.locking.unless(act)()
    assert not desk.app.window.findChildren(QDialog)


# --- Choosing, changing, removing, forgetting ---------------------------------------------------


@pytest.fixture
def settings(desk: Desk) -> Callable[[], SettingsDialog]:
    """Open the settings at Security."""

    def settings() -> SettingsDialog:
        made = SettingsDialog(
            desk.app.controller.preferences,
            desk.app.window,
            surroundings=around(desk.app.device),
        )
        made.open()
        made.tabs.setCurrentIndex(2)
        return made

    return settings


def test_choosing_one(desk: Desk, settings: Callable[[], SettingsDialog]) -> None:
    desk.show()
    settings()
    assert desk.says("pinState") == "There is no PIN."
    desk.app.click("choosePinButton")
    desk.app.type_text("newPinEdit", PIN)
    desk.app.type_text("repeatPinEdit", OTHER)
    assert not desk.app.find("savePinButton", QPushButton).isEnabled(), "not understood yet"
    desk.app.find("understandBox", QCheckBox).click()
    desk.app.click("savePinButton")
    desk.until(lambda: "The two new ones differ." in desk.seen())
    desk.app.find("repeatPinEdit", QLineEdit).clear()
    desk.app.type_text("repeatPinEdit", PIN)
    desk.app.click("savePinButton")
    desk.until(lambda: desk.says("pinState") == "A PIN protects your keys.")
    assert desk.app.device.pin.is_set
    assert all(text.startswith("pin1:") for text in desk.entries.secrets.values())


def test_changing_and_removing_it(desk: Desk, settings: Callable[[], SettingsDialog]) -> None:
    desk.set_pin()
    desk.show()
    settings()
    desk.app.click("changePinButton")
    for name, text in (("currentPinEdit", OTHER), ("newPinEdit", OTHER), ("repeatPinEdit", OTHER)):
        desk.app.type_text(name, text)
    desk.app.click("savePinButton")
    desk.until(lambda: "Wrong PIN. 4 tries left before a pause." in desk.seen())
    desk.app.type_text("currentPinEdit", PIN)
    desk.app.click("savePinButton")
    desk.until(lambda: not desk.app.window.findChildren(QDialog, "pinDialog"))
    desk.app.run(desk.app.device.pin.confirm(OTHER))
    desk.app.click("removePinButton")
    desk.app.type_text("currentPinEdit", OTHER)
    desk.app.click("savePinButton")
    desk.until(lambda: desk.says("pinState") == "There is no PIN.")
    assert not any(text.startswith("pin1:") for text in desk.entries.secrets.values())


def test_a_forgotten_one_costs_the_accounts_said_beforehand(desk: Desk) -> None:
    desk.set_pin()
    desk.app.device.lock()
    desk.show_locked()
    desk.app.click("forgotPinButton")
    assert "removes all accounts on this computer" in desk.seen()
    remove = desk.app.find("confirmForgotButton", QPushButton)
    desk.app.type_text("confirmForgotEdit", "REMOV")
    assert not remove.isEnabled()
    desk.app.type_text("confirmForgotEdit", "E")
    with desk.qtbot.waitSignal(desk.app.window.lockedChanged, timeout=TIMEOUT):
        desk.app.click("confirmForgotButton")
    assert not desk.entries.secrets
    assert not desk.app.device.pin.is_set
    assert "Add the account your company gave you." in desk.seen()


# --- Before each approval ------------------------------------------------------------------------


def test_an_approval_takes_the_pin_where_it_is_set_so(desk: Desk) -> None:
    desk.set_pin()
    sid = desk.ask("Sign in?")
    desk.show()
    desk.app.controller.preferences.change(pin_each_time=True)
    desk.app.select("inboxList", sid)
    approve = desk.app.find("approveButton", QPushButton)
    deny = desk.app.find("denyButton", QPushButton)
    desk.until(deny.isEnabled)
    assert not approve.isEnabled(), "nothing was entered"
    desk.app.type_text("approvalPinEdit", OTHER)
    before = len(desk.sandbox.client.traffic())
    desk.app.click("approveButton")
    desk.until(lambda: "Wrong PIN. 4 tries left before a pause." in desk.seen())
    assert len(desk.sandbox.client.traffic()) == before, "nothing was sent"
    assert desk.status(sid) == "pending"
    assert not desk.app.find("approvalPinEdit", QLineEdit).text()
    desk.until(deny.isEnabled)
    desk.app.type_text("approvalPinEdit", PIN)
    with desk.qtbot.waitSignal(desk.app.window.decisionConfirmed, timeout=TIMEOUT):
        desk.app.click("approveButton")
    assert desk.status(sid) == "approved"


def test_denying_takes_none(desk: Desk) -> None:
    desk.set_pin()
    sid = desk.ask("Sign in?")
    desk.show()
    desk.app.controller.preferences.change(pin_each_time=True)
    desk.app.select("inboxList", sid)
    with desk.qtbot.waitSignal(desk.app.window.decisionConfirmed, timeout=TIMEOUT):
        desk.app.click("denyButton")
    assert desk.status(sid) == "denied"
