"""What is copied for whoever helps: shown first, and without anybody's secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import around
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest

HELP = 4


def test_it_is_shown_and_then_copied(
    countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot, tmp_path: Path
) -> None:
    app, log = countersign_app, tmp_path / "countersign.log"
    log.write_text("\n".join(f"line {number}" for number in range(500)), encoding="utf-8")
    account = app.enrol(countersign_sandbox.backend_url, "ana@example.com", "Ana's bank")
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.controller.preferences.change(proxy_url="http://ana:secret@proxy.example:3128")
    settings = SettingsDialog(
        app.controller.preferences, app.window, surroundings=around(app.device, log)
    )
    settings.open()
    settings.tabs.setCurrentIndex(HELP)
    app.click("diagnosticsButton")
    qtbot.waitUntil(lambda: bool(app.window.findChildren(QPlainTextEdit, "diagnosticsText")))
    text = app.find("diagnosticsText", QPlainTextEdit).toPlainText()
    assert account.sid in text
    assert "line 499" in text
    assert "line 400" not in text, "its end alone"
    assert "proxy_url: set" in text
    for secret in ("ana", "Ana's bank", "secret", account.key_id, account.identity):
        assert secret not in text
    app.click("copyDiagnosticsButton")
    assert QGuiApplication.clipboard().text() == text
