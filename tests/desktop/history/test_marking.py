"""It wasn't me, said of a denial of the past: in its pane, and in the app before a sandbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from countersign.desktop.history.detail import HistoryDetail
from countersign.desktop.lists.roles import RowRole
from countersign.device.suspicion import Mark
from countersign.push.errors import NetworkError, StorageError
from countersign.testing.app import TIMEOUT
from tests.desktop.request.world import ACCOUNT, APPROVED, DENIED, START, decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.device.records import Decision
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

DENIAL = decision(DENIED, message="Sign in", finished_at=START, server_status=DENIED)
ADVICE = "Someone may know your password. Change it, and tell the help desk."
NOTED = "Noted in your history here."
DEAD = "http://127.0.0.1:9/v2"


@pytest.fixture
def detail(qtbot: QtBot, theme: Theme) -> Iterator[HistoryDetail]:
    """Return a pane that is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(480, 520)
    made = HistoryDetail(theme, window, support="the help desk", now=START.timestamp)
    made.resize(480, 520)
    window.show()
    yield made
    window.hide()


def button(within: QWidget) -> QPushButton:
    found = within.findChild(QPushButton, "notMeButton")
    assert isinstance(found, QPushButton)
    return found


def said(within: QWidget) -> list[str]:
    """Return what is told of the mark."""
    found = within.findChild(QLabel, "historyMark")
    assert isinstance(found, QLabel)
    return found.text().split("\n") if found.isVisible() else []


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, True),
        ({"suspicious": True}, False),
        ({"answer": APPROVED, "server_status": APPROVED}, False),
        ({"server_status": None, "finished_at": None}, False),
        ({"server_status": None, "error": "not_arrived"}, False),
        ({"error": "answered_elsewhere"}, False),
    ],
)
def test_it_is_offered_for_an_own_denial_that_is_not_marked(
    detail: HistoryDetail, changes: dict[str, Any], *, offered: bool
) -> None:
    detail.show_decision(replace(DENIAL, **changes), ACCOUNT)
    assert button(detail).isVisible() is offered
    assert said(detail) == []


def test_it_is_asked_for_once_and_what_became_of_it_stays(detail: HistoryDetail) -> None:
    asked: list[str] = []
    detail.suspiciousRequested.connect(asked.append)
    detail.show_decision(DENIAL, ACCOUNT)
    for _ in range(2):
        button(detail).click()
    assert asked == [DENIAL.id]
    assert said(detail) == [ADVICE, "Telling Northwind Bank…"]
    detail.show_decision(DENIAL, ACCOUNT)
    assert not button(detail).isVisible(), "history may be read again meanwhile"
    detail.show_mark(DENIAL.id, Mark())
    after = [ADVICE, "Northwind Bank was told that it wasn't you."]
    assert said(detail) == after
    detail.show_decision(replace(DENIAL, suspicious=True), ACCOUNT)
    assert said(detail) == after
    detail.show_decision(replace(DENIAL, id="another"), ACCOUNT)
    assert (said(detail), button(detail).isVisible()) == ([], True)
    detail.show_decision(replace(DENIAL, suspicious=True), ACCOUNT)
    assert said(detail) == after


def test_what_could_not_be_kept_can_be_asked_for_again(detail: HistoryDetail) -> None:
    asked: list[str] = []
    detail.suspiciousRequested.connect(asked.append)
    detail.show_decision(DENIAL, ACCOUNT)
    button(detail).click()
    detail.show_mark(DENIAL.id, StorageError("disk_full", "Full."))
    assert said(detail) == [
        "Can't save that on this computer: the disk may be full or read-only. Nobody was told."
    ]
    button(detail).click()
    assert asked == [DENIAL.id] * 2


def test_the_focus_goes_to_what_is_told(detail: HistoryDetail, qtbot: QtBot) -> None:
    detail.show_decision(DENIAL, ACCOUNT)
    detail.activateWindow()
    button(detail).setFocus()
    qtbot.waitUntil(button(detail).hasFocus)
    qtbot.keyClick(button(detail), Qt.Key.Key_Space)  # type: ignore[no-untyped-call]  # pytest-qt
    mark = detail.findChild(QLabel, "historyMark")
    assert isinstance(mark, QLabel)
    assert mark.hasFocus()


