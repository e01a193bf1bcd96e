"""What waits, over all accounts; and one request, whichever account it belongs to."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from countersign.device import inbox
from countersign.push.errors import ApiError, InputError, KeyStorageError, NetworkError
from countersign.push.values import ChallengeStatus, FactorStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

PENDING = ChallengeStatus.PENDING


def page(challenges: list[object], next_token: str | None = None) -> support.Behaviour:
    """Answer a list with these."""
    query = urlencode({"PageSize": "1", "PageToken": next_token})
    url = None if next_token is None else f"http://elsewhere.example/?{query}"
    return support.answer(200, {"challenges": challenges, "meta": {"next_page_url": url}})


async def test_accounts_are_asked_side_by_side(process: Process, service: FakeService) -> None:
    accounts = [await process.add_account() for _ in range(3)]
    gates = [support.Gate(taken=True) for _ in accounts]
    for gate in gates:
        service.on("GET", "/Challenges", gate)
    looking = asyncio.ensure_future(inbox.look(process.device, accounts, PENDING))
    await asyncio.gather(*(gate.reached.wait() for gate in gates))  # all three at once
    for gate in gates:
        gate.opened.set()
    assert [view.account for view in await looking] == accounts


async def test_each_account_has_its_own_requests_newest_first(
    process: Process, service: FakeService
) -> None:
    accounts = [await process.add_account() for _ in range(2)]
    sids = [
        [service.add_challenge(account.sid, age=age) for age in (30, 20, 10)]
        for account in accounts
    ]
    views = await inbox.look(process.device, accounts, PENDING)
    shown = [[request.challenge.sid for request in view.requests] for view in views]
    assert shown == [list(reversed(of_one)) for of_one in sids]


async def test_an_account_that_fails_does_not_hide_the_others(
    process: Process, service: FakeService
) -> None:
    one, two = await process.add_account(), await process.add_account()
    service.add_challenge(two.sid)
    service.on("GET", "/Challenges", support.fail(NetworkError("unreachable", "No.")))
    failed, fine = await inbox.look(process.device, [one, two], PENDING)
    assert (failed.requests, fine.error) == ((), None)
    assert isinstance(failed.error, NetworkError)
    assert len(fine.requests) == 1


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_a_refusal_is_the_account_s_error(
    process: Process, service: FakeService, account: Account, status: int
) -> None:
    service.on("GET", "/Challenges", support.refuse(status, 20404))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert isinstance(view.error, ApiError)


async def test_a_locked_key_store_is_the_accounts_error(
    process: Process, keys: Keys, account: Account
) -> None:
    keys.lock()
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert isinstance(view.error, KeyStorageError)


async def test_a_quiet_look_is_one_request(
    process: Process, service: FakeService, account: Account
) -> None:
    await inbox.look(process.device, [account], PENDING)
    (sent,) = service.sent
    assert sent.query == {
        "FactorSid": account.sid,
        "PageSize": "100",
        "Order": "desc",
        "Status": "pending",
    }


async def test_the_key_is_read_once_for_many_looks(
    process: Process, keys: Keys, account: Account
) -> None:
    await inbox.look(process.device, [account], PENDING)
    keys.lock("sign")
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert view.error is None


async def test_all_statuses_are_asked_for_without_one(
    process: Process, service: FakeService, account: Account
) -> None:
    service.add_challenge(account.sid, status="expired")
    (view,) = await inbox.look(process.device, [account], None)
    assert "Status" not in service.sent[0].query
    assert [one.challenge.status for one in view.requests] == [ChallengeStatus.EXPIRED]


# --- Pages ---------------------------------------------------------------------------------------


async def test_pages_are_followed_to_the_end(
    process: Process, service: FakeService, account: Account
) -> None:
    sids = {service.add_challenge(account.sid, age=age) for age in range(250)}
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert {request.challenge.sid for request in view.requests} == sids
    assert [sent.query.get("PageToken") for sent in service.sent] == [None, "100", "200"]


async def test_the_next_page_is_asked_for_where_the_first_one_was(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("GET", "/Challenges", page([], "t/2 &+="))
    service.on("GET", "/Challenges", page([]))
    await inbox.look(process.device, [account], PENDING)
    first, second = service.sent
    assert second.url.startswith(support.API_URL)
    assert second.path == first.path
    assert second.query == first.query | {"PageToken": "t/2 &+="}


async def test_pages_that_lead_in_circles_end(
    process: Process, service: FakeService, account: Account
) -> None:
    for token in ("one", "two", "one", "two"):
        service.on("GET", "/Challenges", page([], token))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert (view.error, service.count("GET")) == (None, 3)


async def test_a_request_on_two_pages_is_shown_once(
    process: Process, service: FakeService, account: Account
) -> None:
    sid = service.add_challenge(account.sid)
    service.on("GET", "/Challenges", page([service.challenges[sid]], "0"))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert [request.challenge.sid for request in view.requests] == [sid]


async def test_a_page_that_fails_is_the_account_s_error(
    process: Process, service: FakeService, account: Account
) -> None:
    sid = service.add_challenge(account.sid)
    service.on("GET", "/Challenges", page([service.challenges[sid]], "more"))
    service.on("GET", "/Challenges", support.refuse(500))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert isinstance(view.error, ApiError)


@pytest.mark.parametrize(("limit", "sizes"), [(1, ["1"]), (5, ["5"]), (150, ["100", "100"])])
async def test_a_limit_bounds_the_requests_and_what_is_asked_for(
    process: Process, service: FakeService, account: Account, limit: int, sizes: list[str]
) -> None:
    for age in range(300):
        service.add_challenge(account.sid, age=age)
    (view,) = await inbox.look(process.device, [account], PENDING, limit)
    assert len(view.requests) == limit
    assert [sent.query["PageSize"] for sent in service.sent] == sizes


# --- Odd items -----------------------------------------------------------------------------------


async def test_what_can_not_be_read_is_counted_and_hides_nothing(
    process: Process, service: FakeService, account: Account
) -> None:
    good = service.challenges[service.add_challenge(account.sid)]
    odd: list[object] = [{}, 7, None, "x", good | {"status": "?"}, good | {"details": {}}]
    service.on("GET", "/Challenges", page([*odd, good]))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert (len(view.requests), view.unreadable, view.error) == (1, len(odd), None)


async def test_another_factor_s_requests_are_counted_and_never_shown(
    process: Process, service: FakeService, account: Account
) -> None:
    mine = service.challenges[service.add_challenge(account.sid)]
    other = mine | {"sid": "YC" + "9" * 32, "factor_sid": "YF" + "9" * 32}
    service.on("GET", "/Challenges", page([other, mine]))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert [request.challenge.sid for request in view.requests] == [mine["sid"]]
    assert view.unreadable == 1


async def test_a_list_that_is_none_is_the_account_s_error(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("GET", "/Challenges", support.answer(200, json.dumps({"challenges": 3}).encode()))
    (view,) = await inbox.look(process.device, [account], PENDING)
    assert view.error is not None
    assert view.error.code == 60402


# --- One list of all -----------------------------------------------------------------------------


async def test_all_accounts_requests_make_one_list_newest_first(
    process: Process, service: FakeService
) -> None:
    accounts = [await process.add_account() for _ in range(2)]
    ages = [(accounts[0], 40), (accounts[1], 30), (accounts[0], 20), (accounts[1], 10)]
    sids = [service.add_challenge(account.sid, age=age) for account, age in ages]
    views = await inbox.look(process.device, accounts, PENDING)
    merged = [request.challenge.sid for request in inbox.merged(views)]
    assert merged == list(reversed(sids))
    assert [one.challenge.sid for one in inbox.merged(views, 3)] == merged[:3]


# --- One request ---------------------------------------------------------------------------------


async def test_a_request_is_found_with_its_account(process: Process, service: FakeService) -> None:
    accounts = [await process.add_account() for _ in range(3)]
    sid = service.add_challenge(accounts[1].sid)
    request = await inbox.find(process.device, sid)
    assert (request.account, request.challenge.sid) == (accounts[1], sid)
    assert request.challenge.signature_fields is not None


async def test_a_request_that_no_account_has_is_none(
    process: Process, service: FakeService
) -> None:
    for _ in range(2):
        await process.add_account()
    with pytest.raises(InputError) as raised:
        await inbox.find(process.device, "YC" + "9" * 32)
    assert raised.value.name == "no_such_request"
    assert service.count("GET") == 2


async def test_an_account_that_can_not_be_asked_may_have_it(
    process: Process, service: FakeService
) -> None:
    for _ in range(2):
        await process.add_account()
    service.on("GET", "/Challenges/", support.fail(NetworkError("unreachable", "No.")))
    with pytest.raises(NetworkError):
        await inbox.find(process.device, "YC" + "9" * 32)


async def test_a_request_is_found_though_another_account_can_not_be_asked(
    process: Process, service: FakeService
) -> None:
    accounts = [await process.add_account() for _ in range(2)]
    sid = service.add_challenge(accounts[1].sid)
    service.on("GET", "/Challenges/", support.fail(NetworkError("unreachable", "No.")))
    assert (await inbox.find(process.device, sid)).account == accounts[1]


async def test_a_request_of_another_factor_is_not_used(
    process: Process, service: FakeService, account: Account
) -> None:
    sid = service.add_challenge(account.sid)
    service.on("GET", "/Challenges/", support.altered(factor_sid="YF" + "9" * 32))
    with pytest.raises(Exception, match="another account"):
        await inbox.find(process.device, sid)


@pytest.mark.parametrize("unfinished", [True, False])
async def test_without_a_verified_account_there_is_nothing_to_ask(
    process: Process, service: FakeService, *, unfinished: bool
) -> None:
    if unfinished:
        await process.add_account(status=FactorStatus.UNVERIFIED)
    with pytest.raises(InputError) as raised:
        await inbox.find(process.device, "YC" + "9" * 32)
    assert (raised.value.name, service.sent) == ("no_account", [])
