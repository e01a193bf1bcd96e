"""What a request needs of the world, so that tests can be the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from contextlib import AbstractAsyncContextManager

    from countersign.device.decisions import Answer, Answered
    from countersign.device.inbox import Request
    from countersign.device.pin import PinLock
    from countersign.device.policy import PolicyState
    from countersign.device.records import Account, Decision
    from countersign.device.suspicion import Mark
    from countersign.push.values import Challenge


class Client(Protocol):
    """Fetches; `push.client.FactorClient` does."""

    async def challenge(self, challenge_sid: str) -> Challenge:
        """Fetch the full challenge."""
        ...


class Clock(Protocol):
    """The service's time; `push.clock.ServiceClock` has it."""

    def now(self) -> float:
        """Return POSIX seconds."""
        ...


class Log(Protocol):
    """History; `device.ports.DecisionLog` is one."""

    async def find(self, challenge_sid: str) -> Sequence[Decision]:
        """Return all decisions on a challenge."""
        ...


class Keys(Protocol):
    """The password store; `device.ports.KeyStore` is one."""

    async def check(self) -> str:
        """See that it can be used: where it is locked, it asks the user."""
        ...


class Source(Protocol):
    """Where requests come from; `device.device.Device` is one."""

    @property
    def decisions(self) -> Log:
        """What was answered before."""
        ...

    @property
    def policy(self) -> PolicyState:
        """What the company has set."""
        ...

    @property
    def pin(self) -> PinLock:
        """What the keys are wrapped with."""
        ...

    @property
    def keys(self) -> Keys:
        """Where the keys are."""
        ...

    def speaking_for(self, account: Account) -> AbstractAsyncContextManager[Client]:
        """Give the client of an account."""
        ...

    def clock(self, account: Account) -> Clock:
        """Return the clock of an account's service."""
        ...


class Answers(Protocol):
    """Sends answers; `device.decisions.Decisions` does."""

    async def answer(self, request: Request, answer: Answer) -> Answered:
        """Answer a request exactly as it was fetched."""
        ...

    async def mark_suspicious(self, factor_sid: str, challenge_sid: str) -> Mark:
        """Mark a denial of before; raises where not even history could keep that."""
        ...

    async def settle(self) -> Sequence[Decision]:
        """Find out about the answers whose fate was left open."""
        ...


class Timer(Protocol):
    """A call that is yet to come."""

    def cancel(self) -> None:
        """Call it off; harmless where it has come already."""
        ...


class Task(Protocol):
    """Work that was started; `asyncio.Task` is one."""

    def cancel(self) -> object:
        """Ask it to end."""
        ...

    def done(self) -> bool:
        """Tell whether it has ended."""
        ...


class After(Protocol):
    """Calls later: `after(seconds, call)`."""

    def __call__(self, seconds: float, call: Callable[[], None], /) -> Timer:
        """Arrange for the call."""
        ...


class Start(Protocol):
    """Starts work under a name; `desktop.tasks.Tasks.start` does."""

    def __call__(self, work: Coroutine[object, object, object], name: str, /) -> Task:
        """Start it."""
        ...


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: of the guard, of Approve after a change, until "longer than usual", between looks.

    The guard keeps the buttons off where text came without the user's choice: a click that was
    meant for something else must not answer it.
    """

    guard: float = 0.5
    changed: float = 2.0
    slow: float = 5.0
    look: float = 2.0
    look_most: float = 60.0


def calm(_account_sid: str) -> float:
    """Return what no account asks for: that Approve waits, since requests come in a flood."""
    return 0.0


def never() -> bool:
    """Return that no approval takes the PIN."""
    return False


@dataclass(frozen=True, slots=True)
class World:
    """All of the above; `flooded` gives the seconds that Approve waits in an account's flood.

    `asks_pin` tells whether an approval takes the PIN.
    """

    source: Source
    answers: Answers
    start: Start
    after: After
    waits: Waits
    flooded: Callable[[str], float] = calm
    asks_pin: Callable[[], bool] = never
