"""A night asleep with 50 requests that nobody answered: one line in the morning, not 50."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest

NIGHT = 50.0  # less than what makes the window tell of a wrong clock


def test_a_night_with_50_requests_is_one_line(
    countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot
) -> None:
    app, client = countersign_app, countersign_sandbox.client
    account = app.enrol(countersign_sandbox.backend_url, "northwind-1", "Northwind Bank")
    evening = time.time()
    client.create_challenges(50, account.sid, expires_in=40)
    numbers: list[int] = []
    attention: list[object] = []
    app.window.inboxChanged.connect(numbers.append)
    app.window.requestExpired.connect(attention.append)
    app.window.errorShown.connect(attention.append)
    app.show()
    qtbot.waitUntil(lambda: numbers == [50], timeout=TIMEOUT)

    client.move_clock(NIGHT)  # the service's clock alone: to the app its own seems as slow
    app.controller._absence.ended.emit(evening - NIGHT)

    def told() -> bool:
        found = app.window.findChildren(QLabel, "bannerText")
        return any("While you were away" in one.text() for one in found)

    qtbot.waitUntil(told, timeout=TIMEOUT)
    banner = app.find("bannerText", QLabel)
    assert banner.text() == "While you were away, 50 requests expired."
    qtbot.waitUntil(lambda: numbers == [50, 0], timeout=TIMEOUT)
    assert attention == []
