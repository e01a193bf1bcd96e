"""The whole window under a company's policy, put together as the app does it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from countersign.desktop.ending import Ending
from countersign.desktop.frame import Frame
from countersign.desktop.instance import Instance
from countersign.desktop.language.support import use_support
from countersign.desktop.life import live
from countersign.desktop.main_window.controller import Controller
from countersign.desktop.preferences import Preferences
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.device.policy import Policy
from countersign.device.settings import Proxy, Settings
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.testing.app import AppUnderTest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
DESK = "the IT desk"
POLICY = Policy(support=DESK, proxy=Proxy.NONE, fastest=10)


@pytest.fixture(autouse=True)
def _nobody_named() -> Iterator[None]:
    yield
    use_support("")


def test_the_window_obeys_and_shows_what_the_company_set(
    countersign_app: AppUnderTest, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    app = countersign_app
    app.device.policy = POLICY
    preferences = Preferences(Settings(keep_running=False))
    frame = Frame(app.window, theme, Instance(tmp_path), preferences)
    app.window.show()

    async def look() -> None:
        ending = Ending(QApplication.instance() or pytest.fail("no app"))
        running = asyncio.create_task(live(frame, app.device, ending))
        await asyncio.sleep(0)
        controller = app.window.findChild(Controller)
        assert controller is not None
        checked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        controller.first_start.checked.connect(checked.set_result)
        assert await checked  # the first start is there
        controller.settingsRequested.emit()
        ending.come()
        await running

    app.run(look())
    dialog = app.window.findChild(SettingsDialog)
    assert dialog is not None
    proxy = dialog.findChild(QComboBox, "proxyChooser")
    support = dialog.findChild(QLabel, "supportLabel")
    assert proxy is not None
    assert support is not None
    assert not proxy.isEnabled()
    assert proxy.currentText() == "None"
    assert support.text() == "Questions? Ask the IT desk."
    said = [one.text() for one in app.window.findChildren(QLabel)]
    assert "No link? Ask the IT desk." in said
    assert not any("whoever" in text for text in said)
    with qtbot.waitSignal(dialog.destroyed, timeout=TIMEOUT):
        dialog.close()
