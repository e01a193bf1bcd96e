"""More requests than polls see: fetched by scrolling, and each shown as what it is when chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.desktop.lists.roles import SidRole, StatusRole
from countersign.desktop.request.view import Phase
from countersign.testing.app import TIMEOUT as LONG

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.desktop.lists.inbox_view import InboxView
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest as App

COUNT = 230


@pytest.fixture
def view(app: App, qtbot: QtBot, sandbox: Running, enrolled: str) -> InboxView:
    """Give the list of an account with many requests, polled once."""
    for _ in range(COUNT // 10):
        sandbox.client.create_challenges(10, enrolled, message="Sign in")
    with qtbot.waitSignal(app.window.inboxChanged, timeout=LONG):
        app.show()
    app.controller.showing.bursts.unfold(enrolled)  # so many at once are a flood
    return app.controller.workspace.inbox.inbox_view


def rows(view: InboxView) -> int:
    return view.list.model().rowCount()


def oldest(view: InboxView) -> str:
    """Return the sid of the last row."""
    model = view.list.model()
    return str(model.index(model.rowCount() - 1, 0).data(SidRole))


def load_all(view: InboxView, qtbot: QtBot) -> None:
    """Scroll until there is no more."""
    bar = view.list.verticalScrollBar()
    while rows(view) < COUNT:
        before = rows(view)
        bar.setValue(0)
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda: rows(view) > before, timeout=LONG)  # noqa: B023 - waits here


def test_scrolling_fetches_the_rest_and_the_number_stays(
    app: App, qtbot: QtBot, view: InboxView
) -> None:
    assert rows(view) == 100
    assert view.foot.text.text() == "Showing 100. There may be more."
    assert view.search.isVisible()
    counted: list[int] = []
    app.window.inboxChanged.connect(counted.append)
    load_all(view, qtbot)
    qtbot.waitUntil(lambda: not view.foot.isVisible(), timeout=LONG)
    with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.controller.poller.check_now()
    assert rows(view) == COUNT
    assert app.window.windowTitle() == "Countersign (99+)"
    assert counted == []


def wait_for_row(view: InboxView, qtbot: QtBot, sid: str, status: str) -> None:
    qtbot.waitUntil(lambda: view.list.index_of(sid).data(StatusRole) == status, timeout=LONG)


def test_one_behind_the_page_is_read_and_approved_and_leaves_the_list(
    app: App, qtbot: QtBot, sandbox: Running, view: InboxView
) -> None:
    load_all(view, qtbot)
    sid = oldest(view)
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=LONG):
        app.click("approveButton")
    assert sandbox.client.challenge(sid)["status"] == "approved"
    wait_for_row(view, qtbot, sid, "approved")  # while it is being read
    app.controller.reading.step(-1)
    with qtbot.waitSignal(app.window.pollFinished, timeout=LONG):
        app.controller.poller.check_now()
    qtbot.waitUntil(lambda: not view.list.index_of(sid).isValid(), timeout=LONG)


def test_one_that_ended_unseen_is_shown_as_it_is_when_it_is_chosen(
    app: App, qtbot: QtBot, sandbox: Running, view: InboxView
) -> None:
    load_all(view, qtbot)
    sid = oldest(view)
    sandbox.client.delete_challenge(sid)
    with qtbot.waitSignal(app.window.decisionFailed, timeout=LONG) as failed:
        app.select("inboxList", sid)
    assert failed.args == [sid, 20404]
    wait_for_row(view, qtbot, sid, "gone")


@pytest.mark.parametrize("place", [0, 50, COUNT - 1])
def test_what_expires_while_it_is_read_is_told_by_the_next_poll(
    app: App, qtbot: QtBot, sandbox: Running, view: InboxView, place: int
) -> None:
    load_all(view, qtbot)
    sid = str(view.list.model().index(place, 0).data(SidRole))
    with qtbot.waitSignal(app.window.requestReady, timeout=LONG):
        app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.requestExpired, timeout=LONG):
        sandbox.client.expire_challenge(sid)
        app.controller.poller.check_now()
    view_now = app.controller.reading.pane.presenter.view
    assert view_now is not None
    assert view_now.phase is Phase.EXPIRED
    wait_for_row(view, qtbot, sid, "expired")
