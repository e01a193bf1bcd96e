"""What waits for an answer, over all accounts side by side."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.push.errors import ApiError, CountersignError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.device import Device
    from countersign.device.records import Account
    from countersign.push.values import Challenge, ChallengeStatus

PAGE_SIZE: Final = 100
MAX_PAGES: Final = 200
"""Pages of one account at most: a service that always has one more isn't followed for ever."""


@dataclass(frozen=True, slots=True)
class Request:
    """A challenge and the account that it belongs to."""

    account: Account
    challenge: Challenge


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account's part: its requests, newest first, or the error that hid them.

    `unreadable` counts requests that came but can't be shown.
    """

    account: Account
    requests: tuple[Request, ...] = ()
    unreadable: int = 0
    error: CountersignError | None = None


async def look(
    device: Device,
    accounts: Sequence[Account],
    status: ChallengeStatus | None,
    limit: int | None = None,
) -> list[AccountView]:
    """Ask for each account's requests at once; an account that fails doesn't hide the others.

    `limit` bounds each account's requests; None reads all pages.
    """
    return list(
        await asyncio.gather(*(_look_at(device, account, status, limit) for account in accounts))
    )


def merged(views: Sequence[AccountView], limit: int | None = None) -> list[Request]:
    """Return all requests in one list, newest first."""
    requests = [request for view in views for request in view.requests]
    requests.sort(key=lambda request: request.challenge.date_created, reverse=True)
    return requests[:limit]


async def find(device: Device, challenge_sid: str) -> Request:
    """Fetch one request, whichever account it belongs to, so that it can be shown and answered.

    Raises InputError where no account has it; where an account couldn't be asked, that error,
    since the request may well be its.
    """
    accounts = await device.verified_accounts()
    if not accounts:
        raise InputError(
            "no_account", "There is no account on this computer yet.", "Add one: countersign enroll"
        )
    found = await asyncio.gather(*(_try_fetch(device, one, challenge_sid) for one in accounts))
    for outcome in found:
        if isinstance(outcome, Request):
            return outcome
    for outcome in found:
        if isinstance(outcome, CountersignError) and not _not_found(outcome):
            raise outcome
    raise InputError(
        "no_such_request",
        "No account on this computer has this request.",
        "See what waits: countersign inbox",
    )


async def _look_at(
    device: Device, account: Account, status: ChallengeStatus | None, limit: int | None
) -> AccountView:
    try:
        return await _all_pages(device, account, status, limit)
    except CountersignError as error:
        return AccountView(account, error=error)


async def _all_pages(
    device: Device, account: Account, status: ChallengeStatus | None, limit: int | None
) -> AccountView:
    requests: dict[str, Request] = {}  # by sid: pages shift while new ones come in
    unreadable, token = 0, None
    seen: set[str] = set()
    async with device.speaking_for(account) as client:
        while limit is None or len(requests) < limit:
            size = PAGE_SIZE if limit is None else min(PAGE_SIZE, limit)
            page = await client.challenges(status, page_size=size, page_token=token)
            unreadable += page.unreadable
            requests |= {item.sid: Request(account, item) for item in page.challenges}
            token = page.next_token
            if (
                token is None or token in seen or len(seen) == MAX_PAGES
            ):  # a service that leads in circles isn't followed
                break
            seen.add(token)
    return AccountView(account, tuple(requests.values())[:limit], unreadable)


async def _try_fetch(device: Device, account: Account, sid: str) -> Request | CountersignError:
    try:
        async with device.speaking_for(account) as client:
            return Request(account, await client.challenge(sid))
    except CountersignError as error:
        return error


def _not_found(error: CountersignError) -> bool:
    return isinstance(error, ApiError) and error.status == 404  # noqa: PLR2004 - not found
