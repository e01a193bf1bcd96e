"""What is known of one account's requests, and of when it was and will be asked for them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from countersign.device.inbox import PAGE_SIZE, AccountView
from countersign.device.refusals import asked_to_wait, somebody_else, store_closed, unknown_there

if TYPE_CHECKING:
    from countersign.device.records import Account

REMOVED: Final = 2
"""Refusals after which the service knows this computer no longer: one may be a slip."""


class Pace(enum.Enum):
    """What sets the pace at which accounts are asked, other than their own trouble."""

    USUAL = "usual"
    AWAY = "away"
    NO_NETWORK = "no network"
    OFF = "off"


class Why(enum.Enum):
    """Why an account is asked when it is asked, or isn't."""

    USUAL = "usual"
    AWAY = "away"
    """Less often, while the screen is locked or the computer sleeps."""
    OFF = "off"
    """Not at all: the user wants no polling in the background."""
    NO_NETWORK = "no network"
    """Less often: the system says that there is no network."""
    BACKING_OFF = "backing off"
    """More and more rarely, since it fails."""
    SIGN_IN_FIRST = "sign in first"
    """The same, and what answers isn't the service: a network's sign-in page, perhaps."""
    ASKED_TO_WAIT = "asked to wait"
    """Not before the time that the service gave, whoever wants it sooner."""
    STORE_LOCKED = "store locked"
    """Not until the user unlocks the password store."""
    REMOVED = "removed"
    """Rarely, since the service no longer knows this computer."""


@dataclass
class Watch:
    """What is known of one account; times are monotonic seconds, None for never.

    `asked_at` is when it was asked last, whatever came of it, `not_before` what the service wants.
    `soon`: it is to be asked at once. `spread` is the jitter of this pause.
    `next_at` means nothing where `planned` is false.
    """

    account: Account
    view: AccountView
    checked_at: float | None = None
    failing_since: float | None = None
    next_at: float = 0.0
    failures: int = 0
    refusals: int = 0
    asked_at: float | None = None
    not_before: float = 0.0
    soon: bool = False
    spread: float = 1.0
    pace: Pace = Pace.USUAL

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

    @property
    def planned(self) -> bool:
        """Whether it will be asked by itself at all."""
        return self.soon or self.pace is not Pace.OFF

    def take(self, view: AccountView, now: float, *, spread: float) -> None:
        """Take in an answer, or what went wrong instead, which hides nothing that was known."""
        self.asked_at, self.spread = now, spread
        if view.error is None:
            self.view, self.checked_at = view, now
            self.failures, self.failing_since, self.refusals = 0, None, 0
            return
        self.refusals += unknown_there(view.error)
        kept = AccountView(view.account) if self.removed else self.view
        self.view = replace(kept, account=view.account, error=view.error)
        self.failures += 1
        if self.failing_since is None:
            self.failing_since = now
        self.soon = False

    def slept(self, seconds: float) -> None:
        """Count time that the monotonic clock has slept through: all of it is longer ago."""
        self.next_at -= seconds
        self.not_before -= seconds
        self.checked_at = _earlier(self.checked_at, seconds)
        self.failing_since = _earlier(self.failing_since, seconds)
        self.asked_at = _earlier(self.asked_at, seconds)


@dataclass(frozen=True, slots=True)
class Checks:
    """An account's polls as they are to be told; `ago`, `failing_for` and `due` in seconds.

    `ago` is None before the first answer, `due` where nothing is planned; it is never negative.
    """

    why: Why
    ago: float | None
    failing_for: float | None
    due: float | None


def describe(watch: Watch, now: float) -> Checks:
    """Say when an account was checked, when it is next, and why not sooner; `now` is monotonic."""
    planned = watch.planned and not watch.store_closed
    return Checks(
        why=_why(watch, now),
        ago=None if watch.checked_at is None else max(0.0, now - watch.checked_at),
        failing_for=None if watch.failing_since is None else max(0.0, now - watch.failing_since),
        due=max(0.0, watch.next_at - now) if planned else None,
    )


def _why(watch: Watch, now: float) -> Why:
    """Return what keeps it from being asked sooner, the lasting reasons first."""
    reasons = (
        (Why.REMOVED, watch.removed),
        (Why.STORE_LOCKED, watch.store_closed),
        (Why.OFF, not watch.planned),
        (Why.ASKED_TO_WAIT, now < watch.not_before and asked_to_wait(watch.view.error)),
        (Why.NO_NETWORK, watch.pace is Pace.NO_NETWORK),
        (Why.SIGN_IN_FIRST, somebody_else(watch.view.error)),
        (Why.BACKING_OFF, watch.view.error is not None),
        (Why.AWAY, watch.pace is Pace.AWAY),
    )
    return next((why for why, holds in reasons if holds), Why.USUAL)


def _earlier(time: float | None, seconds: float) -> float | None:
    return None if time is None else time - seconds
