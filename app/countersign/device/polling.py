"""When each account is asked for its requests: often while somebody waits, rarely otherwise.

The intervals are those of design §5. Each account has its own state and schedule; one that fails
is asked more and more rarely without slowing down the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import random
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from countersign.device.inbox import PAGE_SIZE, AccountView, look
from countersign.device.refusals import retry_after, store_closed, unknown_there
from countersign.push.errors import KeyStorageError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countersign.device.device import Device
    from countersign.device.records import Account

EAGER: Final = 2.0
ACTIVE: Final = 5.0
BACKGROUND: Final = 10.0
AWAY: Final = 60.0
SLOWEST: Final = 300.0
REMOVED: Final = (
    2  # refusals after which the service knows this computer no longer: one may be a slip
)
INTENT: Final = 60.0
"""Seconds for which any sign that a request is about to come makes polling eager."""
JITTER: Final = 0.1


class Presence(enum.Enum):
    """Where the user is, as far as the desktop tells."""

    ACTIVE = "active"
    BACKGROUND = "background"
    AWAY = "away"


@dataclass
class Watch:
    """What is known of one account; times are monotonic seconds, None for never."""

    account: Account
    view: AccountView
    checked_at: float | None = None
    failing_since: float | None = None
    next_at: float = 0.0
    failures: int = 0
    refusals: int = 0

    @property
    def removed(self) -> bool:
        """Whether the service no longer knows this computer."""
        return self.refusals >= REMOVED

    @property
    def pending(self) -> int:
        """How many requests waited when it was last asked; 100 stands for 100 or more."""
        return len(self.view.requests)

    @property
    def complete(self) -> bool:
        """Whether the view holds all that waited: what isn't in it no longer waits."""
        view = self.view
        return view.error is None and not view.unreadable and self.pending < PAGE_SIZE

    @property
    def store_closed(self) -> bool:
        """Whether it waits for the user to unlock the password store."""
        return store_closed(self.view.error)


