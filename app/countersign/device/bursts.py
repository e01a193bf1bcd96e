"""Many requests of one account in a short time: seen as one thing, guarded, denied together.

Who has a password and wants in sends requests until one is approved by mistake. Time here is the
service's: POSIX seconds of `date_created`, and its clock's now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from countersign.device.decisions import Answer
from countersign.device.errors import DecisionError
from countersign.device.inbox import Request
from countersign.push.errors import ApiError, CountersignError, KeyStorageError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from countersign.device.decisions import Decisions
    from countersign.device.device import Device

MORE_THAN: Final = 5
WITHIN: Final = 120.0
GUARD: Final = 0.5
"""Seconds for which Approve waits on any request."""
LONGEST_GUARD: Final = 3.0
_STEP: Final = (LONGEST_GUARD - GUARD) / MORE_THAN


@dataclass(frozen=True, slots=True)
class Burst:
    """More than five requests of one account within two minutes.

    `requests` are those that still wait, newest first: what the card folds, and all that its Deny
    all denies; `count` is how many came altogether.
    """

    factor_sid: str
    requests: tuple[Request, ...]
    count: int


@dataclass
class Bursts:
    """Follows what waits in each account.

    A burst lasts until none of its requests waits any more and two minutes went by without a new
    one: answering some of them doesn't end it, and who goes on sending stays guarded against.
    """

    _came: dict[str, dict[str, float]] = field(default_factory=dict)
    _on: set[str] = field(default_factory=set)

    def look(self, factor_sid: str, waiting: Sequence[Request], now: float) -> Burst | None:
        """Take in all that waits in an account, and return its burst."""
        came = self._came.setdefault(factor_sid, {})
        came |= {one.challenge.sid: one.challenge.date_created.timestamp() for one in waiting}
        still = {one.challenge.sid for one in waiting}
        if _most_within(sorted(came.values())) > MORE_THAN:
            self._on.add(factor_sid)
        lately = any(now - created < WITHIN for created in came.values())
        if not still and not lately:
            self._on.discard(factor_sid)
        if factor_sid not in self._on:
            self._came[factor_sid] = {
                sid: when for sid, when in came.items() if sid in still or now - when < WITHIN
            }
            return None
        ordered = sorted(waiting, key=lambda one: one.challenge.date_created, reverse=True)
        return Burst(factor_sid, tuple(ordered), len(came))

    def guard(self, factor_sid: str, now: float) -> float:
        """Return for how many seconds Approve waits; Deny never does."""
        if factor_sid in self._on:
            return LONGEST_GUARD
        times = self._came.get(factor_sid, {}).values()
        lately = sum(1 for when in times if now - when < WITHIN)
        return min(LONGEST_GUARD, GUARD + _STEP * max(0, lately - 1))

    def forget(self, factor_sid: str) -> None:
        """Forget an account that was removed."""
        self._came.pop(factor_sid, None)
        self._on.discard(factor_sid)


def _most_within(times: Sequence[float]) -> int:
    """Return the largest number of these sorted times that lie within two minutes."""
    most = start = 0
    for end, time in enumerate(times):
        while time - times[start] > WITHIN:
            start += 1
        most = max(most, end - start + 1)
    return most


@dataclass(frozen=True, slots=True)
class Denying:
    """How far Deny all has come: `done` + `expired` + `answered` + `failed` of `total`.

    `answered` had an answer already. `error` is the last failure; `over` says that no more comes.
    """

    total: int
    done: int = 0
    expired: int = 0
    answered: int = 0
    failed: int = 0
    error: CountersignError | None = None
    over: bool = False


async def deny_all(
    device: Device, decisions: Decisions, requests: Sequence[Request], *, suspicious: bool = False
) -> AsyncIterator[Denying]:
    """Deny these requests one after the other, each read in full before; tell after each.

    A failure doesn't stop the others, unless the password store stays closed: it would ask the
    user again for each.
    """
    state = Denying(len(requests))
    for request in requests:
        state = await _deny(device, decisions, request, state, suspicious=suspicious)
        if isinstance(state.error, KeyStorageError):
            break
        yield state
    left = state.total - state.done - state.expired - state.answered - state.failed
    yield replace(state, failed=state.failed + left, over=True)


async def _deny(
    device: Device, decisions: Decisions, request: Request, state: Denying, *, suspicious: bool
) -> Denying:
    try:
        async with device.speaking_for(request.account) as client:
            latest = await client.challenge(request.challenge.sid)
        answer = Answer(ChallengeStatus.DENIED, suspicious=suspicious)
        await decisions.answer(Request(request.account, latest), answer)
    except (DecisionError, ApiError) as error:
        if error.name == "expired":
            return replace(state, expired=state.expired + 1)
        if error.name == "already_answered":
            return replace(state, answered=state.answered + 1)
        return replace(state, failed=state.failed + 1, error=error)
    except CountersignError as error:
        return replace(state, failed=state.failed + 1, error=error)
    return replace(state, done=state.done + 1)
