"""What silent approval tells the window; each is shown, each failure too."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.push.errors import CountersignError, InputError

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.device.records import Account, Mode
    from countersign.device.silent.arming import Ended, Refused


class Origin(enum.Enum):
    """What asks for silent approval; nothing tells who sent a link, so a link never gets it."""

    CLICK = "click"
    LINK = "link"


class Barred(enum.Enum):
    """Why silent approval can't be had."""

    LINK = "link"
    LOCKED = "locked"
    PIN = "pin"
    """Each approval needs the PIN."""
    ACCOUNT = "account"
    """The user has switched this way off for the account."""
    POLICY = "policy"
    POLICY_BROKEN = "policy broken"
    UNFINISHED = "unfinished"
    """The account isn't checked yet, or is gone."""
    NOT_ACTIVE = "not active"
    SEVERAL_WAIT = "several wait"
    """Two or more requests wait already: nobody could tell which are the user's."""


_WORDS: Final = {
    Barred.LINK: "A link can't turn on silent approval.",
    Barred.LOCKED: "Countersign is locked.",
    Barred.PIN: "Each approval needs your PIN.",
    Barred.ACCOUNT: "Silent approval is off for this account.",
    Barred.POLICY: "Your company doesn't allow silent approval.",
    Barred.POLICY_BROKEN: "Your company's settings can't be read, so nothing is approved.",
    Barred.UNFINISHED: "This account isn't ready yet.",
    Barred.NOT_ACTIVE: "Open the window first.",
    Barred.SEVERAL_WAIT: "Several requests wait. Answer them first.",
}


class SilentRefusedError(InputError):
    """Silent approval wasn't begun; `why` says what stands against it."""

    def __init__(self, why: Barred) -> None:
        super().__init__("silent_refused", _WORDS[why])
        self.why = why


class WithdrawnError(CountersignError):
    """The permission went while the approval was being signed; nothing was sent."""

    default_code = 60404

    def __init__(self) -> None:
        super().__init__("withdrawn", "Silent approval ended before this was sent.")


@dataclass(frozen=True, slots=True)
class SilentStatus:
    """What the banner shows: which account and way, how long, and how many of how many are left."""

    account: Account
    mode: Mode
    seconds_left: float
    left: int
    most: int


@dataclass(frozen=True, slots=True)
class SilentBegan:
    """It is on now."""

    status: SilentStatus


@dataclass(frozen=True, slots=True)
class SilentApproved:
    """The service confirmed an approval that nobody clicked."""

    request: Request
    mode: Mode
    left: int


@dataclass(frozen=True, slots=True)
class SilentFailed:
    """An approval or a look-up failed.

    `request` is None for a look-up, told once until one works again. `why` says what was seen,
    `error` what was raised; one of them is there.
    """

    account: Account
    mode: Mode
    request: Request | None
    why: Refused | None = None
    error: CountersignError | None = None


@dataclass(frozen=True, slots=True)
class SilentEnded:
    """It is off again."""

    account: Account
    mode: Mode
    reason: Ended


SilentEvent = SilentBegan | SilentApproved | SilentFailed | SilentEnded
