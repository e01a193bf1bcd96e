"""Accounts, what asking them gives, and a clock that only the test moves."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from countersign.device import polling
from countersign.device.inbox import AccountView
from countersign.device.pin import NoPin
from countersign.device.polling import Poller
from countersign.device.records import Account
from countersign.device.refusals import retry_after
from countersign.device.suspension import Suspension
from countersign.push.values import FactorStatus
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.pin import PinLock
    from countersign.push.errors import CountersignError

ACCOUNT = Account(
    sid="YF1",
    account_sid="AC1",
    service_sid="VA1",
    entity_sid=None,
    identity="someone-1",
    friendly_name="Desk",
    label="Northwind",
    status=FactorStatus.VERIFIED,
    credential_sid="CR1",
    key_id="k",
    api_url="https://api.example/v2",
    backend_url="https://auth.example/token",
    date_created=datetime(2026, 1, 1, tzinfo=UTC),
)


@dataclass
class World:
    """Accounts, what asking them gives, and the time."""

    accounts: list[Account] = field(default_factory=lambda: [ACCOUNT])
    errors: dict[str, CountersignError] = field(default_factory=dict)
    pending: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    rounds: int = 0
    polled_once: asyncio.Event = field(default_factory=asyncio.Event)
    now: float = 1000.0
    asleep: float = 0.0
    times: list[float] = field(default_factory=list)
    disturbed: int = 0  # questions to somebody who had asked to be left alone
    peace_until: dict[str, float] = field(default_factory=dict)
    keys: FailingKeyStore = field(default_factory=lambda: FailingKeyStore("locked"))
    pin: PinLock = field(default_factory=NoPin)

    def poller(
        self, monkeypatch: pytest.MonkeyPatch, jitter: Callable[[], float] = lambda: 1.0
    ) -> Poller:
        """Make a poller whose device, network and clocks are these."""
        monkeypatch.setattr(polling, "look", self.look)
        return Poller(
            cast("Device", self),
            self.polled,
            monotonic=lambda: self.now,
            jitter=jitter,
            suspension=Suspension(lambda: self.asleep),
        )

    async def live(self, poller: Poller, seconds: float) -> list[float]:
        """Let time pass, asking whenever somebody is due, and return when each was asked."""
        end, before = self.now + seconds, len(self.times)
        await poller.poll_due()
        while (due := _next(poller)) <= end:
            self.now = max(self.now, due)
            await poller.poll_due()
        self.now = end
        return self.times[before:]

    async def verified_accounts(self) -> list[Account]:
        """Stand in for the device."""
        return self.accounts

    async def look(
        self, _device: object, accounts: Sequence[Account], *_: object
    ) -> list[AccountView]:
        """Stand in for the network."""
        self.asked += [account.sid for account in accounts]
        self.times += [self.now for _ in accounts]
        for account in accounts:
            self._mind(account.sid)
        return [self._view(account) for account in accounts]

    def _mind(self, sid: str) -> None:
        real = self.now + self.asleep
        self.disturbed += real < self.peace_until.get(sid, 0.0) - 1e-6
        self.peace_until[sid] = real + retry_after(self.errors.get(sid))

    def _view(self, account: Account) -> AccountView:
        waiting = cast("Request", object())
        requests = (waiting,) * self.pending.get(account.sid, 0)
        return AccountView(account, requests, error=self.errors.get(account.sid))

    def polled(self, _watches: object) -> None:
        """Hear of a round."""
        self.rounds += 1
        self.polled_once.set()


def _next(poller: Poller) -> float:
    watches = poller.watches.values()
    return min((watch.next_at for watch in watches if watch.planned), default=math.inf)
