"""Polls follow the focus, the screen's lock and sleep: real windows, a real window manager.

What is asserted is the order of requests as the sandbox saw them, never how long anything took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session_parts import stop, until
from tests.desktop.presence.mock_bus import MockBus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.testing.x_session import XSession
    from tests.integration.window.conftest import Company

BEATS = 5
PROGRAM = Path(__file__).with_name("focus_program.py")


class Follower:
    """The program, what it printed, and what the sandbox heard of it."""

    def __init__(self, screen: XSession, company: Company, bus: MockBus, folder: Path) -> None:
        self._screen, self._company = screen, company
        mine = {"DBUS_SYSTEM_BUS_ADDRESS": bus.address, "XDG_SESSION_ID": "c1"}
        self.process = subprocess.Popen(  # noqa: S603 - a file of ours
            [sys.executable, str(PROGRAM), str(folder), company.backend_url],
            env=os.environ | screen.environment | mine,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: list[dict[str, str]] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()
        named = until(lambda: self.lines[0] if self.lines else None, "the accounts")
        self._watched, self._metronome = named["watched"], named["metronome"]

    def becomes(self, *presences: str) -> None:
        """Wait until it said this, and nothing else, since the last time."""
        until(lambda: len(self.lines) > len(presences), f"it to become {presences}")
        assert self.lines[1:] == [{"presence": one} for one in presences]
        del self.lines[1:]

    def focus(self) -> None:
        """Give its window the focus, as the user does."""
        self._screen.xdotool("windowactivate", "--sync", self._screen.windows(self.process.pid)[0])

    def asks(self) -> None:
        """Wait until it asks."""
        after = self._last()
        until(lambda: self._polls(self._watched, after), "a poll")

    def is_quiet(self) -> None:
        """See that it doesn't ask while somebody else asks several times."""
        first = self._beat(self._last())  # an answer may have been on its way until here
        last = first
        for _ in range(BEATS):
            last = self._beat(last)
        assert [one for one in self._polls(self._watched, first) if one < last] == []

    def close(self) -> None:
        """End it."""
        stop(self.process)
        self._reading.join()

    def _beat(self, after: int) -> int:
        return until(lambda: self._polls(self._metronome, after), "the metronome")[0]

    def _polls(self, sid: str, after: int) -> list[int]:
        return [
            one["number"]
            for one in self._company.client.traffic(after)
            if one["factor_sid"] == sid and one["method"] == "GET"
        ]

    def _last(self) -> int:
        return max((one["number"] for one in self._company.client.traffic()), default=0)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            self.lines.extend(json.loads(line) for line in lines)


@pytest.fixture
def system_bus() -> Iterator[MockBus]:
    """Start a system bus with logind on it."""
    with MockBus() as bus:
        bus.logind()
        yield bus


@pytest.fixture
def follower(
    screen: XSession, shared_company: Company, system_bus: MockBus, tmp_path: Path
) -> Iterator[Follower]:
    """Start the program; its window gets the focus."""
    started = Follower(screen, shared_company, system_bus, tmp_path)
    yield started
    started.close()


@pytest.fixture
def other_window(screen: XSession) -> Iterator[subprocess.Popen[bytes]]:
    """Open another program's window, which takes the focus."""
    started = subprocess.Popen(
        ["xev"],  # noqa: S607 - wherever the system has it
        env=dict(screen.own_environment()),
        stdout=subprocess.DEVNULL,
    )
    yield started
    stop(started)


def test_polls_follow_the_user(
    follower: Follower, system_bus: MockBus, request: pytest.FixtureRequest
) -> None:
    follower.asks()
    said = [line["presence"] for line in follower.lines[1:]]
    assert said[-1:] == ["active"]
    del follower.lines[1:]

    request.getfixturevalue("other_window")
    follower.becomes("background")
    follower.is_quiet()  # polling in the background is off
    follower.focus()
    follower.becomes("active")
    follower.asks()

    system_bus.session("SetLockedHint", True)  # noqa: FBT003 - as logind has it
    follower.becomes("away")
    follower.is_quiet()
    system_bus.session("SetLockedHint", False)  # noqa: FBT003 - as logind has it
    follower.becomes("active")
    follower.asks()

    system_bus.sleep(begins=True)
    follower.becomes("away")
    follower.is_quiet()
    system_bus.sleep(begins=False)
    follower.becomes("active", "woke")
    follower.asks()
