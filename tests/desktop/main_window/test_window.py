"""The main window over a real device and a real sandbox: what a user sees and does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from shiboken6 import isValid

from countersign.desktop.main_window.controller import Controller
from countersign.desktop.main_window.window import MainWindow
from countersign.device.device import Device
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.push.http import Http
from countersign.sandbox import serve
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme

    Run = Callable[[Coroutine[object, object, object]], object]

LONG = 20_000  # milliseconds; what is waited for takes a few


class App:
    """A window on a device, and the sandbox behind it."""

    def __init__(self, qtbot: QtBot, loop: Loop, theme: Theme, folder: Path) -> None:
        self.qtbot, self.loop, self.theme = qtbot, loop, theme
        self.keys = FailingKeyStore("locked", on=())
        self.database = Database(folder)
        self.run(self.database.open())
        self.device = Device(
            AccountTable(self.database), DecisionTable(self.database), self.keys, Http()
        )
        self.window = MainWindow(theme)
        self.controller: Controller | None = None

    def run(self, work: Coroutine[object, object, object]) -> object:
        """Wait for a coroutine as a test of pytest-qt does for a signal."""
        task = self.loop.create_task(work)
        self.qtbot.waitUntil(task.done, timeout=LONG)
        return task.result()

    def show(self) -> None:
        """Show the window, polled once."""
        self.controller = Controller(self.window, self.theme, self.device)
        self.window.show()
        self.controller.start()

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """Return the one widget of that object name that is there for the user."""
        (found,) = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        return found

    def click(self, name: str) -> None:
        """Click a button once it can be clicked."""
        self.qtbot.waitUntil(lambda: self._enabled(name), timeout=LONG)
        self.qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt

    def type(self, name: str, text: str) -> None:
        """Type into a field."""
        self.qtbot.keyClicks(self.find(QLineEdit, name), text)  # type: ignore[no-untyped-call]  # pytest-qt

    def close(self) -> None:
        """End in order, as the app does: qtbot would delete the window before its work ends."""
        if self.controller is not None:
            self.run(self.controller.stop())
        self.run(self.device.http.aclose())
        self.run(self.database.aclose())
        self.window.close()
        self.window.deleteLater()
        self.qtbot.waitUntil(lambda: not isValid(self.window))

    def _enabled(self, name: str) -> bool:
        found = [b for b in self.window.findChildren(QPushButton, name) if b.isVisible()]
        return bool(found) and found[0].isEnabled()


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    with serve.running() as running:
        yield running


@pytest.fixture
def app(qtbot: QtBot, qt_loop: Loop, theme: Theme, tmp_path: Path) -> Iterator[App]:
    made = App(qtbot, qt_loop, theme, tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def enrolled(app: App, sandbox: serve.Running) -> str:
    """Give the sid of an account, enrolled before the window opens."""
    request = EnrolmentRequest(sandbox.backend_url, "northwind-1", label="Northwind Bank")
    account = app.run(enrol(app.device, request))
    sid: str = account.sid  # type: ignore[attr-defined]  # an Account
    return sid


def test_a_request_is_seen_read_and_approved(
    app: App, sandbox: serve.Running, enrolled: str
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    with app.qtbot.waitSignal(app.window.inboxChanged, timeout=LONG) as seen:
        app.show()
    assert seen.args == [1]
    assert app.window.windowTitle() == "Countersign (1)"
    assert app.controller is not None
    panes = app.controller.workspace
    assert panes.inbox.pending.text() == "Pending 1"
    with app.qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        panes.inbox.inbox.requestChosen.emit(sid)
    with app.qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG) as confirmed:
        app.click("approveButton")
    assert confirmed.args == [sid, "approved"]
    assert sandbox.client.challenge(sid)["status"] == "approved"
    app.qtbot.waitUntil(lambda: app.window.windowTitle() == "Countersign", timeout=LONG)


def test_a_denial_is_one_too(app: App, sandbox: serve.Running, enrolled: str) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    with app.qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    assert app.controller is not None
    app.controller.workspace.inbox.inbox.requestChosen.emit(sid)
    with app.qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("denyButton")
    assert sandbox.client.challenge(sid)["status"] == "denied"


def test_a_first_account_is_added_by_typing(app: App, sandbox: serve.Running) -> None:
    app.show()
    app.click("typeInButton")
    app.type("backendUrlEdit", sandbox.backend_url)
    app.type("identityEdit", "northwind-1")
    app.type("accountNameEdit", "Northwind Bank")
    app.click("continueButton")
    with app.qtbot.waitSignal(app.window.enrollmentFinished, timeout=LONG) as finished:
        app.click("enrollButton")
    (factor,) = sandbox.client.factors()
    assert (factor["sid"], factor["status"]) == (finished.args[0], "verified")
    assert app.controller is not None
    accounts = app.controller.workspace.sidebar.accounts
    app.qtbot.waitUntil(lambda: accounts.model().rowCount() == 1, timeout=LONG)
    assert accounts.model().index(0, 0).data() == "Northwind Bank"
    app.click("doneButton")


def test_a_locked_password_store_is_told_and_cured(
    app: App, sandbox: serve.Running, enrolled: str
) -> None:
    app.keys.on = frozenset({"sign"})
    sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")
    with app.qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.show()
    assert app.controller is not None
    banner = app.controller.workspace.banner
    assert banner.isVisible()
    assert "password store is locked" in banner.text.text()
    app.keys.on = frozenset()
    with app.qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.click("bannerAction")
    assert not banner.isVisible()


def test_history_shows_an_answer_and_saves_it(
    app: App, sandbox: serve.Running, enrolled: str, tmp_path: Path
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="=Sign in to Northwind")["sid"]
    with app.qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    assert app.controller is not None
    panes = app.controller.workspace
    panes.inbox.inbox.requestChosen.emit(sid)
    with app.qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("denyButton")
    app.qtbot.waitUntil(lambda: bool(panes.inbox.history.shown_decisions()), timeout=LONG)
    file = tmp_path / "history.csv"
    app.run(app.controller.export_history(file))
    assert "'=Sign in to Northwind" in file.read_text()
    panes.inbox.history_tab.click()
    app.click("exportCsvButton")
    (dialog,) = app.window.findChildren(QFileDialog, "exportDialog")
    chosen = tmp_path / "chosen.csv"
    dialog.fileSelected.emit(str(chosen))
    dialog.close()
    app.qtbot.waitUntil(chosen.exists, timeout=LONG)


@pytest.mark.parametrize(("width", "both"), [(500, False), (1100, True)])
def test_a_narrow_window_shows_one_pane_and_a_way_back(
    app: App, sandbox: serve.Running, enrolled: str, width: int, *, both: bool
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    app.window.resize(width, 600)
    with app.qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    assert app.controller is not None
    panes = app.controller.workspace
    assert panes.inbox.isVisible()
    assert panes.request.isVisible() is both
    with app.qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        panes.inbox.inbox.requestChosen.emit(sid)
    assert panes.request.isVisible()
    assert panes.inbox.isVisible() is both
    assert panes.back.isVisible() is not both
    if not both:
        app.click("backButton")
        assert panes.inbox.isVisible()


def test_a_service_that_is_gone_is_told(app: App, sandbox: serve.Running, enrolled: str) -> None:
    assert enrolled
    account = app.run(app.device.accounts.get(enrolled))
    from dataclasses import replace  # noqa: PLC0415 - for this line alone

    gone = replace(account, api_url="http://127.0.0.1:9/v2")  # type: ignore[type-var]  # an Account
    app.run(app.device.accounts.update(gone))  # type: ignore[arg-type]  # as above
    with app.qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.show()
    assert app.controller is not None
    assert "Offline since" in app.controller.workspace.banner.text.text()
    assert sandbox.client.factors()
