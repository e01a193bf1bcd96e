"""[Add again] of an account that the company removed opens the dialog with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App


def test_both_panes_lead_to_what_was_typed_before(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    panes = app.controller.workspace
    account = app.run(app.device.accounts.get(enrolled))
    assert account is not None
    for pane in (panes.removed, panes.unfinished):
        pane.show_account(account)
        pane.add_button.click()
        qtbot.waitUntil(lambda: bool(app.window.findChildren(EnrollDialog)), timeout=TIMEOUT)
        (dialog,) = app.window.findChildren(EnrollDialog)
        assert dialog.typed_page.backend.text == sandbox.backend_url
        assert dialog.typed_page.account.text == "Northwind Bank"
        dialog.close()
        qtbot.waitUntil(lambda: not app.window.findChildren(EnrollDialog), timeout=TIMEOUT)
