"""The small window beside the main pane, over one device and one service in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from countersign.desktop.compact.window import CompactWindow
from countersign.desktop.request.pane import RequestPane
from countersign.push.values import ChallengeStatus
from tests.desktop.compact.small import Small
from tests.desktop.request.world import NO_GUARD
from tests.unit.device.device_support import FakeService, Gate, Keys, Process

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request

T = TypeVar("T")


class Both:
    """The main pane and the small window, each with a request pane of its own."""

    def __init__(self, qtbot: QtBot, loop: Loop, theme: Theme, folder: Path) -> None:
        self.qtbot, self.loop = qtbot, loop
        self.service = FakeService()
        self.process = self.run(Process.start(folder, self.service, Keys()))
        device, decisions = self.process.device, self.process.decisions

        def pane(parent: QWidget | None = None) -> RequestPane:
            return RequestPane(theme, device, decisions, parent, waits=NO_GUARD)

        self.main = pane()
        self.small = Small(CompactWindow(theme, pane, keep_open=True), qtbot)
        qtbot.addWidget(self.main)
        qtbot.addWidget(self.small.window)

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Wait for a coroutine as a test of pytest-qt does for a signal."""
        task = self.loop.create_task(work)
        self.qtbot.waitUntil(task.done)
        result: T = task.result()
        return result

    def show(self) -> Request:
        """Show one request in both."""
        account = self.run(self.process.add_account())
        request = self.run(self.process.ask(account))
        with self.qtbot.waitSignal(self.main.requestReady):
            self.main.open(request, chosen=True)
        self.small.window.set_requests([request])
        with self.qtbot.waitSignal(self.small.window.requestReady):
            self.small.window.show_request(request.challenge.sid, chosen=True)
        return request

    def end(self) -> None:
        """End in order."""
        self.run(self.main.settled())
        self.run(self.small.window.settled())
        self.run(self.process.die())


@pytest.fixture
def both(qtbot: QtBot, qt_loop: Loop, theme: Theme, tmp_path: Path) -> Iterator[Both]:
    made = Both(qtbot, qt_loop, theme, tmp_path / "profile")
    yield made
    made.end()


def test_an_answer_in_both_is_sent_once(both: Both) -> None:
    request = both.show()
    with both.qtbot.waitSignal(both.main.decisionConfirmed):
        both.main.presenter.approve()
    with both.qtbot.waitSignal(both.small.window.decisionFailed) as failed:
        both.small.click("denyButton")
    assert failed.args == [request.challenge.sid, 60322]
    assert both.service.count("POST", request.challenge.sid) == 1
    assert both.service.challenges[request.challenge.sid]["status"] == "approved"
    assert both.small.label("requestResult") == "This request was already answered."
    [decision] = both.run(both.process.log.find(request.challenge.sid))
    assert decision.server_status is ChallengeStatus.APPROVED


def test_an_answer_while_the_other_is_on_its_way_waits_for_that_ones_fate(both: Both) -> None:
    request = both.show()
    gate = Gate(taken=False)
    both.service.on("POST", request.challenge.sid, gate)
    both.main.presenter.approve()
    both.qtbot.waitUntil(gate.reached.is_set)
    with both.qtbot.waitSignal(both.small.window.decisionUnknown):
        both.small.click("denyButton")
    assert both.small.label("requestResult") == (
        "This request is being answered by another window or command."
    )
    with both.qtbot.waitSignal(both.main.decisionConfirmed):
        gate.opened.set()
    with both.qtbot.waitSignal(both.small.window.decisionConfirmed) as confirmed:
        both.small.window.pane.presenter.check_now()
    assert confirmed.args == [request.challenge.sid, "approved"]
    assert both.service.count("POST", request.challenge.sid) == 1


def test_the_service_has_an_answer_that_the_end_waited_for(both: Both) -> None:
    request = both.show()
    gate = Gate(taken=False)
    both.service.on("POST", request.challenge.sid, gate)
    both.small.click("denyButton")
    both.qtbot.waitUntil(gate.reached.is_set)
    both.small.window.close()
    ending = both.loop.create_task(both.small.window.settled())
    gate.opened.set()
    both.qtbot.waitUntil(ending.done)
    assert both.service.challenges[request.challenge.sid]["status"] == "denied"
    [decision] = both.run(both.process.log.find(request.challenge.sid))
    assert decision.server_status is ChallengeStatus.DENIED
