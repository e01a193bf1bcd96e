"""Silent approval on a clock that only the test moves, before the service in memory."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs, urlsplit

from countersign.device.silent.approval import SilentApproval
from countersign.device.silent.events import Origin, SilentBegan, SilentEnded
from countersign.device.silent.period import Terms

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from countersign.device.records import Account, Mode
    from countersign.device.silent.events import Barred, SilentEvent
    from tests.unit.device.device_support import Process

_E = TypeVar("_E")
TEMPLATE = "https://login.example.com/start?id={transaction}&f={factor}"
TERMS = Terms(300, 3)
SOON = -5.0
"""Age of a request that surely was created after the last answer's Date."""


@dataclass
class Stage:
    """What the window would be: it hears of events, moves the clock, and forbids."""

    now: float = 1000.0
    barred: Barred | None = None
    events: list[SilentEvent] = field(default_factory=list)
    pauses: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _sleeping: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def silent(self, process: Process) -> SilentApproval:
        """Return silent approval on a process, as the app would make it at its start."""
        return SilentApproval(
            process.device,
            process.decisions,
            self.bar,
            self.hear,
            now=lambda: self.now,
            pause=self.pause,
        )

    def bar(self, _account: Account, _mode: Mode) -> Barred | None:
        """Say what stands against it."""
        return self.barred

    def hear(self, event: SilentEvent) -> None:
        """Hear of an event."""
        self.events.append(event)
        self._changed.set()

    async def pause(self, seconds: float) -> None:
        """Wait until the test has moved the clock that far."""
        self.pauses += 1
        self._changed.set()
        moved = asyncio.Event()
        self._sleeping.append((self.now + seconds, moved))
        await moved.wait()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that an event or a pause brings about."""
        async with asyncio.timeout(30):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    async def pass_by(self, seconds: float = 2.0) -> None:
        """Let time go by, and wait until all that is on has looked again or ended."""
        await self.until(self.at_rest)
        self.now += seconds
        due = [moved for until, moved in self._sleeping if until <= self.now]
        self._sleeping = [one for one in self._sleeping if one[0] > self.now]
        for moved in due:
            moved.set()
        await self.until(self.at_rest)

    def at_rest(self) -> bool:
        """Tell whether all that is on waits for its next look."""
        return len(self._sleeping) >= len(self.of(SilentBegan)) - len(self.of(SilentEnded))

    def of(self, kind: type[_E]) -> list[_E]:
        """Return the events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]


@asynccontextmanager
async def running(silent: SilentApproval) -> AsyncIterator[SilentApproval]:
    """Run it as the app does, until the block is left."""
    task = asyncio.create_task(silent.run())
    try:
        yield silent
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def start(silent: SilentApproval, account: Account) -> str:
    """Start a sign-in, and return its id."""
    address = silent.sign_in(account, TEMPLATE, Origin.CLICK)
    query = parse_qs(urlsplit(address).query)
    assert query["f"] == [account.sid]
    return query["id"][0]


def carrying(transaction: str) -> dict[str, str]:
    """Return the hidden details of a sign-in's own request."""
    return {"transaction": transaction}