def test_a_service_that_is_away_is_told_of(detail: HistoryDetail) -> None:
    detail.show_decision(DENIAL, ACCOUNT)
    button(detail).click()
    detail.show_mark(DENIAL.id, Mark(error=NetworkError("unreachable", "Away.")))
    assert said(detail) == [
        ADVICE,
        f"{NOTED} Northwind Bank couldn't be told: it can't be reached.",
    ]


# --- The app before a sandbox --------------------------------------------------------------------


@pytest.fixture
def denied(qtbot: QtBot, countersign_app: App, countersign_sandbox: Running) -> str:
    """Give the sid of a request that was just denied in the window."""
    app = countersign_app
    account = app.enrol(countersign_sandbox.backend_url, "northwind-1", "Northwind Bank")
    sid = str(countersign_sandbox.client.create_challenge(account.sid, message="Sign in")["sid"])
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT):
        app.click("denyButton")
    return sid


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def kept(app: App, sid: str) -> Sequence[Decision]:
    return app.run(app.device.decisions.find(sid))


def metadata(sandbox: Running, sid: str) -> object:
    return sandbox.client.challenge(sid)["metadata"]


def open_in_history(app: App, qtbot: QtBot) -> HistoryDetail:
    """Choose the one answer."""
    inbox = app.controller.workspace.inbox
    inbox.show_history_tab()
    answers = inbox.history.list
    qtbot.waitUntil(lambda: answers.model().rowCount() > 1, timeout=TIMEOUT)
    row = answers.model().index(1, 0).data(RowRole)
    app.select("historyList", row.decision.challenge_sid)
    return app.controller.past.detail


def lose_the_network(app: App, sid: str) -> None:
    [decision] = kept(app, sid)
    account = app.run(app.device.accounts.get(decision.factor_sid))
    assert account is not None
    app.run(app.device.accounts.update(replace(account, api_url=DEAD)))


def test_it_is_known_on_both_sides_when_it_is_said_after_denying(
    qtbot: QtBot, countersign_app: App, countersign_sandbox: Running, denied: str
) -> None:
    app = countersign_app
    with qtbot.waitSignal(app.controller.reading.pane.requestMarked, timeout=TIMEOUT) as marked:
        app.click("suspiciousButton")
    assert marked.args == [denied]
    assert metadata(countersign_sandbox, denied) == {"reason": "suspicious"}
    assert [one.suspicious for one in kept(app, denied)] == [True]
    detail = open_in_history(app, qtbot)
    qtbot.waitUntil(lambda: "not me" in texts(detail), timeout=TIMEOUT)
    assert not button(detail).isVisible()


def test_it_can_be_said_in_history_later(
    qtbot: QtBot, countersign_app: App, countersign_sandbox: Running, denied: str
) -> None:
    app = countersign_app
    detail = open_in_history(app, qtbot)
    app.click("notMeButton")
    qtbot.waitUntil(lambda: "was told" in "\n".join(said(detail)), timeout=TIMEOUT)
    assert metadata(countersign_sandbox, denied) == {"reason": "suspicious"}
    history = app.controller.workspace.inbox.history
    qtbot.waitUntil(
        lambda: [one.suspicious for one in history.shown_decisions()] == [True], timeout=TIMEOUT
    )
    assert not button(detail).isVisible()


def test_it_is_kept_and_told_of_where_the_service_is_away(
    qtbot: QtBot, countersign_app: App, countersign_sandbox: Running, denied: str
) -> None:
    app = countersign_app
    lose_the_network(app, denied)
    app.click("suspiciousButton")
    result = app.find("requestResult", QLabel)
    qtbot.waitUntil(lambda: "Noted in your history here." in result.text(), timeout=TIMEOUT)
    assert "Northwind Bank couldn't be told: it can't be reached." in result.text()
    assert [one.suspicious for one in kept(app, denied)] == [True]
    assert metadata(countersign_sandbox, denied) is None


def test_it_is_told_where_the_window_closes_at_once(
    qtbot: QtBot, countersign_app: App, countersign_sandbox: Running, denied: str
) -> None:
    app = countersign_app
    open_in_history(app, qtbot)
    app.click("notMeButton")
    app.run(app.controller.stop())
    assert [one.suspicious for one in kept(app, denied)] == [True]
    assert metadata(countersign_sandbox, denied) == {"reason": "suspicious"}
