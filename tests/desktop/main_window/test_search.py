"""Ctrl+F goes to the search of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

TIMEOUT = 20_000


def test_ctrl_f_searches_what_is_shown(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sandbox.client.create_challenge(enrolled, message="Sign in")
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()

    def focused() -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def press() -> None:
        qtbot.keyClick(app.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]  # pytest-qt

    qtbot.waitActive(app.window)
    press()
    qtbot.waitUntil(lambda: focused() == "inboxSearch", timeout=TIMEOUT)
    app.controller.workspace.inbox.show_history_tab()
    press()
    qtbot.waitUntil(lambda: focused() == "historySearch", timeout=TIMEOUT)
