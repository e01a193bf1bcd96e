"""Silent approval through the window: begun by a click, seen, stopped, told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from countersign.desktop.silent.dialog import EverythingDialog
from countersign.device.policy import Policy
from countersign.device.records import Mode
from countersign.device.schedule import Presence
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from tests.desktop.silent.conftest import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: menus


def menu_of(desk: Desk) -> list[str]:
    desk.app.controller.dialogs.account_menu(desk.account.sid, QPoint(0, 0))
    (shown,) = desk.app.window.findChildren(QMenu, "accountMenu")
    names = [action.objectName() for action in shown.actions()]
    shown.close()
    desk.until(lambda: not desk.app.window.findChildren(QMenu, "accountMenu"))
    return names


def turn_on(desk: Desk) -> None:
    """Turn on everything for a while, in the dialog."""
    app = desk.app
    EverythingDialog(app.controller.silent, desk.account, app.window).open()
    app.click("turnOnButton")
    desk.until(app.controller.silent.status)
    desk.next_second()


def test_it_is_off_until_the_account_allows_it(desk: Desk) -> None:
    assert "signInAction" not in menu_of(desk)
    desk.allow(Mode.SILENT_SIGN_IN)
    assert "signInAction" in menu_of(desk)
    assert "everythingAction" not in menu_of(desk)
    desk.allow(Mode.SILENT_WINDOW)
    assert "everythingAction" in menu_of(desk)


def test_a_company_can_forbid_both(desk: Desk) -> None:
    desk.allow(Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW)
    desk.app.device.policy = Policy(silent_sign_in=False, silent_everything=False)
    assert {"signInAction", "everythingAction"}.isdisjoint(menu_of(desk))


def test_a_sign_in_that_was_started_here_is_approved_and_told(desk: Desk) -> None:
    desk.allow(Mode.SILENT_SIGN_IN)
    other = desk.ask("Not mine")
    silent = desk.app.controller.silent
    silent.sign_in(desk.account)
    assert desk.account.sid in desk.browser.opened[0]
    desk.says("silentBannerText", "Northwind Bank: waiting for your sign-in, ")
    with desk.qtbot.waitSignal(desk.app.window.silentApproved, timeout=TIMEOUT) as approved:
        sid = desk.ask("Sign in to the bank", desk.browser.transaction)
    assert approved.args == [sid]
    assert desk.status(sid) == "approved"
    assert desk.status(other) == "pending"
    desk.says("silentNews", "Approved your sign-in at Northwind Bank.")
    assert desk.text("silentBannerText") == ""
    (decision,) = desk.app.run(desk.app.device.decisions.find(sid))
    assert decision.mode is Mode.SILENT_SIGN_IN
    desk.app.click("silentNewsButton")
    assert not desk.app.window.findChildren(QWidget, "silentBanner")[0].isVisible()


def test_a_browser_that_does_not_open_leaves_nothing_on(desk: Desk) -> None:
    desk.allow(Mode.SILENT_SIGN_IN)
    desk.browser.works = False
    desk.app.controller.silent.sign_in(desk.account)
    desk.says("silentNews", "No browser could be opened.")
    assert desk.app.controller.silent.status() == []


def test_everything_is_turned_on_in_a_dialog_counted_and_stopped(desk: Desk) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    before = desk.ask("Before it was on")
    turn_on(desk)
    desk.says("silentBannerText", "Approving Northwind Bank silently: 3 of 3 left, ends ")
    with desk.qtbot.waitSignal(desk.app.window.silentApproved, timeout=TIMEOUT) as approved:
        sid = desk.ask("A test")
    assert approved.args == [sid]
    desk.says("silentBannerText", "2 of 3 left")
    desk.app.click("stopSilentButton")
    assert desk.app.controller.silent.status() == []
    assert (desk.status(before), desk.status(sid)) == ("pending", "approved")
    (decision,) = desk.app.run(desk.app.device.decisions.find(sid))
    assert decision.mode is Mode.SILENT_WINDOW


def test_the_bounds_are_those_that_were_chosen(desk: Desk) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    app = desk.app
    dialog = EverythingDialog(app.controller.silent, desk.account, app.window)
    dialog.open()
    app.find("silentCountBox", QComboBox).setCurrentIndex(0)
    app.find("silentMinutesBox", QComboBox).setCurrentIndex(2)
    app.click("onlySomeButton")
    app.type_text("onlyFieldEdit", "Location")
    assert not app.find("turnOnButton", QPushButton).isEnabled()  # half a bound is none
    app.type_text("onlyValueEdit", "Berlin")
    terms = dialog.terms()
    assert (terms.seconds, terms.count) == (900.0, 1)
    assert terms.only is not None
    assert (terms.only.label, terms.only.value) == ("Location", "Berlin")
    app.click("turnOnButton")
    desk.until(app.controller.silent.status)
    desk.next_second()
    with desk.qtbot.waitSignal(app.window.silentApproved, timeout=TIMEOUT) as approved:
        desk.ask("Elsewhere")
        fields = [{"label": "Location", "value": "Berlin"}]
        sid = desk.sandbox.client.create_challenge(desk.account.sid, fields=fields)["sid"]  # type: ignore[arg-type]  # plain dicts
    assert approved.args == [sid]
    desk.says("silentNews", "Silent approval of Northwind Bank ended: 1 reached.")


def test_what_stands_against_it_is_said_in_the_dialog(desk: Desk) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    app = desk.app
    EverythingDialog(app.controller.silent, desk.account, app.window).open()
    app.device.policy = Policy(silent_everything=False)
    app.click("turnOnButton")
    desk.says("everythingError", "Your company doesn't allow this.")
    app.click("cancelEverythingButton")
    assert app.controller.silent.status() == []


@pytest.mark.parametrize("how", ["locked", "switched off", "removed"])
def test_it_ends_with_what_it_rests_on(desk: Desk, how: str) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    turn_on(desk)
    controller = desk.app.controller
    if how == "locked":
        controller.following.presence.changed.emit(Presence.AWAY)
        desk.says("silentNews", "ended: the screen was locked.")
    elif how == "removed":
        controller.silent.set_accounts([])
    else:
        off = replace(desk.account, silent_everything=False)
        desk.app.run(desk.app.device.accounts.update(off))
        desk.app.run(controller.refresh_accounts())
    assert controller.silent.status() == []


def test_a_loopback_account_goes_on_where_the_window_is_closed(desk: Desk) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    turn_on(desk)
    desk.app.window.closed.emit()
    assert desk.app.controller.silent.status() != []


def test_a_failure_is_there_until_it_was_read(desk: Desk) -> None:
    desk.allow(Mode.SILENT_WINDOW)
    turn_on(desk)
    desk.app.keys.on = frozenset({"sign"})  # the token for looking is still good
    sid = desk.ask("A test")
    desk.says("silentNews", "silently.")
    assert desk.status(sid) == "pending"
    assert "waiting for you" in desk.text("silentNews")
    desk.app.click("silentNewsButton")
    desk.until(lambda: not desk.text("silentNews"))