@dataclass
class Poller:
    """Keeps a watch on each verified account while `run` runs.

    `on_polled` hears of each answer: an account that is slow to answer holds up no other, and is
    `busy` until it has answered.
    A failed poll keeps the requests of the last good one, as of then. A password store that the
    user left locked is not made to ask again, except by `check_now`; where it can tell that it was
    unlocked by other means, polling goes on by itself.
    """

    device: Device
    on_polled: Callable[[list[Watch]], None]
    monotonic: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = lambda: random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load
    watches: dict[str, Watch] = field(default_factory=dict)
    presence: Presence = Presence.BACKGROUND
    _eager_until: float = 0.0
    _may_ask: bool = True
    _asking: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[str] = field(default_factory=set)
    _broken: BaseException | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def set_presence(self, presence: Presence) -> None:
        """Follow the user; coming back asks at once."""
        came_back = presence is Presence.ACTIVE and self.presence is not Presence.ACTIVE
        self.presence = presence
        if came_back:
            self.expect()
        else:
            self._reschedule()

    def expect(self) -> None:
        """Take in a sign that a request is about to come: ask now, and eagerly for a minute."""
        self._eager_until = self.monotonic() + INTENT
        for watch in self._healthy():
            watch.next_at = 0.0
        # One that is being asked just now may have been asked too early: its answer is followed
        # by another look.
        self._again |= self._asking.keys()
        self._wake.set()

    def check_now(self) -> None:
        """Ask at once, failing accounts too: the user said so."""
        self._may_ask = True
        for watch in self.watches.values():
            watch.next_at = 0.0
        self.expect()

    @property
    def busy(self) -> bool:
        """Whether an account is being asked at this moment."""
        return bool(self._asking)

    async def run(self) -> None:
        """Poll until cancelled."""
        try:
            while True:
                self._wake.clear()
                for watch in await self._due():
                    self._start(watch)
                await self._pause()
        finally:
            for task in self._asking.values():
                task.cancel()
            await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def poll_due(self) -> None:
        """Ask each account that is due, and wait for all of them."""
        if due := await self._due():
            await self._ask(due)
            self.on_polled(due)

    async def _due(self) -> list[Watch]:
        await self._follow_accounts()
        now = self.monotonic()
        return await self._without_closed([one for one in self._idle() if one.next_at <= now])

    async def _pause(self) -> None:
        """Wait until the next account is due, or somebody wants it sooner."""
        next_at = min((watch.next_at for watch in self._idle()), default=None)
        pause = None if next_at is None else max(0.0, next_at - self.monotonic())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):  # wait_for of 3.11 can swallow a cancellation
                await self._wake.wait()
        if self._broken is not None:
            raise self._broken

    def _start(self, watch: Watch) -> None:
        sid = watch.account.sid
        task = asyncio.create_task(self._ask([watch]), name=f"poll {sid}")
        self._asking[sid] = task
        task.add_done_callback(lambda task: self._answered(watch, task))

    def _answered(self, watch: Watch, task: asyncio.Task[None]) -> None:
        del self._asking[watch.account.sid]
        self._wake.set()
        if task.cancelled():
            return
        self._broken = task.exception()
        if self._broken is None:
            self.on_polled([watch])

    async def _ask(self, due: list[Watch]) -> None:
        accounts = [watch.account for watch in due]
        views = await look(self.device, accounts, ChallengeStatus.PENDING, PAGE_SIZE)
        for watch, view in zip(due, views, strict=True):
            self._take(watch, view)

    async def _without_closed(self, due: list[Watch]) -> list[Watch]:
        """Leave out those for whom the password store would ask the user again."""
        closed = [watch for watch in due if watch.store_closed]
        if self._may_ask or not closed or await self._store_is_open():
            self._may_ask = False
            return due
        for watch in closed:
            watch.next_at = self.monotonic() + BACKGROUND * self.jitter()
        return [watch for watch in due if not watch.store_closed]

    async def _store_is_open(self) -> bool:
        with contextlib.suppress(KeyStorageError):
            return await self.device.keys.locked() is False
        return False

    def interval(self, watch: Watch) -> float:
        """Return the seconds until an account is asked again, before jitter."""
        if watch.failures:
            doubled = EAGER * 2.0 ** min(watch.failures, 10)
            return max(retry_after(watch.view.error), min(doubled, SLOWEST))
        if self.presence is Presence.AWAY:
            return AWAY
        if self.monotonic() < self._eager_until:
            return EAGER
        if self.presence is Presence.ACTIVE:
            return EAGER if any(one.pending for one in self.watches.values()) else ACTIVE
        return BACKGROUND

    async def _follow_accounts(self) -> None:
        accounts = {account.sid: account for account in await self.device.verified_accounts()}
        for sid in self.watches.keys() - accounts.keys():
            del self.watches[sid]
        for sid, account in accounts.items():
            watch = self.watches.setdefault(sid, Watch(account, AccountView(account)))
            watch.account = account

    def _take(self, watch: Watch, view: AccountView) -> None:
        now = self.monotonic()
        if view.error is None:
            watch.view, watch.checked_at = view, now
            watch.failures, watch.failing_since, watch.refusals = 0, None, 0
        else:
            watch.refusals += unknown_there(view.error)
            kept = AccountView(view.account) if watch.removed else watch.view
            watch.view = replace(kept, account=view.account, error=view.error)
            watch.failures, watch.failing_since = watch.failures + 1, watch.failing_since or now
        watch.next_at = now + self.interval(watch) * self.jitter()
        if watch.account.sid in self._again:
            self._again.discard(watch.account.sid)
            watch.next_at = now if view.error is None else watch.next_at

    def _reschedule(self) -> None:
        now = self.monotonic()
        for watch in self._healthy():
            watch.next_at = min(watch.next_at, now + self.interval(watch))
        self._wake.set()

    def _idle(self) -> Iterable[Watch]:
        return (watch for sid, watch in self.watches.items() if sid not in self._asking)

    def _healthy(self) -> Iterable[Watch]:
        return (watch for watch in self.watches.values() if not watch.failures)
