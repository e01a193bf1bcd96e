"""Carries out what is armed: looks, reads in full, and answers by the one path answers go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.device.decisions import Answer
from countersign.device.inbox import PAGE_SIZE, Request, look
from countersign.device.records import Mode
from countersign.device.refusals import retry_after, store_closed, unknown_there
from countersign.device.silent import period, sign_in
from countersign.device.silent.arming import Ended, Permission
from countersign.device.silent.events import SilentApproved, SilentFailed, WithdrawnError
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.records import Account
    from countersign.device.silent.arming import Arming
    from countersign.device.silent.events import SilentEvent
    from countersign.push.values import Challenge

_EVERY: Final = {Mode.SILENT_SIGN_IN: sign_in.EVERY, Mode.SILENT_WINDOW: period.EVERY}


@dataclass(eq=False)
class Live:
    """An arming and whose it is; `most` is how many it began with, `failing` its last look."""

    account: Account
    mode: Mode
    arming: Arming
    most: int
    failing: bool = False


@dataclass(frozen=True)
class Watching:
    """Carries out one arming after the other, or several side by side.

    `forbidden` is asked before each look, after the request was read in full, and once more when
    the answer is signed.
    """

    device: Device
    decisions: Decisions
    forbidden: Callable[[Account, Mode], bool]
    on_event: Callable[[SilentEvent], None]
    now: Callable[[], float]
    pause: Callable[[float], Awaitable[None]]

    async def watch(self, live: Live) -> None:
        """Look until it is over."""
        while not live.arming.over(self.now()):
            if self.forbidden(live.account, live.mode):
                live.arming.end(Ended.FORBIDDEN)
                return
            wait = await self._look(live)
            if not live.arming.over(self.now()):
                await self.pause(min(wait, live.arming.until - self.now()))

    async def _look(self, live: Live) -> float:
        """Look once, and return the seconds until the next look."""
        try:
            (view,) = await look(self.device, [live.account], ChallengeStatus.PENDING, PAGE_SIZE)
            if view.error is not None:
                raise view.error
            waiting = [request.challenge for request in view.requests]
            complete = not view.unreadable and len(waiting) < PAGE_SIZE
            found = live.arming.look(waiting, complete=complete, now=self.now())
            if found is not None:
                await self._approve(live, found)
        except CountersignError as error:
            return self._not_seen(live, error)
        live.failing = False
        return _EVERY[live.mode]

    async def _approve(self, live: Live, listed: Challenge) -> None:
        account = await self.device.accounts.get(live.account.sid)
        if account is None or not account.verified:
            live.arming.end(Ended.ACCOUNT_GONE)
            return
        async with self.device.speaking_for(account) as client:
            request = Request(account, await client.challenge(listed.sid))
        if self.forbidden(account, live.mode):
            live.arming.end(Ended.FORBIDDEN)
        granted = live.arming.grant(listed, request.challenge, self.now())
        if isinstance(granted, Permission):
            await self._answer(live, request, granted)
        elif live.arming.ended in {None, Ended.FAILED}:
            self.on_event(SilentFailed(account, live.mode, request, why=granted))

    async def _answer(self, live: Live, request: Request, granted: Permission) -> None:
        def permit() -> None:
            if self.forbidden(request.account, live.mode):
                live.arming.end(Ended.FORBIDDEN)
            if not live.arming.holds(granted, self.now()):
                raise WithdrawnError

        answer = Answer(ChallengeStatus.APPROVED, live.mode, permit=permit)
        try:
            answered = await self.decisions.answer(request, answer)
        except CountersignError as error:
            live.arming.settle(granted, approved=False)
            self.on_event(SilentFailed(request.account, live.mode, request, error=error))
            return
        done = Request(request.account, answered.challenge)
        self.on_event(SilentApproved(done, live.mode, live.arming.left))
        live.arming.settle(granted, approved=True)

    def _not_seen(self, live: Live, error: CountersignError) -> float:
        """Tell of a look that failed, once; one that would ask the user again is the last."""
        if not live.failing:
            live.failing = True
            self.on_event(SilentFailed(live.account, live.mode, None, error=error))
        if store_closed(error) or unknown_there(error):
            live.arming.end(Ended.FAILED)
        return max(_EVERY[live.mode], retry_after(error))
