"""What the settings and the user's wish for quiet change in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

TIMEOUT = 20_000


def test_after_it_wasnt_me_notices_can_be_stopped_for_a_while(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = str(sandbox.client.create_challenge(enrolled, message="Sign in")["sid"])
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT):
        app.click("suspiciousButton")
    mutes = app.controller.mutes
    assert app.find("muteButton", QPushButton).text() == "Stop notices for 20 min"
    app.click("muteButton")
    assert mutes.muted(enrolled)
    button = app.find("muteButton", QPushButton)
    assert button.text().startswith("No notices until ")
    assert not button.isEnabled()
    mutes.clear()  # as the tray's menu does
    assert button.isEnabled()


def test_the_small_window_stays_where_the_settings_say_so(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sandbox.client.create_challenge(enrolled, message="Sign in")
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()
    app.controller.preferences.change(keep_small_open=True)
    app.controller.reading.read_small()
    small = app.controller.reading.small
    assert small.keep_open
    app.controller.preferences.change(keep_small_open=False)
    assert not small.keep_open
