"""A muted account says so in its row, and its menu turns notices on again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView, QMenu

from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.testing.app import AppUnderTest as App


def spoken(app: App) -> str:
    index = app.find("accountList", QListView).model().index(0, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def menu(app: App, sid: str) -> dict[str, QMenu]:
    app.controller.dialogs.account_menu(sid, QPoint(0, 0))
    (shown,) = app.window.findChildren(QMenu, "accountMenu")
    return {action.objectName(): shown for action in shown.actions()}


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: menus grab the keyboard
def test_a_muted_row_says_until_when_and_its_menu_ends_that(
    app: App, qtbot: QtBot, enrolled: str
) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.controller.mutes.mute(enrolled)
    assert "No notices until " in spoken(app)  # at once, not by the next poll
    shown = menu(app, enrolled)["unmuteAction"]
    (turn_on,) = [one for one in shown.actions() if one.objectName() == "unmuteAction"]
    turn_on.trigger()
    assert "No notices" not in spoken(app)
    shown.close()
    qtbot.waitUntil(lambda: not app.window.findChildren(QMenu, "accountMenu"))
    shown = menu(app, enrolled)["detailsAction"]
    assert "unmuteAction" not in {one.objectName() for one in shown.actions()}
    shown.close()


def test_a_silence_that_ends_by_itself_leaves_the_row(
    app: App, qtbot: QtBot, enrolled: str
) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    clock = [1000.0]
    app.controller.mutes.now = lambda: clock[0]
    app.controller.mutes.mute(enrolled)
    assert "No notices until " in spoken(app)
    clock[0] += 20 * 60
    qtbot.waitUntil(lambda: "No notices" not in spoken(app), timeout=TIMEOUT)
