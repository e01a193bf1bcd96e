"""What stands around reading a request: history, the small window, the keyboard, bad days."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from countersign.desktop.lists.roles import RowRole
from countersign.device.records import Decision, Mode
from countersign.push.values import ChallengeStatus
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

DEAD = "http://127.0.0.1:9/v2"


def send(sandbox: Running, factor_sid: str, message: str = "Sign in to Northwind") -> str:
    return str(sandbox.client.create_challenge(factor_sid, message=message)["sid"])


def show(app: App, qtbot: QtBot) -> None:
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()


def read(app: App, qtbot: QtBot, sid: str) -> None:
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        app.select("inboxList", sid)


def press(app: App, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=TIMEOUT)
    qtbot.keyClick(app.window, key, modifiers)  # type: ignore[no-untyped-call]  # pytest-qt


def lose_the_network(app: App, factor_sid: str) -> None:
    account = app.run(app.device.accounts.get(factor_sid))
    assert account is not None
    app.run(app.device.accounts.update(replace(account, api_url=DEAD)))
    app.controller.poller.check_now()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_history_shows_what_was_answered(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = send(sandbox, enrolled)
    show(app, qtbot)
    read(app, qtbot, sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT):
        app.click("approveButton")
    press(app, qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    answers = app.controller.workspace.inbox.history.list
    qtbot.waitUntil(answers.isVisible, timeout=TIMEOUT)
    row = answers.model().index(1, 0)
    app.select("historyList", row.data(RowRole).decision.challenge_sid)
    told = texts(app.find("historyDetail", QWidget))
    assert "Sign in to Northwind" in told
    assert "by you on this computer" in told
    assert "Confirmed" in told
    press(app, qtbot, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    app.find("requestPanel", QWidget)


def test_the_small_window_answers_too(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    first, second = send(sandbox, enrolled, "First"), send(sandbox, enrolled, "Second")
    show(app, qtbot)
    read(app, qtbot, second)
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        press(
            app,
            qtbot,
            Qt.Key.Key_O,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    small = app.controller.reading.small
    assert small.isVisible()
    assert small.windowTitle() == "Request from Northwind Bank"
    deny = small.findChild(QPushButton, "denyButton")
    assert isinstance(deny, QPushButton)
    qtbot.waitUntil(deny.isEnabled, timeout=TIMEOUT)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT) as confirmed:
        qtbot.mouseClick(deny, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt
    assert confirmed.args == [second, "denied"]
    assert sandbox.client.challenge(first)["status"] == "pending"
    qtbot.waitUntil(lambda: app.window.windowTitle() == "Countersign (1)", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not small.isVisible(), timeout=TIMEOUT)


def test_f1_lists_the_keys(app: App, qtbot: QtBot, enrolled: str) -> None:
    assert enrolled
    show(app, qtbot)
    press(app, qtbot, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    dialog = app.find("shortcutsDialog", QWidget)
    assert "Check now" in texts(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # type: ignore[no-untyped-call]  # pytest-qt


def test_no_answer_can_be_given_while_offline(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = send(sandbox, enrolled)
    show(app, qtbot)
    read(app, qtbot, sid)
    approve = app.find("approveButton", QPushButton)
    qtbot.waitUntil(approve.isEnabled, timeout=TIMEOUT)
    lose_the_network(app, enrolled)
    qtbot.waitUntil(lambda: not approve.isEnabled(), timeout=TIMEOUT)
    assert "can't be sent while you're offline" in texts(app.find("requestPanel", QWidget))
    assert app.find("bannerText", QLabel).text().startswith("Offline since")
    assert app.find("lastCheckedLabel", QLabel).text().startswith("As of ")


def test_a_request_that_expires_early_is_shown_as_that_within_a_poll(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = send(sandbox, enrolled)
    show(app, qtbot)
    read(app, qtbot, sid)
    with qtbot.waitSignal(app.window.requestExpired, timeout=TIMEOUT) as expired:
        sandbox.client.move_clock(600)
        app.controller.poller.check_now()
    assert expired.args == [sid]
    assert "Nothing was approved." in app.find("requestResult", QLabel).text()


@pytest.mark.parametrize("back", [True, False])
def test_an_answer_that_a_crash_left_in_doubt_is_told(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, *, back: bool
) -> None:
    sid = send(sandbox, enrolled)
    app.run(
        app.device.decisions.begin(
            Decision(
                id=uuid.uuid4().hex,
                challenge_sid=sid,
                factor_sid=enrolled,
                message="Sign in to Northwind",
                fields=(),
                answer=ChallengeStatus.APPROVED,
                mode=Mode.HAND,
                decided_at=datetime.now(UTC) - timedelta(minutes=10),
                suspicious=False,
            )
        )
    )
    if not back:
        account = app.run(app.device.accounts.get(enrolled))
        assert account is not None
        app.run(app.device.accounts.update(replace(account, api_url=DEAD)))
    app.show()
    words = "It did not arrive. Nothing was approved." if back else "Offline since"
    qtbot.waitUntil(lambda: words in texts(app.window), timeout=TIMEOUT)
    assert sandbox.client.challenge(sid)["status"] == "pending", "nothing is sent twice"


def test_a_rows_menu_opens_it_small_and_copies_it(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = send(sandbox, enrolled, "Sign in from Berlin")
    show(app, qtbot)

    def choose(name: str) -> None:
        menu = app.controller.reading.menu.menu_for(sid)  # offscreen can't show one
        (action,) = menu.findChildren(QAction, name)
        action.trigger()
        menu.deleteLater()

    choose("copyRequestAction")
    assert QGuiApplication.clipboard().text().startswith("Sign in from Berlin, Northwind Bank, ")
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        choose("openSmallAction")
    assert app.controller.reading.small.isVisible()
    assert app.controller.reading.pane.presenter.view is None
    app.controller.reading.close()
    with qtbot.waitSignal(app.window.requestReady, timeout=TIMEOUT):
        choose("openRequestAction")
    assert sandbox.client.challenge(sid)["status"] == "pending"
