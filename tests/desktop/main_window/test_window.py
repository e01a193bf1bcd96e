"""The main window over a real device and a real sandbox: what a user sees and does."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton

from countersign.testing.app import TIMEOUT as LONG

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.client_types import FieldJson
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App


def test_a_request_is_seen_read_and_approved(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG) as seen:
        app.show()
    assert seen.args == [1]
    assert app.window.windowTitle() == "Countersign (1)"
    panes = app.controller.workspace
    assert panes.inbox.tabs.tabText(0) == "Pending 1"
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG) as confirmed:
        app.click("approveButton")
    assert confirmed.args == [sid, "approved"]
    assert sandbox.client.challenge(sid)["status"] == "approved"
    qtbot.waitUntil(lambda: app.window.windowTitle() == "Countersign", timeout=LONG)


def test_a_denial_is_one_too(app: App, qtbot: QtBot, sandbox: Running, enrolled: str) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("denyButton")
    assert sandbox.client.challenge(sid)["status"] == "denied"


def test_a_first_account_is_added_by_typing(app: App, qtbot: QtBot, sandbox: Running) -> None:
    app.show()
    app.click("typeInButton")
    app.type_text("backendUrlEdit", sandbox.backend_url)
    app.type_text("identityEdit", "northwind-1")
    app.type_text("accountNameEdit", "Northwind Bank")
    app.click("continueButton")
    with qtbot.waitSignal(app.window.enrollmentFinished, timeout=LONG) as finished:
        app.click("enrollButton")
    (factor,) = sandbox.client.factors()
    assert (factor["sid"], factor["status"]) == (finished.args[0], "verified")
    accounts = app.controller.workspace.sidebar.accounts
    qtbot.waitUntil(lambda: accounts.model().rowCount() == 1, timeout=LONG)
    assert accounts.model().index(0, 0).data() == "Northwind Bank"
    app.click("doneButton")


def test_a_locked_password_store_is_told_and_cured(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    app.keys.on = frozenset({"sign"})
    sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")
    with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.show()
    banner = app.controller.workspace.banner
    assert banner.isVisible()
    assert "password store is locked" in banner.text.text()
    app.keys.on = frozenset()
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.click("bannerAction")
    assert not banner.isVisible()


def test_history_shows_an_answer_and_saves_it(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, tmp_path: Path
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="=Sign in to Northwind")["sid"]
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    panes = app.controller.workspace
    app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("denyButton")
    qtbot.waitUntil(lambda: bool(panes.inbox.history.shown_decisions()), timeout=LONG)
    file = tmp_path / "history.csv"
    app.run(app.controller.past.export(file))
    assert "'=Sign in to Northwind" in file.read_text()
    panes.inbox.show_history_tab()
    app.click("exportCsvButton")
    (dialog,) = app.window.findChildren(QFileDialog, "exportDialog")
    chosen = tmp_path / "chosen.csv"
    dialog.fileSelected.emit(str(chosen))
    dialog.close()
    qtbot.waitUntil(chosen.exists, timeout=LONG)


@pytest.mark.parametrize(("width", "both"), [(500, False), (1100, True)])
def test_a_narrow_window_shows_one_pane_and_a_way_back(  # noqa: PLR0913 - fixtures
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, width: int, *, both: bool
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in to Northwind")["sid"]
    app.window.resize(width, 600)
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    panes = app.controller.workspace
    assert panes.inbox.isVisible()
    assert panes.request.isVisible() is both
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    assert panes.request.isVisible()
    assert panes.inbox.isVisible() is both
    assert panes.back.isVisible() is not both
    if not both:
        app.click("backButton")
        assert panes.inbox.isVisible()


def test_a_service_that_is_gone_is_told(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    assert enrolled
    account = app.run(app.device.accounts.get(enrolled))
    assert account is not None
    gone = replace(account, api_url="http://127.0.0.1:9/v2")
    app.run(app.device.accounts.update(gone))
    with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.show()
    assert "Offline since" in app.controller.workspace.banner.text.text()
    assert sandbox.client.factors()


def test_a_request_that_was_out_of_sight_while_the_window_grew_is_laid_out_anew(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str
) -> None:
    fields: list[FieldJson] = [
        {"label": "Location", "value": "Berlin, Germany"},
        {"label": "IP address", "value": "203.0.113.24"},
    ]
    made = sandbox.client.create_challenge(enrolled, message="Sign in number 1", fields=fields)
    sid = made["sid"]
    app.window.resize(360, 420)
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    for size in ((360, 420), (420, 640)):
        with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):  # time to settle
            app.controller.workspace.show_list()
            app.window.resize(*size)
            app.controller.poller.check_now()
    app.select("inboxList", sid)
    approve, panel = app.find("approveButton", QPushButton), app.find("requestFields", QFrame)

    def laid_out() -> bool:
        last = panel.findChildren(QLabel)[-1]
        bottom = last.mapTo(app.window, last.rect().bottomLeft()).y()
        frame = panel.mapTo(app.window, panel.rect().bottomLeft()).y()
        message = app.find("requestMessage", QLabel)
        gap = panel.mapTo(app.window, QPoint()).y() - message.mapTo(app.window, QPoint()).y()
        above = approve.mapTo(app.window, QPoint()).y()
        return bottom < frame < above and gap < 3 * message.fontMetrics().height()

    qtbot.waitUntil(laid_out, timeout=LONG)


@pytest.mark.parametrize("width", [360, 420, 640, 700, 899, 900, 960, 1120])
def test_panes_lie_side_by_side_and_never_over_each_other(
    app: App, qtbot: QtBot, sandbox: Running, enrolled: str, width: int
) -> None:
    sid = sandbox.client.create_challenge(enrolled, message="Sign in")["sid"]
    app.window.resize(width, 420)
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    panes = app.controller.workspace
    shown = [one for one in (panes.sidebar, panes.inbox, panes.request) if one.isVisible()]
    assert len(shown) == (1 if width < 640 else 2 if width < 900 else 3)
    edges = [(one.mapTo(app.window, QPoint()).x(), one.width()) for one in shown]
    for (left, wide), (following, _) in itertools.pairwise(edges):
        assert left + wide <= following
    last, wide = edges[-1]
    assert last + wide <= app.window.width() == width
