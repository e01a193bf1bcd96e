"""Silent approval of all accounts: who may begin it, what is on, and what ends it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countersign.device.inbox import look
from countersign.device.records import Mode
from countersign.device.silent.address import checked_template, expanded, new_transaction
from countersign.device.silent.arming import Ended
from countersign.device.silent.events import (
    Barred,
    Origin,
    SilentBegan,
    SilentEnded,
    SilentRefusedError,
    SilentStatus,
)
from countersign.device.silent.period import Before, Period
from countersign.device.silent.sign_in import SignIn
from countersign.device.silent.watching import Live, Watching
from countersign.device.suspension import seconds_asleep
from countersign.push.address import is_loopback
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.device.silent.arming import Arming
    from countersign.device.silent.events import SilentEvent
    from countersign.device.silent.period import Terms


def running_seconds() -> float:
    """Return seconds on a clock that runs on while the computer sleeps, from an arbitrary start."""
    return time.monotonic() + seconds_asleep()


@dataclass
class SilentApproval:
    """Both ways of silent approval, for all accounts; nothing of it outlives the object.

    `bar` says what stands against it (policy, the account's own switch, a PIN) and is asked at
    each step, not only at the beginning. `on_event` hears of everything.
    """

    device: Device
    decisions: Decisions
    bar: Callable[[Account, Mode], Barred | None]
    on_event: Callable[[SilentEvent], None]
    now: Callable[[], float] = running_seconds
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    active: bool = field(default=False, init=False)
    locked: bool = field(default=False, init=False)
    _live: list[Live] = field(default_factory=list, init=False)
    _begun: asyncio.Queue[Live] = field(default_factory=asyncio.Queue, init=False)
    _breaks: int = field(default=0, init=False)

    def sign_in(self, account: Account, template: str, origin: Origin) -> str:
        """Wait for a sign-in that starts now, and return the address to open in the browser.

        Raises SilentRefusedError, and InputError where the address isn't one.
        """
        self._require(account, Mode.SILENT_SIGN_IN, origin)
        template = checked_template(template, account.api_url)
        transaction = new_transaction()
        self._begin(account, Mode.SILENT_SIGN_IN, SignIn(account.sid, transaction, self.now()))
        return expanded(template, transaction, account.sid)

    async def everything(self, account: Account, terms: Terms, origin: Origin) -> None:
        """Approve what comes for a while, after a look at what is there, which is left alone.

        Raises SilentRefusedError, and what the look raises; then nothing has begun.
        """
        mode, loopback = Mode.SILENT_WINDOW, is_loopback(account.api_url)
        self._require(account, mode, origin)
        breaks = self._breaks
        (view,) = await look(self.device, [account], ChallengeStatus.PENDING)
        if view.error is not None:
            raise view.error
        date = self.device.clock(account).now()  # that answer's Date, and what passed since
        self._require(account, mode, origin)
        if breaks != self._breaks:  # Stop was pressed, or the window closed, while it looked
            raise SilentRefusedError(Barred.NOT_ACTIVE)
        if len(view.requests) > 1 and not loopback:
            raise SilentRefusedError(Barred.SEVERAL_WAIT)
        before = Before(frozenset(request.challenge.sid for request in view.requests), date)
        arming = Period(account.sid, terms, before, self.now(), loopback=loopback)
        arming.active = self.active
        self._begin(account, mode, arming)

    def stop(self, factor_sid: str | None = None) -> None:
        """End it for an account, or for all; what is being signed isn't sent."""
        self._end_all(Ended.STOPPED, factor_sid)

    def set_locked(self, *, locked: bool) -> None:
        """Follow the screen and the PIN: locking ends everything."""
        self.locked = locked
        if locked:
            self._end_all(Ended.LOCKED)

    def set_active(self, *, active: bool) -> None:
        """Follow the window: what approves everything rests while another one has the focus."""
        self.active = active
        for live in self._live:
            if isinstance(live.arming, Period):
                live.arming.active = active

    def window_closed(self) -> None:
        """End what approves everything, but for loopback accounts."""
        self._breaks += 1
        for live in tuple(self._live):
            if isinstance(live.arming, Period) and not is_loopback(live.account.api_url):
                self._end(live, Ended.CLOSED)

    def status(self) -> list[SilentStatus]:
        """Return what is on, oldest first."""
        return [self._status(live) for live in self._live]

    def expects(self, request: Request) -> bool:
        """Tell whether a request is about to be approved silently, so that no notice asks."""
        challenge = request.challenge
        for live in self._live:
            arming = live.arming
            if live.account.sid != challenge.factor_sid or arming.over(self.now()):
                continue
            if isinstance(arming, SignIn) and arming.carries(challenge):
                return True
            if isinstance(arming, Period) and arming.watching and arming.covers(challenge):
                return True
        return False

    async def run(self) -> None:
        """Watch what is begun, until cancelled; then all of it is over."""
        watching = Watching(
            self.device,
            self.decisions,
            lambda account, mode: self._barred(account, mode) is not None,
            self.on_event,
            self.now,
            self.pause,
        )
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    group.create_task(self._watch(watching, await self._begun.get()))
        finally:
            for live in self._live:
                live.arming.end(Ended.CLOSED)
            self._live.clear()

    def _require(self, account: Account, mode: Mode, origin: Origin) -> None:
        barred = self._barred(account, mode)
        if origin is not Origin.CLICK:
            barred = Barred.LINK
        elif barred is None and mode is Mode.SILENT_WINDOW and not self._may_act(account):
            barred = Barred.NOT_ACTIVE
        if barred is not None:
            raise SilentRefusedError(barred)

    def _barred(self, account: Account, mode: Mode) -> Barred | None:
        if self.locked:
            return Barred.LOCKED
        return self.bar(account, mode) if account.verified else Barred.UNFINISHED

    def _may_act(self, account: Account) -> bool:
        return self.active or is_loopback(account.api_url)

    def _begin(self, account: Account, mode: Mode, arming: Arming) -> None:
        for live in tuple(self._live):
            if live.account.sid == account.sid and live.mode is mode:
                self._end(live, Ended.STOPPED)
        live = Live(account, mode, arming, arming.left)
        self._live.append(live)
        self._begun.put_nowait(live)
        self.on_event(SilentBegan(self._status(live)))

    def _status(self, live: Live) -> SilentStatus:
        seconds = max(0.0, live.arming.until - self.now())
        return SilentStatus(live.account, live.mode, seconds, live.arming.left, live.most)

    def _end_all(self, reason: Ended, factor_sid: str | None = None) -> None:
        self._breaks += 1
        for live in tuple(self._live):
            if factor_sid in {None, live.account.sid}:
                self._end(live, reason)

    def _end(self, live: Live, reason: Ended) -> None:
        live.arming.end(reason)
        self._tell_end(live)

    def _tell_end(self, live: Live) -> None:
        if live.arming.ended is not None and live in self._live:
            self._live.remove(live)
            self.on_event(SilentEnded(live.account, live.mode, live.arming.ended))

    async def _watch(self, watching: Watching, live: Live) -> None:
        await watching.watch(live)
        self._tell_end(live)
