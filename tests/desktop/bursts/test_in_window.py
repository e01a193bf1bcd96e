"""A flood of requests through the window: one entry, a warning, Deny all, a longer guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QWidget

from countersign.device.records import Mode
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from countersign.desktop.request.ports import Timer
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


class Flood:
    """The app at a company that sends six requests at once, for ten minutes."""

    def __init__(self, app: AppUnderTest, sandbox: Running, qtbot: QtBot) -> None:
        self.app, self.company, self.qtbot = app, sandbox.client, qtbot
        self.account = app.enrol(sandbox.backend_url, "northwind-1", "Northwind Bank").sid
        self.sids = self.send(6)
        with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT) as number:
            app.show()
        assert number.args == [6]

    def send(self, count: int) -> list[str]:
        """Let the company ask so often."""
        sent = self.company.create_challenges(count, self.account, expires_in=600)
        return [one["sid"] for one in sent]

    def status(self, sid: str) -> str:
        """Return what the company says of one."""
        return self.company.challenge(sid)["status"]

    def until(self, done: Callable[[], object]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(done()), timeout=TIMEOUT)

    def text(self, name: str) -> str:
        """Return what can be read there now."""
        found = self.app.window.findChildren(QLabel, name)
        return "\n".join(one.text() for one in found if one.isVisible())

    def rows(self) -> int:
        """Return how many rows the list has."""
        return self.app.find("inboxList", QListView).model().rowCount()


@pytest.fixture
def flood(countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot) -> Flood:
    return Flood(countersign_app, countersign_sandbox, qtbot)


def test_they_are_one_entry_that_warns_and_the_number_stays(flood: Flood) -> None:
    flood.until(lambda: "6 requests from Northwind Bank" in flood.text("burstTitle"))
    assert "Are you signing in right now?" in flood.text("burstText")
    assert "Don't approve." in flood.text("burstText")
    assert flood.rows() == 0
    assert flood.app.window.windowTitle() == "Countersign (6)"


def test_deny_all_denies_those_and_no_other(flood: Flood) -> None:
    with flood.qtbot.waitSignal(flood.app.window.inboxChanged, timeout=TIMEOUT):
        later: list[str] = []
        flood.app.click("denyAllButton")
        later += flood.send(1)
    flood.until(lambda: "6 denied." in flood.text("burstText"))
    assert {flood.status(sid) for sid in flood.sids} == {"denied"}
    assert flood.status(later[0]) == "pending"
    found = [flood.app.run(flood.app.device.decisions.find(sid)) for sid in flood.sids]
    assert [(len(one), one[0].mode, one[0].suspicious) for one in found] == [
        (1, Mode.HAND, False)
    ] * 6
    flood.app.click("burstNotMeButton")
    assert "it wasn't you" in flood.text("burstText")

    def marked() -> bool:
        all_of = [flood.app.run(flood.app.device.decisions.find(sid))[0] for sid in flood.sids]
        return all(one.suspicious for one in all_of)

    flood.until(marked)
    flood.app.click("burstReadButton")
    flood.until(lambda: "1 more request" in flood.text("burstTitle"))


def test_what_had_expired_is_told_apart(flood: Flood) -> None:
    flood.company.expire_challenge(flood.sids[0])
    flood.app.click("denyAllButton")
    flood.until(lambda: "denied" in flood.text("burstText"))
    told = flood.text("burstText")
    assert told.startswith(("5 denied, 1 had already expired.", "5 denied."))  # a poll may see it
    assert flood.status(flood.sids[0]) == "expired"
    assert {flood.status(sid) for sid in flood.sids[1:]} == {"denied"}


def test_one_by_one_approve_waits_and_deny_does_not(flood: Flood) -> None:
    app = flood.app
    app.click("oneByOneButton")
    flood.until(lambda: flood.rows() == 6)
    assert flood.text("burstTitle") == ""
    waits: list[float] = []
    pane = app.controller.reading.pane
    world = pane.presenter._world
    after = world.after

    def noting(seconds: float, call: Callable[[], None], /) -> Timer:
        waits.append(seconds)
        return after(seconds, call)

    noted = type(world)(
        world.source,
        world.answers,
        world.start,
        noting,
        world.waits,
        world.flooded,
    )
    pane.presenter._world = noted
    app.select("inboxList", flood.sids[0])
    flood.until(lambda: app.find("denyButton", QPushButton).isEnabled())
    assert not app.find("approveButton", QPushButton).isEnabled()
    assert 3.0 in waits
    assert any("Check that this one is yours." in one.text() for one in pane.findChildren(QLabel))
    flood.until(lambda: app.find("approveButton", QPushButton).isEnabled())
    assert app.find("denyButton", QPushButton).isEnabled()


def test_notices_can_be_stopped_there(flood: Flood) -> None:
    flood.app.click("burstMuteButton")
    assert flood.app.controller.mutes.muted(flood.account)
    button = flood.app.find("burstMuteButton", QPushButton)
    assert button.text().startswith("No notices until ")
    assert not button.isEnabled()


def test_history_has_no_cards(flood: Flood) -> None:
    flood.until(lambda: flood.text("burstTitle"))
    flood.app.controller.workspace.inbox.show_history_tab()
    assert not [
        one for one in flood.app.window.findChildren(QWidget, "burstCard") if one.isVisible()
    ]
