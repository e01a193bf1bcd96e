"""All requests that are known to wait, beyond the one page of each account that polls ask for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from countersign.device.inbox import PAGE_SIZE
from countersign.device.page_walk import Tail, Walk
from countersign.push.errors import ApiError, CountersignError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.polling import Watch
    from countersign.device.records import Account

_STRIDE: Final = 10
"""Pages that one `load` fetches at most to find something new."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of what waits is known.

    `more`: there is more, or may be; `certain`: a page said so. `full`: no more is kept.
    """

    more: bool = False
    certain: bool = False
    loading: bool = False
    full: bool = False
    error: CountersignError | None = None


class Backlog:
    """All requests that are known to wait, over all accounts; `load` makes it more."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._tails: dict[str, Tail] = {}
        self._all: list[Request] | None = None

    def follow(self, watches: Iterable[Watch]) -> None:
        """Take in what polls saw; accounts that aren't among these are forgotten."""
        tails = {}
        for watch in watches:
            sid = watch.account.sid
            tail = self._tails.get(sid) or Tail(watch.account)
            tail.adopt(watch.account)
            if watch.removed:
                tail = Tail(watch.account)
            elif watch.view.error is None:
                tail.follow(watch.view, self._now(watch.account))
            tails[sid] = tail
        self._tails = tails
        self._all = None

    @property
    def accounts(self) -> list[str]:
        """The accounts that are followed, by sid."""
        return list(self._tails)

    def requests(self) -> list[Request]:
        """Return what is known to wait, newest first; not to be changed."""
        if self._all is None:
            found = [
                one
                for tail in self._tails.values()
                for one in (tail.older | tail.first).values()  # the poll's word is the newer one
            ]
            found.sort(key=lambda one: one.challenge.date_created, reverse=True)
            self._all = found
        return self._all

    def find(self, sid: str) -> Request | None:
        """Return a request that is known to wait."""
        for tail in self._tails.values():
            found = tail.first.get(sid) or tail.older.get(sid)
            if found is not None:
                return found
        return None

    def forget(self, sid: str) -> bool:
        """Let go of a request that is known to be over.

        Tells whether it went at once: what is on the polls' page goes by the next poll.
        """
        went = sum(tail.forget(sid) for tail in self._tails.values()) > 0  # each of them, not any
        if went:
            self._all = None
        return went

    def extent(self, accounts: Collection[str]) -> Extent:
        """Return how much of what waits in these accounts is known."""
        tails = [self._tails[sid] for sid in accounts if sid in self._tails]
        more = [tail for tail in tails if tail.more]
        return Extent(
            more=bool(more),
            certain=any(tail.walk.token is not None for tail in more),
            loading=any(tail.walk.loading for tail in tails),
            full=any(tail.full and tail.overflows for tail in tails),
            error=next((tail.walk.error for tail in more if tail.walk.error), None),
        )

    async def load(self, accounts: Collection[str]) -> None:
        """Fetch more of these accounts, side by side; one that is being asked isn't asked twice.

        What fails is told by `extent`, and tried again by the next call.
        """
        tails = [self._tails[sid] for sid in accounts if sid in self._tails]
        wanted = [tail for tail in tails if tail.more and not tail.walk.loading]
        await asyncio.gather(*(self._load(tail) for tail in wanted))

    async def _load(self, tail: Tail) -> None:
        walk = tail.walk
        walk.loading, walk.error = True, None
        try:
            await self._go_on(tail, walk)
        except CountersignError as error:
            if (
                isinstance(error, ApiError) and tail.walk is walk
            ):  # the token may be too old: begin at the front again
                tail.walk = Walk(error=error)
            walk.error = error
        finally:
            walk.loading = False

    async def _go_on(self, tail: Tail, walk: Walk) -> None:
        """Go on until a page brings something new; a poll may end this walk at any time."""
        for _ in range(_STRIDE):
            async with self._device.speaking_for(tail.account) as client:
                page = await client.challenges(
                    ChallengeStatus.PENDING, page_size=PAGE_SIZE, page_token=walk.token
                )
            if tail.walk is not walk or self._tails.get(tail.account.sid) is not tail:
                return
            brought = tail.take(page, self._now(tail.account))
            self._all = None
            if brought or tail.walk is not walk or not tail.more:
                return

    def _now(self, account: Account) -> datetime:
        return datetime.fromtimestamp(self._device.clock(account).now(), UTC)
