"""What the request pane shows, as plain values: states by name, times as POSIX seconds."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.device.refusals import store_closed

if TYPE_CHECKING:
    from countersign.device.suspicion import Mark
    from countersign.push.errors import CountersignError
    from countersign.push.values import ChallengeStatus

HURRY: Final = 30.0
"""Seconds left below which the time is set in bold."""


class Phase(enum.Enum):
    """Where a request stands."""

    LOADING = enum.auto()
    READY = enum.auto()
    CHANGED = enum.auto()  # a poll saw another text than the one being read
    SENDING = enum.auto()
    UNKNOWN = enum.auto()  # sent, perhaps arrived
    DONE = enum.auto()  # confirmed by the service
    EXPIRED = enum.auto()
    CLOSED = enum.auto()  # nothing left to answer: gone, or answered already
    UNREADABLE = enum.auto()  # couldn't be fetched, or not in a form that can be answered


class Say(enum.Enum):
    """What the pane tells; `words` has the sentences."""

    NOTHING = enum.auto()
    SENDING = enum.auto()
    SLOW = enum.auto()
    CONFIRMED = enum.auto()
    ARRIVED = enum.auto()
    EXPIRED = enum.auto()
    TOO_LATE = enum.auto()
    EXPIRED_FIRST = enum.auto()
    GONE = enum.auto()
    ALREADY_ANSWERED = enum.auto()
    ELSEWHERE = enum.auto()
    BEING_ANSWERED = enum.auto()
    NOT_ARRIVED = enum.auto()
    NOT_TAKEN = enum.auto()
    UNKNOWN = enum.auto()
    STILL_UNKNOWN = enum.auto()
    UNREADABLE = enum.auto()
    UNLOCKING = enum.auto()
    CHANGED_SEEN = enum.auto()
    CHANGED_ON_CLICK = enum.auto()


class Change(enum.Enum):
    """How a row differs from what was shown before."""

    NONE = enum.auto()
    CHANGED = enum.auto()
    ADDED = enum.auto()
    REMOVED = enum.auto()


class EventKind(enum.Enum):
    """What others may want to hear of."""

    READY = enum.auto()
    CONFIRMED = enum.auto()
    FAILED = enum.auto()
    UNKNOWN = enum.auto()
    CHANGED = enum.auto()
    EXPIRED = enum.auto()
    MARKED = enum.auto()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request; `status` is set with CONFIRMED, `code` with FAILED."""

    kind: EventKind
    sid: str
    status: str = ""
    code: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the company says, safe to show; `was` is its value before a change."""

    label: str
    value: str
    change: Change = Change.NONE
    was: str = ""


_COUNTING: Final = frozenset(
    {Phase.LOADING, Phase.READY, Phase.CHANGED, Phase.SENDING, Phase.UNREADABLE}
)


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything that the pane renders. All text is safe to show.

    `rows` is None until the full request is here. `notice` stands over the message, `result` in
    the place of the buttons or under them. `answer` is what was decided, or what the service says
    was. `message_was` is set where the message changed. `mark` is what became of "It wasn't me"
    that was pressed after denying. `against` is what the company has against every approval,
    `flooded` that its account sends more requests than anybody signs in. `asks_pin`: approving
    takes the PIN.
    """

    sid: str
    factor_sid: str
    label: str
    host: str
    phase: Phase
    message: str
    rows: tuple[Row, ...] | None
    asked: float
    expires: float
    now: float
    message_was: str | None = None
    can_approve: bool = False
    can_deny: bool = False
    can_mark: bool = False
    notice: Say = Say.NOTHING
    notice_at: float = 0.0
    result: Say = Say.NOTHING
    result_at: float = 0.0
    answer: ChallengeStatus | None = None
    suspicious: bool = False
    mark: Mark | CountersignError | None = None
    error: CountersignError | None = None
    reachable: bool = True
    against: CountersignError | None = None
    flooded: bool = False
    asks_pin: bool = False

    @property
    def offline(self) -> bool:
        """Whether it could be answered, were the service within reach."""
        return not self.reachable and self.phase in {Phase.LOADING, Phase.READY}

    @property
    def left(self) -> float:
        """Seconds until it expires, never below 0."""
        return max(0.0, self.expires - self.now)

    @property
    def counting(self) -> bool:
        """Whether the time left still matters."""
        return self.phase in _COUNTING

    @property
    def hurry(self) -> bool:
        """Whether little time is left."""
        return self.counting and self.left < HURRY

    @property
    def has_buttons(self) -> bool:
        """Whether Deny and Approve have their place, enabled or not."""
        return self.phase in _COUNTING

    @property
    def failed(self) -> bool:
        """Whether `error` is what the pane tells of: something went wrong, nothing was answered."""
        return self.result in {Say.NOT_TAKEN, Say.UNREADABLE} and self.error is not None

    @property
    def locked(self) -> bool:
        """Whether that was the password store, which the user can unlock."""
        return self.failed and store_closed(self.error)

    @property
    def over(self) -> bool:
        """Whether the user is done with it, and may want the next one."""
        return self.phase in {Phase.DONE, Phase.EXPIRED, Phase.CLOSED, Phase.UNKNOWN}

    @property
    def dimmed(self) -> bool:
        """Whether its text is only a memory: it can't be answered any more."""
        return self.phase in {Phase.EXPIRED, Phase.CLOSED}
