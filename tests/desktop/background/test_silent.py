"""Silent approval where the window isn't looked at: the tray says so and ends it, notices tell."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.tray.look import Look
from countersign.device import accounts
from countersign.device.records import Mode
from countersign.device.settings import Notices
from countersign.device.silent.period import Terms
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from countersign.device.records import Account
    from tests.desktop.background.conftest import Scene


def entry(scene: Scene) -> QAction:
    (found,) = [one for one in scene.tray.menu.actions() if one.objectName() == "stopSilentAction"]
    return found


@pytest.fixture
def on(scene: Scene) -> Account:
    """Have everything approved for a while; what is sent from now on is newer than its look."""
    device, controller = scene.app.device, scene.controller
    account = scene.app.run(accounts.get(device, scene.account))
    work = accounts.allow_silent(device, account, Mode.SILENT_WINDOW, allowed=True)
    account = scene.app.run(work)
    scene.app.run(controller.refresh_accounts())
    scene.panel(there=True)
    scene.app.run(controller.silent.everything(account, Terms(600.0, 5)))
    begun = math.ceil(time.time())
    scene.until(lambda: time.time() > begun)
    return account


@pytest.mark.usefixtures("on")
def test_the_tray_shows_count_and_end_and_stops_it(scene: Scene) -> None:
    assert scene.tray._look == Look(silent=True)
    assert entry(scene).isVisible()
    assert "Northwind Bank silently: 5 of 5 left, ends " in entry(scene).text()
    entry(scene).trigger()
    assert scene.controller.silent.status() == []
    assert scene.tray._look == Look()
    assert not entry(scene).isVisible()


@pytest.mark.usefixtures("on")
def test_each_has_a_quiet_notice_and_none_that_asks(scene: Scene) -> None:
    asked: list[str] = []
    scene.window.notificationShown.connect(asked.append)
    with scene.qtbot.waitSignal(scene.window.silentApproved, timeout=TIMEOUT):
        sid = scene.ask("A test", seen=False)
    notice = scene.desktop.up[sid]
    assert (notice.title, notice.body) == ("Northwind Bank", "Approved silently: A test")
    assert notice.quiet
    assert notice.actions == ()
    assert "4 of 5 left" in entry(scene).text()


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    ("level", "told"),
    [(Notices.SHORT, ["A request was approved silently."]), (Notices.OFF, [])],
)
def test_a_notice_says_no_more_than_notices_may(
    scene: Scene, level: Notices, told: list[str]
) -> None:
    scene.controller.preferences.change(notices=level)
    with scene.qtbot.waitSignal(scene.window.silentApproved, timeout=TIMEOUT):
        scene.ask("A test", seen=False)
    assert [notice.body for notice in scene.desktop.up.values()] == told
