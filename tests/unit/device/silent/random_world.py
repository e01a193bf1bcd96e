"""A service, answers and a password store without any waiting, for random sequences of events.

`Rules` is a second, independent statement of when an approval is permitted: it reads nothing of
the code that it judges.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from countersign.push.clock import ServiceClock
from countersign.push.errors import ApiError
from countersign.push.pages import ChallengePage
from tests.unit.device.silent.silent_support import DAY, SIGNED, challenge
from tests.unit.device.test_policy import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from countersign.device.decisions import Answer
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.push.values import Challenge

REMOTE = replace(ACCOUNT, sid="YF" + "1" * 32)
LOCAL = replace(ACCOUNT, sid="YF" + "2" * 32, api_url="http://127.0.0.1:4010/v2")
ACCOUNTS = {account.sid: account for account in (REMOTE, LOCAL)}
START = 1000.0


@dataclass
class Pending:
    """A request at the service, as of now."""

    sid: str
    factor: str
    created: float
    transaction: str | None
    text: int = 0

    def read(self, signed: str | None) -> Challenge:
        """Return it as the service gives it."""
        hidden = None if self.transaction is None else {"transaction": self.transaction}
        return challenge(
            self.sid,
            factor=self.factor,
            created=self.created,
            hidden=hidden,
            message=f"Sign in? {self.text}",
            signed=signed,
        )


@dataclass
class World:
    """What stands in for the device and for Decisions; `sent` are the approvals that went out."""

    now: float = START
    pending: dict[str, Pending] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What happens once at a moment: `list`, `read`, `sign`."""
    permitted: Callable[[Request, int], bool] = lambda _request, _text: False
    listed: dict[str, int] = field(default_factory=dict)
    """The text that the last list showed of each request."""
    violations: list[str] = field(default_factory=list)
    unreadable: int = 0
    """How many of a list's items can't be read."""
    on_listed: Callable[[str], None] = lambda _factor: None

    @property
    def service_now(self) -> float:
        """The service's clock."""
        return DAY + self.now - START

    def happens(self, moment: str) -> None:
        """Let what was planned for a moment happen."""
        self.meanwhile.pop(moment, lambda: None)()

    # The device, as far as silent approval uses it.

    @property
    def accounts(self) -> World:
        """Return what keeps accounts."""
        return self

    async def get(self, sid: str) -> Account | None:
        """Return one account."""
        return ACCOUNTS.get(sid)

    def clock(self, _account: Account) -> ServiceClock:
        """Return the service's clock, just read."""
        return ServiceClock(local=lambda: self.service_now)

    @asynccontextmanager
    async def speaking_for(self, account: Account) -> AsyncIterator[Client]:
        """Give an account's client."""
        yield Client(self, account.sid)

    # Decisions, as far as silent approval uses it.

    async def answer(self, request: Request, answer: Answer) -> Any:  # noqa: ANN401 - a stand-in
        """Send an approval, if its permission still holds."""
        assert answer.permit is not None
        self.happens("sign")
        answer.permit()
        sid = request.challenge.sid
        shown = int(request.challenge.message.rpartition(" ")[2])
        if not self.permitted(request, shown):
            self.violations.append(f"{answer.mode} approved {sid}")
        self.sent.append((request.account.sid, sid))
        self.pending.pop(sid, None)
        return cast("Any", request)  # all that is read of it is `.challenge`


@dataclass(frozen=True)
class Client:
    """Speaks for one account."""

    world: World
    factor: str

    async def challenges(self, *_: object, **__: object) -> ChallengePage:
        """List what waits."""
        world = self.world
        found = [one for one in world.pending.values() if one.factor == self.factor]
        world.listed |= {one.sid: one.text for one in found}
        page = ChallengePage(tuple(one.read(None) for one in found), None, world.unreadable)
        world.on_listed(self.factor)
        world.happens("list")
        return page

    async def challenge(self, sid: str) -> Challenge:
        """Give one in full; one that is gone is as it was last."""
        self.world.happens("read")
        if sid not in self.world.pending:
            raise ApiError("not_found", "No such request.", code=20404, status=404)
        return self.world.pending[sid].read(SIGNED)


@dataclass
class Rules:
    """What is armed for one account in one way, as the design has it."""

    until: float
    count: int
    transaction: str | None = None
    excluded: frozenset[str] = frozenset()
    after: float = 0.0
    alive: bool = True
    same_id: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    came: dict[str, float] = field(default_factory=dict)
