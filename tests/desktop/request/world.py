"""A world for one request: a service and a history in memory, and a clock that the test moves.

No time passes by itself: `Hours.pass_by` moves the clock and makes the calls that are due.
"""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from countersign.desktop.request.ports import Waits
from countersign.device.decisions import Answered
from countersign.device.inbox import Request
from countersign.device.pin import NoPin
from countersign.device.policy import Policy
from countersign.device.records import Account, Decision, Mode
from countersign.device.suspicion import Mark
from countersign.push.values import ChallengeStatus, FactorStatus, parse_challenge

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Callable, Sequence

    from countersign.device.decisions import Answer
    from countersign.device.pin import PinLock
    from countersign.device.policy import PolicyState
    from countersign.push.values import Challenge

START = datetime(2026, 3, 2, 17, 40, 4, tzinfo=UTC)  # 23:10:04 in the tests' time zone
APPROVED, DENIED = ChallengeStatus.APPROVED, ChallengeStatus.DENIED
NO_GUARD = Waits(guard=0.0)
SID = "YC" + "1" * 32
ACCOUNT = Account(
    sid="YF" + "2" * 32,
    account_sid="AC" + "a" * 32,
    service_sid="VA" + "b" * 32,
    entity_sid=None,
    identity="0b5b4f6e-7a35",
    friendly_name="Linux computer",
    label="Northwind Bank",
    status=FactorStatus.VERIFIED,
    credential_sid="CR" + "c" * 32,
    key_id="key",
    api_url="https://verify.example/v2",
    backend_url="https://auth.northwind.example/access-token",
    date_created=START,
)
FIELDS = (
    ("Location", "Berlin, Germany"),
    ("IP address", "203.0.113.24"),
    ("Device", "Firefox 144 on Linux"),
)
SIGNED = "sid,factor_sid,details,status,expiration_date,date_updated"


def challenge(  # noqa: PLR0913 - a body's members, each of which some test changes
    *,
    message: str = "Sign in to Northwind online banking",
    fields: Sequence[tuple[str, str]] = FIELDS,
    status: str = "pending",
    life: float = 300,
    updated: int = 0,
    sid: str = SID,
    signed: str | None = SIGNED,
) -> Challenge:
    """Return a challenge as the service sends it; without `signed`, as an item of a list."""
    body = {
        "sid": sid,
        "factor_sid": ACCOUNT.sid,
        "status": status,
        "details": {
            "message": message,
            "fields": [{"label": label, "value": value} for label, value in fields],
        },
        "date_created": _date(START),
        "date_updated": _date(START + timedelta(seconds=updated)),
        "expiration_date": _date(START + timedelta(seconds=life)),
    }
    return parse_challenge(json.dumps(body).encode(), signed)


def listed(full: Challenge, account: Account = ACCOUNT) -> Request:
    """Return a request as the inbox has it."""
    return Request(account, replace(full, signature_fields=None))


def decision(answer: ChallengeStatus = APPROVED, **changes: object) -> Decision:
    """Return an answer as history has it; open, unless changed."""
    made = Decision("id", SID, ACCOUNT.sid, "", (), answer, Mode.HAND, START)
    return replace(made, **changes)  # type: ignore[arg-type]  # its members


def _date(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Call:
    """One call that is to come."""

    due: float
    call: Callable[[], None]
    off: bool = False

    def cancel(self) -> None:
        """Call it off."""
        self.off = True


@dataclass
class Hours:
    """Time, and what is to happen in it."""

    time: float = START.timestamp()
    calls: list[Call] = field(default_factory=list)

    def now(self) -> float:
        """Return the service's time."""
        return self.time

    def after(self, seconds: float, call: Callable[[], None]) -> Call:
        """Keep a call for later."""
        self.calls.append(Call(self.time + seconds, call))
        return self.calls[-1]

    @property
    def waiting(self) -> list[Call]:
        """What is still to come."""
        return [call for call in self.calls if not call.off]

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        end = self.time + seconds
        while due := [call for call in self.waiting if call.due <= end]:
            first = min(due, key=lambda call: call.due)
            self.time = max(self.time, first.due)
            first.off = True
            first.call()
        self.time = end


@dataclass
class World:
    """The service, the history and the sender of answers; what each does next is the test's."""

    hours: Hours = field(default_factory=Hours)
    service: Challenge | Exception = field(default_factory=challenge)
    known: list[Decision] | Exception = field(default_factory=list)
    outcome: Answered | Exception | None = None
    settles: Exception | None = None
    unlocks: Exception | None = None
    hold: asyncio.Event | None = None
    hold_reading: asyncio.Event | None = None
    sent: list[tuple[Request, Answer]] = field(default_factory=list)
    marked: list[tuple[str, str]] = field(default_factory=list)
    marking: Exception | Mark = field(default_factory=Mark)
    reads: int = 0
    looks: int = 0
    policy: PolicyState = field(default_factory=Policy)
    pin: PinLock = field(default_factory=NoPin)

    # What the presenter sees as the device

    @property
    def decisions(self) -> World:
        """History."""
        return self

    @property
    def keys(self) -> World:
        """The password store."""
        return self

    async def check(self) -> str:
        """Ask the user for the password."""
        if isinstance(self.unlocks, Exception):
            raise self.unlocks
        return "GNOME Keyring"

    @asynccontextmanager
    async def speaking_for(self, account: Account) -> AsyncIterator[World]:
        """Give a client."""
        assert account.sid == ACCOUNT.sid
        yield self

    def clock(self, account: Account) -> Hours:
        """Give the clock."""
        assert account.sid == ACCOUNT.sid
        return self.hours

    async def challenge(self, challenge_sid: str) -> Challenge:
        """Fetch."""
        self.reads += 1
        if self.hold_reading is not None:
            await self.hold_reading.wait()
        if isinstance(self.service, Exception):
            raise self.service
        return replace(self.service, sid=challenge_sid)

    async def find(self, challenge_sid: str) -> Sequence[Decision]:
        """Look into history."""
        assert challenge_sid.startswith("YC")
        if isinstance(self.known, Exception):
            raise self.known
        return self.known

    # What it sees as Decisions

    async def answer(self, request: Request, answer: Answer) -> Answered:
        """Send an answer."""
        self.sent.append((request, answer))
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.outcome is not None:
            return self.outcome
        seen = replace(request.challenge, status=answer.status)
        return Answered(decision(answer.status, server_status=answer.status), seen)

    async def mark_suspicious(self, factor_sid: str, challenge_sid: str) -> Mark:
        """Mark what was denied."""
        self.marked.append((factor_sid, challenge_sid))
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(self.marking, Exception):
            raise self.marking
        return self.marking

    async def settle(self) -> Sequence[Decision]:
        """Find out."""
        self.looks += 1
        if self.settles is not None:
            raise self.settles
        return []
