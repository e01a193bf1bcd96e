"""What a company has set for this computer, over what the user would; checked where it counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from countersign.device.records import Mode
from countersign.device.settings import Notices
from countersign.device.silent.events import Barred
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.records import Account
    from countersign.device.settings import Proxy, Settings

SUPPORT: Final = "whoever gave you this account"
_LEVELS: Final = (Notices.OFF, Notices.SHORT, Notices.FULL)
_PORTS: Final = {"http": 80, "https": 443}


class PolicyError(CountersignError):
    """The company's policy, or its being broken, stands against this."""

    default_code = 60404


@dataclass(frozen=True, slots=True)
class Company:
    """One that the first start offers; `sign_in` is the template of its sign-in address."""

    name: str
    backend: str
    sign_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is set; None and empty for what the user decides. All of it was checked when read.

    `backends` and `api_urls` allow an address itself, or each address of an origin that is named
    without a path. `fastest` and `slowest` bound the seconds between polls.
    """

    source: str = field(default="", compare=False)
    """The path that it was read from; empty where there is none."""
    support: str = SUPPORT
    backends: tuple[str, ...] | None = None
    api_urls: tuple[str, ...] | None = None
    companies: tuple[Company, ...] = ()
    silent_sign_in: bool = True
    silent_everything: bool = True
    pin_required: bool = False
    notices: Notices | None = None
    """The most that a notice may say."""
    fastest: int | None = None
    slowest: int | None = None
    proxy: Proxy | None = None
    proxy_url: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class PolicyBroken:
    """There is a policy and it can't be obeyed, so nothing is opened: no approval, no enrolment.

    `why` is a sentence for whoever wrote it, and names no value of it.
    """

    why: str
    support: str = SUPPORT


PolicyState = Policy | PolicyBroken
"""`Policy()` where there is none."""


def check_answer(policy: PolicyState, status: ChallengeStatus, *, pin_set: bool) -> None:
    """Raise PolicyError where this answer may not be given; a denial always may."""
    error = against_approving(policy, pin_set=pin_set)
    if error is not None and status is not ChallengeStatus.DENIED:
        raise error


def against_approving(policy: PolicyState, *, pin_set: bool) -> PolicyError | None:
    """Return what stands against every approval, whoever gives it and how.

    `pin_set`: there is a PIN, so that whoever approves had to enter it.
    """
    if isinstance(policy, PolicyBroken):
        return broken_error(policy)
    if policy.pin_required and not pin_set:
        return PolicyError(
            "pin_required",
            "Your company wants a PIN for approvals, and there is none yet.",
            "Choose one in the settings, under Security. You can deny without it.",
        )
    return None


def check_addresses(policy: PolicyState, backend_url: str, api_url: str | None = None) -> None:
    """Raise PolicyError where no account may be added there."""
    if isinstance(policy, PolicyBroken):
        raise broken_error(policy)
    backend_fits = policy.backends is None or _allowed(backend_url, policy.backends)
    api_fits = api_url is None or policy.api_urls is None or _allowed(api_url, policy.api_urls)
    if not backend_fits or not api_fits:
        raise PolicyError(
            "not_allowed",
            "Your company doesn't allow accounts from this address.",
            f"Ask {policy.support}.",
        )


def barred(policy: PolicyState, mode: Mode, *, pin_each_time: bool) -> Barred | None:
    """Return what stands against silent approval; `pin_each_time` is the user's own setting."""
    if isinstance(policy, PolicyBroken):
        return Barred.POLICY_BROKEN
    allowed = {
        Mode.SILENT_SIGN_IN: policy.silent_sign_in,
        Mode.SILENT_WINDOW: policy.silent_everything,
    }
    if not allowed.get(mode, False):
        return Barred.POLICY
    return Barred.PIN if pin_each_time or policy.pin_required else None


def sign_in_address(policy: PolicyState, account: Account) -> str | None:
    """Return the template that the company set for an account's sign-in; it beats the user's."""
    if isinstance(policy, PolicyBroken):
        return None
    for company in policy.companies:
        if company.sign_in is not None and company.backend == account.backend_url:
            return company.sign_in
    return None


def effective(policy: PolicyState, settings: Settings) -> Settings:
    """Return the settings that hold: the user's, with the policy over them."""
    if isinstance(policy, PolicyBroken):
        return settings
    if policy.notices is not None:
        settings = replace(settings, notices=_least(settings.notices, policy.notices))
    if policy.proxy is not None:
        settings = replace(settings, proxy=policy.proxy, proxy_url=policy.proxy_url)
    if policy.ca_file:
        settings = replace(settings, ca_file=policy.ca_file)
    if policy.pin_required:
        settings = replace(settings, pin_each_time=True, lock_with_screen=True)
    return replace(
        settings,
        check_active=_bounded(settings.check_active, policy),
        check_background=_bounded(settings.check_background, policy),
    )


def managed(policy: PolicyState) -> frozenset[str]:
    """Return the names of the fields of Settings that leave the user no choice."""
    if isinstance(policy, PolicyBroken):
        return frozenset()
    names = set()
    if policy.notices is Notices.OFF:
        names.add("notices")
    if policy.proxy is not None:
        names |= {"proxy", "proxy_url"}
    if policy.ca_file:
        names.add("ca_file")
    if policy.pin_required:
        names |= {"pin_each_time", "lock_with_screen"}
    if policy.fastest is not None and policy.fastest == policy.slowest:
        names |= {"check_active", "check_background"}
    return frozenset(names)


def choices(policy: PolicyState, seconds: Sequence[int]) -> list[int]:
    """Return those pauses between polls, 0 for never, that the user may choose."""
    if isinstance(policy, PolicyBroken):
        return list(seconds)
    return [one for one in seconds if _bounded(one, policy) == one]


def levels(policy: PolicyState) -> tuple[Notices, ...]:
    """Return what notices may say, of which the user may choose."""
    most = policy.notices if isinstance(policy, Policy) else None
    return _LEVELS if most is None else _LEVELS[: _LEVELS.index(most) + 1]


def broken_error(policy: PolicyBroken) -> PolicyError:
    """Return what is said where a broken policy stands against something."""
    return PolicyError(
        "policy_broken",
        f"Your company's settings for Countersign can't be used. {policy.why}",
        f"You can look at requests and deny them. Ask {policy.support}.",
    )


def _bounded(seconds: int, policy: Policy) -> int:
    """Return a pause within the bounds; "never" is longer than any of them."""
    if policy.slowest is not None and (seconds == 0 or seconds > policy.slowest):
        return policy.slowest
    if policy.fastest is not None and 0 < seconds < policy.fastest:
        return policy.fastest
    return seconds


def _least(one: Notices, other: Notices) -> Notices:
    return min(one, other, key=_LEVELS.index)


def _allowed(url: str, entries: Sequence[str]) -> bool:
    return any(
        _same(url, entry) or (urlsplit(entry).path in {"", "/"} and _origin(url) == _origin(entry))
        for entry in entries
    )


def _same(one: str, other: str) -> bool:
    rests = [(urlsplit(url).path.rstrip("/"), urlsplit(url).query) for url in (one, other)]
    return rests[0] == rests[1] and _origin(one) == _origin(other)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme)
