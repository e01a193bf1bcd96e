"""The settings in the window: opened once, and history follows them."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from countersign.desktop.settings.access import SettingsAccess
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.desktop.settings.surroundings import around as around_of
from countersign.device.settings import Proxy
from countersign.push.route import Route
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.testing.app import AppUnderTest


@pytest.fixture
def access(countersign_app: AppUnderTest) -> SettingsAccess:
    """Give the settings of an app that runs."""
    countersign_app.show()
    return SettingsAccess(countersign_app.window, countersign_app.controller, None, None)


def test_there_is_one_dialog(
    access: SettingsAccess, countersign_app: AppUnderTest, qtbot: QtBot
) -> None:
    first = access.show()
    assert access.show() is first
    qtbot.waitExposed(first)
    with qtbot.waitSignal(first.destroyed):
        first.close()
    again = access.show()
    assert again.isVisible()
    assert countersign_app.window.findChildren(SettingsDialog) == [again]
    countersign_app.run(access.settled())
    with qtbot.waitSignal(again.destroyed):
        again.close()


def test_history_leads_there_and_follows(
    access: SettingsAccess, countersign_app: AppUnderTest, qtbot: QtBot
) -> None:
    app = countersign_app
    history = app.controller.workspace.inbox.history
    history.retentionWanted.emit()
    [dialog] = app.window.findChildren(SettingsDialog)
    assert isinstance(dialog.focusWidget(), QComboBox)
    assert dialog.focusWidget().objectName() == "historyDaysChooser"
    app.controller.preferences.change(history_days=30)
    app.run(access.settled())
    kept = history.findChild(QLabel, "historyKept")
    assert kept is not None
    assert "30 days" in kept.text()
    with qtbot.waitSignal(dialog.destroyed, timeout=TIMEOUT):
        dialog.close()


def test_requests_go_the_new_way_at_once(countersign_app: AppUnderTest, qtbot: QtBot) -> None:
    app, went = countersign_app, list[Route]()

    async def reroute(route: Route) -> None:
        went.append(route)

    app.show()
    around = Surroundings(reroute=reroute)
    access = SettingsAccess(app.window, app.controller, None, None, surroundings=around)
    app.controller.preferences.change(check_active=10)
    assert not went
    app.controller.preferences.change(proxy=Proxy.NONE)
    qtbot.waitUntil(lambda: went == [Route("")])
    app.controller.preferences.change(ca_file="/company.pem")
    app.run(access.settled())
    assert went == [Route(""), Route("", "/company.pem")]


def test_the_log_says_as_much_as_is_set(countersign_app: AppUnderTest, tmp_path: Path) -> None:
    app, ours = countersign_app, logging.getLogger("countersign")
    app.show()
    around = replace(around_of(app.device), log_file=tmp_path / "x.log")
    SettingsAccess(app.window, app.controller, None, None, surroundings=around)
    before = ours.level
    try:
        app.controller.preferences.change(log_level="DEBUG")
        assert ours.level == logging.DEBUG
    finally:
        ours.setLevel(before)
