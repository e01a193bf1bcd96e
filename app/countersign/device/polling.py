"""Asks each account for its requests: often while somebody waits, rarely otherwise.

The intervals are `schedule`'s. Each account has its own state; one that fails is asked more and
more rarely without slowing down the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from countersign.device.inbox import PAGE_SIZE, AccountView, look
from countersign.device.refusals import asked_to_wait, retry_after
from countersign.device.schedule import INTENT, Presence, Schedule, any_jitter
from countersign.device.suspension import Suspension
from countersign.device.watch import Watch
from countersign.push.errors import KeyStorageError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countersign.device.device import Device

__all__ = ["Poller", "Presence", "Watch"]

_LOOK_UP: Final = 5.0
"""Seconds that a wait lasts at most: it ends late by as much where the computer slept."""


@dataclass
class Poller:
    """Keeps a watch on each verified account while `run` runs.

    `on_polled` hears of each answer: an account that is slow to answer holds up no other, and is
    `busy` until it has answered.
    A failed poll keeps the requests of the last good one, as of then. A password store that the
    user left locked is not made to ask again, except by `check_now`; where it can tell that it was
    unlocked by other means, polling goes on by itself. A service that wants to be left alone for
    a time is left alone, whoever wants it sooner.
    """

    device: Device
    on_polled: Callable[[list[Watch]], None]
    monotonic: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = any_jitter
    watches: dict[str, Watch] = field(default_factory=dict)
    schedule: Schedule = field(default_factory=Schedule)
    suspension: Suspension = field(default_factory=Suspension)
    _may_prompt: set[str] = field(default_factory=set)
    _asking: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _accounts_may_differ: bool = True
    _broken: BaseException | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def presence(self) -> Presence:
        """Where the user is."""
        return self.schedule.presence

    def set_presence(self, presence: Presence) -> None:
        """Follow the user; coming back asks at once, failing accounts too."""
        came_back = presence is Presence.ACTIVE and self.presence is not Presence.ACTIVE
        self.schedule.presence = presence
        if came_back:
            self._ask_soon(self.watches.values())
            self.expect()
        elif presence is not Presence.ACTIVE and not self.schedule.background:
            self.schedule.eager_until = 0.0  # what was expected was so while the user was here
            for watch in self.watches.values():
                watch.soon = False
        self._replan()

    def set_intervals(self, active: float, background: float) -> None:
        """Follow the settings, in seconds; 0 in the background for never."""
        self.schedule.active, self.schedule.background = active, background
        self._replan()

    def set_connected(self, *, connected: bool) -> None:
        """Follow the system's word on whether there is a network; a new one is tried at once."""
        appeared = connected and not self.schedule.connected
        self.schedule.connected = connected
        if appeared:
            self._start_over()
        self._replan()

    def woke(self) -> None:
        """Ask at once, now that the computer is awake again; not where polling is off."""
        self._start_over()
        self._replan()

    def expect(self) -> None:
        """Take in a sign that a request is about to come: ask now, and eagerly for a minute.

        One that is being asked just now may have been asked too early: its answer is followed by
        another look.
        """
        self.schedule.eager_until = self.monotonic() + INTENT
        self._ask_soon(watch for watch in self.watches.values() if not watch.failures)
        self._replan()

    def check_now(self) -> None:
        """Ask at once, failing accounts too: the user said so."""
        self._may_prompt |= self.watches.keys()
        for watch in self.watches.values():
            watch.soon = True
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
        self._notice_sleep()
        if self._accounts_may_differ or self._due_now():
            self._accounts_may_differ = False
            await self._follow_accounts()
        return await self._without_closed(self._due_now())

    def _due_now(self) -> list[Watch]:
        now = self.monotonic()
        due = [watch for watch in self._idle() if watch.next_at <= now]
        self._plan(due)  # a minute of eagerness may have ended since
        return [watch for watch in due if watch.planned and watch.next_at <= now]

    def _notice_sleep(self) -> None:
        missed, slept = self.suspension.since(self.monotonic())
        if missed:
            self.schedule.eager_until -= missed
            for watch in self.watches.values():
                watch.slept(missed)
        if slept:
            self.woke()

    async def _pause(self) -> None:
        """Wait until the next account is due, or somebody wants it sooner."""
        now = self.monotonic()
        next_at = min((watch.next_at for watch in self._idle() if watch.planned), default=None)
        pause = None if next_at is None else min(max(0.0, next_at - now), _LOOK_UP)
        self.suspension.expect(None if pause is None else now + pause)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):  # wait_for of 3.11 can swallow a cancellation
                await self._wake.wait()
        broken, self._broken = self._broken, None
        if broken is not None:
            raise broken

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
        if (error := task.exception()) is not None:
            self._broken = error
        else:
            self.on_polled([watch])

    async def _ask(self, due: list[Watch]) -> None:
        for watch in due:
            watch.soon = False
            self._may_prompt.discard(watch.account.sid)
        accounts = [watch.account for watch in due]
        views = await look(self.device, accounts, ChallengeStatus.PENDING, PAGE_SIZE)
        for watch, view in zip(due, views, strict=True):
            self._take(watch, view)

    async def _without_closed(self, due: list[Watch]) -> list[Watch]:
        """Leave out those for whom the password store would ask the user again."""
        closed = [w for w in due if w.store_closed and w.account.sid not in self._may_prompt]
        if not closed or await self._store_is_open():
            return due
        for watch in closed:
            watch.asked_at, watch.soon = self.monotonic(), False
        self._plan(closed)
        return [watch for watch in due if watch not in closed]

    async def _store_is_open(self) -> bool:
        with contextlib.suppress(KeyStorageError):
            return await self.device.keys.locked() is False
        return False

    async def _follow_accounts(self) -> None:
        locked = self.device.pin.locked  # then there is nobody to ask for
        known = [] if locked else await self.device.verified_accounts()
        accounts = {account.sid: account for account in known}
        for sid in self.watches.keys() - accounts.keys():
            del self.watches[sid]
        for sid, account in accounts.items():
            watch = self.watches.setdefault(sid, Watch(account, AccountView(account), soon=True))
            watch.account = account

    def _take(self, watch: Watch, view: AccountView) -> None:
        now = self.monotonic()
        watch.take(view, now, spread=self.jitter())
        if asked_to_wait(view.error):
            pause = self.schedule.interval(watch, now) * watch.spread
            watch.not_before = now + (retry_after(view.error) or pause)
        self._plan([watch])

    def _ask_soon(self, watches: Iterable[Watch]) -> None:
        if not self.schedule.off(self.monotonic()):
            for watch in watches:
                watch.soon = True

    def _start_over(self) -> None:
        """Ask at once, and let what failed before count no more: the circumstances are new."""
        for watch in self.watches.values():
            watch.failures = min(watch.failures, 1)
        self._ask_soon(self.watches.values())

    def _replan(self) -> None:
        self._accounts_may_differ = True
        self._plan(self.watches.values())
        self._wake.set()

    def _plan(self, watches: Iterable[Watch]) -> None:
        now = self.monotonic()
        pending = any(watch.pending for watch in self.watches.values())
        for watch in watches:
            self.schedule.plan(watch, now, pending=pending)

    def _idle(self) -> Iterable[Watch]:
        return (watch for sid, watch in self.watches.items() if sid not in self._asking)
