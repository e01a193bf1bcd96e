"""A window whose company's policy is in the way: it says so for good, and nothing is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from countersign.device.policy import Company, Policy, PolicyBroken

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

TIMEOUT = 20_000


def test_with_a_broken_policy_requests_are_read_and_denied(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = str(sandbox.client.create_challenge(enrolled, message="Sign in")["sid"])
    app.device.policy = PolicyBroken("/etc/x/policy.toml is too long.")
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()
    assert "/etc/x/policy.toml is too long." in app.find("bannerText", QLabel).text()
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.select("inboxList", sid)
    qtbot.waitUntil(lambda: app.find("denyButton", QPushButton).isEnabled())
    assert not app.find("approveButton", QPushButton).isEnabled()
    QTest.keyClick(app.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    small = app.controller.reading.small
    assert app.controller.read_small(sid)
    deny = small.findChild(QPushButton, "denyButton")
    approve = small.findChild(QPushButton, "approveButton")
    assert deny is not None
    assert approve is not None
    qtbot.waitUntil(deny.isEnabled, timeout=TIMEOUT)
    assert not approve.isEnabled()
    small.close()
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT) as confirmed:
        app.click("denyButton")
    assert confirmed.args == [sid, "denied"]
    assert "/etc/x/policy.toml is too long." in app.find("bannerText", QLabel).text()


def test_a_company_of_the_policy_leads_to_the_dialog(
    app: App, qtbot: QtBot, sandbox: Running
) -> None:
    app.device.policy = Policy(companies=(Company("Northwind", sandbox.backend_url),))
    app.show()
    app.click("companyButton")
    app.type_text("identityEdit", "northwind-user-1")
    app.click("continueButton")
    with qtbot.waitSignal(app.window.enrollmentFinished, timeout=TIMEOUT):
        app.click("enrollButton")
    app.click("doneButton")
    (account,) = app.run(app.device.accounts.all())
    assert (account.backend_url, account.label) == (sandbox.backend_url, "Northwind")
