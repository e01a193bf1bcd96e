"""Accounts that go, at the company or here, while their requests are on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from countersign.device import accounts
from countersign.push.errors import StorageError
from countersign.push.values import FactorStatus
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.device.records import Account
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App


def account_of(app: App, sid: str) -> Account:
    account = app.run(app.device.accounts.get(sid))
    assert account is not None
    return account


def remove_at_the_company(app: App, sid: str) -> None:
    account = account_of(app, sid)

    async def delete() -> None:
        async with app.device.speaking_for(account) as client:
            await client.delete()

    app.run(delete())


def show_request(app: App, qtbot: QtBot, sandbox: Running, factor_sid: str) -> str:
    sid = str(sandbox.client.create_challenge(factor_sid, message="Sign in")["sid"])
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.select("inboxList", sid)
    return sid


def test_an_account_that_the_company_removed_is_told_after_a_second_look(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sandbox.client.create_challenge(enrolled, message="Sign in")
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.show()
    remove_at_the_company(app, enrolled)
    attention = app.window.accountNeedsAttention
    with qtbot.waitSignal(attention, timeout=TIMEOUT, check_params_cb=lambda *a: a[1] == "removed"):
        for _ in range(2):
            with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
                app.controller.poller.check_now()
    assert app.window.windowTitle() == "Countersign", "what can't be answered doesn't count"
    assert "no longer knows this computer" in app.find("emptyState", QLabel).text()
    row = app.controller.workspace.sidebar.accounts.model().index(0, 0)
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Northwind Bank, Removed by your company"
    app.select("accountList", enrolled)
    pane = app.find("removedPane", QWidget)
    told = "\n".join(label.text() for label in pane.findChildren(QLabel))
    assert "Northwind Bank no longer knows this computer. You can't approve here." in told
    app.click("removeRemovedButton")
    qtbot.waitUntil(lambda: bool(app.window.findChildren(QWidget, "removeAccountDialog")))
    app.click("confirmRemoveButton")
    qtbot.waitUntil(app.controller.first_start.isVisible, timeout=TIMEOUT)
    assert app.run(app.device.accounts.all()) == []


def test_with_an_account_goes_what_was_being_read(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    other = app.enrol(sandbox.backend_url, "northwind-2", "Other").sid
    sid = show_request(app, qtbot, sandbox, enrolled)
    reading = app.controller.reading
    reading.read_small()
    assert reading.small.isVisible()
    app.run(accounts.remove(app.device, account_of(app, enrolled)))
    app.run(app.controller.refresh_accounts())
    assert reading.pane.presenter.view is None
    assert not reading.small.isVisible()
    model = app.controller.workspace.inbox.inbox.model()
    qtbot.waitUntil(lambda: model.rowCount() == 0, timeout=TIMEOUT)
    assert app.window.windowTitle() == "Countersign"
    assert [account.sid for account in app.run(app.device.accounts.all())] == [other]
    assert sandbox.client.challenge(sid)["status"] == "pending"


def test_choosing_another_account_puts_the_request_away(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    other = app.enrol(sandbox.backend_url, "northwind-2", "Other").sid
    sid = show_request(app, qtbot, sandbox, enrolled)
    presenter = app.controller.reading.pane.presenter
    for account, stays in ((enrolled, True), (other, False)):
        app.select("accountList", account)
        assert (presenter.view is not None) is stays
    app.select("accountList", enrolled)
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.select("inboxList", sid)


def test_an_answer_in_the_window_closes_the_small_one(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    show_request(app, qtbot, sandbox, enrolled)
    small = app.controller.reading.small
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.controller.reading.read_small()
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT):
        app.click("approveButton")
    qtbot.waitUntil(lambda: not small.isVisible(), timeout=TIMEOUT)


def test_an_answer_in_the_small_window_is_seen_in_the_other(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    show_request(app, qtbot, sandbox, enrolled)
    small = app.controller.reading.small
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.controller.reading.read_small()
    deny = small.findChild(QPushButton, "denyButton")
    assert isinstance(deny, QPushButton)
    with qtbot.waitSignal(small.decisionConfirmed, timeout=TIMEOUT):
        qtbot.mouseClick(deny, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt
    qtbot.waitUntil(
        lambda: "already denied" in app.find("requestResult", QLabel).text(), timeout=TIMEOUT
    )


def test_finishing_an_account_ends_the_pane_that_asks_for_it(
    app: App, qtbot: QtBot, enrolled: str
) -> None:
    unfinished = replace(account_of(app, enrolled), status=FactorStatus.UNVERIFIED)
    app.run(app.device.accounts.update(unfinished))
    app.show()
    qtbot.waitUntil(lambda: not app.window.blank, timeout=TIMEOUT)
    app.select("accountList", enrolled)
    pane = app.find("unfinishedPane", QWidget)
    with qtbot.waitSignal(app.window.enrollmentFinished, timeout=TIMEOUT):
        app.click("finishButton")
    qtbot.waitUntil(lambda: not pane.isVisible(), timeout=TIMEOUT)


def test_closing_waits_for_what_is_being_removed(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.controller.dialogs.remove(enrolled)
    qtbot.waitUntil(lambda: bool(app.window.findChildren(QWidget, "removeAccountDialog")))
    app.click("confirmRemoveButton")
    app.run(app.controller.stop())
    assert app.run(app.device.accounts.all()) == []
    assert sandbox.client.factors() == []
    assert len(app.keys.memory) == 0


def test_closing_waits_for_a_name_that_is_being_saved(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.controller.dialogs.details(enrolled)
    qtbot.waitUntil(lambda: bool(app.window.findChildren(QWidget, "accountDetails")))
    app.find("friendlyNameEdit", QLineEdit).setText("Reception")
    app.find("accountNameEdit", QLineEdit).setFocus()
    app.find("friendlyNameEdit", QLineEdit).editingFinished.emit()
    app.run(app.controller.stop())
    assert account_of(app, enrolled).friendly_name == "Reception"
    assert [factor["friendly_name"] for factor in sandbox.client.factors()] == ["Reception"]


def test_a_start_that_cannot_read_its_accounts_says_so(app: App, qtbot: QtBot) -> None:
    async def fail() -> list[Account]:
        raise StorageError("read_only", "Can't save on this computer.")

    app.device.accounts.all = fail  # type: ignore[method-assign]
    with qtbot.waitSignal(app.window.errorShown, timeout=TIMEOUT) as told:
        app.show()
    assert told.args == [StorageError.default_code]
    page = app.find("emptyState", QWidget)
    assert "Can't save on this computer." in [one.text() for one in page.findChildren(QLabel)]


def test_an_error_before_the_first_account_is_told_above_the_page(app: App, qtbot: QtBot) -> None:
    app.show()
    qtbot.waitUntil(app.controller.first_start.isVisible, timeout=TIMEOUT)
    with qtbot.waitSignal(app.window.errorShown, timeout=TIMEOUT):
        app.controller.tell(StorageError("disk_full", "Can't save on this computer."))
    assert "Can't save on this computer" in app.find("bannerText", QLabel).text()
