"""A day of work at random: requests, answers, faults, restarts; in the end all sides agree."""

from __future__ import annotations

import contextlib
import gc
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from countersign.device import inbox
from countersign.device.decisions import Answer
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus
from countersign.sandbox.client import SandboxClient
from countersign.testing.app import TIMEOUT, AppUnderTest
from tests.integration.cli.sandbox_process import started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.records import Account

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]

STEPS: Final = 3000
DAY: Final = 16 * 3600
MOST: Final = 40
"""Requests that may wait at once: the window lists a page, and more are another test's."""
TWICE: Final = 0.1
MEGABYTES: Final = 25
FAULTS: Final = (
    *("unauthorized", "rate-limited", "server-error", "unavailable", "drop-before", "drop-after"),
    *("truncated", "malformed", "not-found", "no-signature-fields", "changed", "latency"),
)


@dataclass
class Day:
    """The app, whoever sends requests, and what was sent; `app` is another one after a restart."""

    qtbot: QtBot
    loop: Loop
    theme: Theme
    profile: Path
    client: SandboxClient
    backend_url: str
    random: random.Random
    app: AppUnderTest = field(init=False)
    account: Account = field(init=False)
    sent: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    moved: float = 0.0
    starts: int = 1

    def __post_init__(self) -> None:
        self.app = AppUnderTest(self.qtbot, self.loop, self.theme, self.profile)
        self.account = self.app.enrol(self.backend_url, "ana-1", "Northwind")
        self._show()

    def restart(self) -> None:
        """End the app as it comes, and start it again on the same profile."""
        keys = self.app.keys
        self.app.close()
        self.app = AppUnderTest(self.qtbot, self.loop, self.theme, self.profile)
        self.app.keys = self.app.device.keys = keys
        self.starts += 1
        self._show()

    def ask(self) -> None:
        """Let the company ask; when many wait, see first which still do."""
        if len(self.open) >= MOST:
            self.open = [sid for sid in self.open if self.status(sid) == "pending"]
        if len(self.open) < MOST:
            life = self.random.choice((300, 900, 3600))
            sent = self.client.create_challenge(
                self.account.sid, message=f"Sign in {len(self.sent)}", expires_in=life
            )
            self.sent.add(str(sent["sid"]))
            self.open.append(str(sent["sid"]))

    def answer(self) -> None:
        """Answer one that waits, or did a moment ago: by hand, and perhaps twice."""
        if not self.open:
            return
        sid = self.random.choice(self.open)
        status = self.random.choice((ChallengeStatus.APPROVED, ChallengeStatus.DENIED))
        self.app.run(self._decide(sid, status))
        if self.random.random() < TWICE:
            self.app.run(self._decide(sid, status))
        elif self.status(sid) != "pending":
            self.open.remove(sid)

    def fault(self) -> None:
        """Let the next request meet a fault."""
        kind = self.random.choice(FAULTS)
        only = {"no-signature-fields", "changed"}
        seconds = 0.05 if kind in {"latency", "rate-limited", "unavailable"} else None
        more = {} if kind in only else {"method": None}
        self.client.fault(kind, seconds=seconds, **more)  # type: ignore[arg-type]  # as its kinds take them

    def time(self) -> None:
        """Let time pass at the service: some requests expire."""
        seconds = self.random.uniform(1, 120)
        if self.moved + seconds < DAY:
            self.moved += seconds
            self.client.move_clock(seconds)

    def poll(self) -> None:
        """Look for requests, as the window does by itself."""
        self.app.run(self.app.controller.poller.poll_due())

    def waiting(self) -> set[str]:
        """Return what waits at the service."""
        return {sid for sid in self.sent if self.status(sid) == "pending"}

    def status(self, sid: str) -> str:
        """Return a request's status at the service."""
        return str(self.client.challenge(sid)["status"])

    async def _decide(self, sid: str, status: ChallengeStatus) -> None:
        with contextlib.suppress(CountersignError):
            request = await inbox.find(self.app.device, sid)
            await self.app.controller._decisions.answer(request, Answer(status))

    def _show(self) -> None:
        with self.qtbot.waitSignal(self.app.window.pollFinished, timeout=TIMEOUT):
            self.app.show()
        self.app.controller.following.stop()


@pytest.fixture
def day(qtbot: QtBot, qt_loop: Loop, theme: Theme, tmp_path: Path) -> Iterator[Day]:
    with started("sandbox", "--port", "0") as made:
        ready = made.ready
        with SandboxClient(ready["control_url"], ready["auth_token"]) as client:
            whole = Day(
                qtbot,
                qt_loop,
                theme,
                tmp_path / "profile",
                client,
                ready["backend_url"],
                random.Random(20261123),  # noqa: S311 - the same day each time
            )
            yield whole
            whole.app.close()


def megabytes() -> float:
    """Return what the process has in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


def test_in_the_end_history_service_and_screen_agree(day: Day) -> None:
    acts = {day.ask: 40, day.answer: 40, day.fault: 12, day.time: 12, day.poll: 10, day.restart: 1}
    half = 0.0
    for step in range(STEPS):
        (act,) = day.random.choices(list(acts), list(acts.values()))
        act()
        if step == STEPS // 2:
            half = megabytes()
    grown = megabytes() - half
    day.client.clear_faults()
    day.app.run(day.app.controller._decisions.settle())
    decisions = day.app.run(day.app.device.decisions.all())
    assert not [one for one in decisions if one.open]
    for sid in day.sent:
        status = day.status(sid)
        confirmed = [one for one in decisions if one.challenge_sid == sid and one.error is None]
        if status in {"approved", "denied"}:
            (only,) = confirmed
            assert only.server_status == only.answer
            assert only.answer.value == status
        else:
            assert not confirmed, (sid, status)
    assert len(day.waiting()) <= MOST
    assert len([one for one in decisions if one.error is None]) > STEPS // 10
    assert day.starts > STEPS // 300
    _compare_screen(day, len(decisions))
    assert grown < MEGABYTES, f"{grown:.1f} MB more in the second half"


def _compare_screen(day: Day, answers: int) -> None:
    """See that the window's lists show what the service and history have."""
    waiting = day.waiting()
    day.app.controller.poller.check_now()
    showing = day.app.controller.showing  # a flood is one card in the list, whatever it holds
    day.qtbot.waitUntil(
        lambda: {one.challenge.sid for one in showing.all_requests()} == waiting, timeout=TIMEOUT
    )
    number = f" ({len(waiting)})" if waiting else ""
    assert day.app.window.windowTitle() == f"Countersign{number}"
    day.app.controller.workspace.inbox.show_history_tab()
    feed = day.app.controller.past._feed
    day.qtbot.waitUntil(lambda: len(feed._shown) == answers, timeout=TIMEOUT)
