"""Locks, screen savers and sleep, as real buses tell of them (python-dbusmock)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from countersign.desktop.presence import listening
from countersign.desktop.presence.services import SAVERS
from countersign.desktop.presence.watcher import PresenceWatcher
from countersign.desktop.tasks import Tasks
from countersign.device.schedule import Presence
from tests.desktop.presence.mock_bus import LOGIND, SESSION

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from tests.desktop.presence.mock_bus import MockBus

TIMEOUT = 20_000


class Told:
    """A watcher that is running, and what it told so far."""

    def __init__(self, qtbot: QtBot, owner: QObject, log: pytest.LogCaptureFixture) -> None:
        self._qtbot = qtbot
        self._log = log
        self.heard: list[object] = []
        self.watcher = PresenceWatcher(owner)
        self.tasks = Tasks(owner)
        self.tasks.failed.connect(self.heard.append)
        self.watcher.changed.connect(self.heard.append)
        self.watcher.woke.connect(lambda: self.heard.append("woke"))

    def says(self, text: str, *, times: int = 1) -> None:
        """Wait until the log has said this so many times."""
        self._qtbot.waitUntil(
            lambda: sum(text in line for line in self._log.messages) == times, timeout=TIMEOUT
        )

    def starts(self) -> None:
        """Start it, in the background: a test before this may have left a window active."""
        self.watcher.start(self.tasks)
        app = QGuiApplication.instance()
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)  # type: ignore[union-attr]  # there is one
        assert self.heard[-1] is Presence.BACKGROUND
        self.heard.clear()

    def begins(self, *names: str) -> None:
        """Start it, and wait until it listens to these names."""
        self.starts()
        for name in names:
            self.says(f"told by: {name}")

    def heard_only(self, *heard: object) -> None:
        """Wait until it told this, and see that since the last time it told nothing else."""
        self._qtbot.waitUntil(lambda: len(self.heard) >= len(heard), timeout=TIMEOUT)
        assert self.heard == list(heard)
        self.heard.clear()


@pytest.fixture
def told(qtbot: QtBot, qt_loop: Loop, owner: QObject, caplog: pytest.LogCaptureFixture) -> Told:
    del qt_loop  # runs what listens
    caplog.set_level(logging.INFO, "countersign.desktop.presence")
    return Told(qtbot, owner, caplog)


def test_a_session_that_is_locked_and_unlocked(told: Told, system_bus: MockBus) -> None:
    system_bus.logind()
    told.begins(LOGIND)
    system_bus.session("SetLockedHint", True)  # noqa: FBT003 - as logind has it
    told.heard_only(Presence.AWAY)
    system_bus.session("SetLockedHint", False)  # noqa: FBT003 - as logind has it
    told.heard_only(Presence.BACKGROUND)
    system_bus.session("Lock")
    told.heard_only(Presence.AWAY)
    system_bus.session("Unlock")
    told.heard_only(Presence.BACKGROUND)


def test_sleep_and_waking_up(told: Told, system_bus: MockBus) -> None:
    system_bus.logind()
    told.begins(LOGIND)
    system_bus.sleep(begins=True)
    told.heard_only(Presence.AWAY)
    system_bus.sleep(begins=False)
    told.heard_only(Presence.BACKGROUND, "woke")
    system_bus.sleep(begins=False)  # once more is nothing new
    system_bus.session("Lock")
    told.heard_only(Presence.AWAY)


def test_a_screen_that_is_locked_already(told: Told, system_bus: MockBus) -> None:
    system_bus.logind()
    system_bus.session("SetLockedHint", True)  # noqa: FBT003 - as logind has it
    told.starts()
    told.heard_only(Presence.AWAY)


@pytest.mark.parametrize(("name", "path"), SAVERS)
def test_a_screen_saver(told: Told, session_bus: MockBus, name: str, path: str) -> None:
    session_bus.saver(name, path)
    told.begins(name)
    session_bus.call(name, path, f"{name}.SetActive", "b", True)  # noqa: FBT003 - as it has it
    told.heard_only(Presence.AWAY)
    session_bus.call(name, path, f"{name}.SetActive", "b", False)  # noqa: FBT003 - as it has it
    told.heard_only(Presence.BACKGROUND)


def test_a_screen_saver_that_comes_later_and_dies(told: Told, session_bus: MockBus) -> None:
    name, path = SAVERS[1]
    told.begins("nobody")
    saver = session_bus.saver(name, path)
    session_bus.call(name, path, f"{name}.SetActive", "b", True)  # noqa: FBT003 - as it has it
    told.heard_only(Presence.AWAY)
    saver.kill()
    told.heard_only(Presence.BACKGROUND)  # who would say that it is unlocked?


def test_what_others_say_in_its_name_is_not_heard(told: Told, system_bus: MockBus) -> None:
    before = set(system_bus.others())
    system_bus.logind()
    logind = set(system_bus.others())
    told.begins(LOGIND)
    (listener,) = set(system_bus.others()) - logind - before
    session, manager = f"{LOGIND}.Session", f"{LOGIND}.Manager"
    system_bus.forge(listener, SESSION, session, "Lock")
    system_bus.forge(listener, "/org/freedesktop/login1", manager, "PrepareForSleep", True)  # noqa: FBT003 - as logind has it
    system_bus.sleep(begins=True)  # comes after them
    system_bus.sleep(begins=False)
    told.heard_only(Presence.AWAY, Presence.BACKGROUND, "woke")


def test_another_session_is_not_this_one(told: Told, system_bus: MockBus) -> None:
    system_bus.logind()
    system_bus.add_session("c2")
    told.begins(LOGIND)
    system_bus.session("Lock", of="c2")
    system_bus.sleep(begins=True)
    told.heard_only(Presence.AWAY)
    system_bus.sleep(begins=False)
    told.heard_only(Presence.BACKGROUND, "woke")


def test_a_bus_that_goes_away_and_comes_back(
    told: Told, system_bus: MockBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_FIRST_PAUSE", 0.05)
    system_bus.logind()
    told.begins(LOGIND)
    system_bus.sleep(begins=True)
    told.heard_only(Presence.AWAY)
    system_bus.stop()
    told.heard_only(Presence.BACKGROUND)  # it isn't known any more
    system_bus.start()
    system_bus.logind()
    told.says("told by: ", times=2)
    system_bus.session("Lock")
    told.heard_only(Presence.AWAY)


def test_without_any_bus_the_focus_is_all_there_is(told: Told) -> None:
    told.starts()
    told.says("no SYSTEM bus tells whether the user is here: FileNotFoundError")
    told.says("no SESSION bus tells whether the user is here: KeyError")
    assert told.heard == []
    assert told.watcher.presence is Presence.BACKGROUND


def test_after_stop_nothing_is_told_and_nothing_runs(
    told: Told, system_bus: MockBus, qtbot: QtBot
) -> None:
    system_bus.logind()
    told.begins(LOGIND)
    quiet = set(system_bus.others())
    told.watcher.stop()
    qtbot.waitUntil(lambda: len(set(system_bus.others()) & quiet) < len(quiet), timeout=TIMEOUT)
    system_bus.sleep(begins=True)
    assert told.heard == []
