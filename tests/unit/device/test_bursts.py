"""Bursts: when one begins and ends, how long Approve waits, and denying all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.bursts import GUARD, LONGEST_GUARD, Bursts, deny_all
from countersign.device.decisions import Answer
from countersign.device.inbox import Request
from countersign.push.errors import KeyStorageError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support
from tests.unit.device.silent.silent_support import DAY, FACTOR, OTHER, challenge
from tests.unit.device.test_policy import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.bursts import Denying
    from countersign.device.records import Account
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

DENY = Answer(ChallengeStatus.DENIED)


def waiting(*created: float) -> list[Request]:
    """Return requests by the second of the day at which they were made."""
    return [Request(ACCOUNT, challenge(f"YC{at:g}", created=DAY + at)) for at in created]


def sids(requests: Sequence[Request]) -> list[str]:
    return [request.challenge.sid for request in requests]


def test_five_in_two_minutes_are_no_burst() -> None:
    assert Bursts().look(FACTOR, waiting(0, 10, 20, 30, 120), DAY + 120) is None


def test_six_in_two_minutes_are_one_newest_first() -> None:
    burst = Bursts().look(FACTOR, waiting(0, 10, 20, 30, 40, 120), DAY + 120)
    assert burst is not None
    assert sids(burst.requests) == ["YC120", "YC40", "YC30", "YC20", "YC10", "YC0"]
    assert (burst.count, burst.factor_sid) == (6, FACTOR)


def test_six_in_more_than_two_minutes_are_none() -> None:
    assert Bursts().look(FACTOR, waiting(0, 10, 20, 30, 40, 121), DAY + 121) is None


def test_six_within_a_longer_time_are_one() -> None:
    times = (0, 600, 610, 620, 630, 640, 650)
    assert Bursts().look(FACTOR, waiting(*times), DAY + 700) is not None


def test_those_that_were_answered_in_between_count() -> None:
    bursts = Bursts()
    for at in (0, 10, 20, 30, 40):
        assert bursts.look(FACTOR, waiting(at), DAY + at) is None
    burst = bursts.look(FACTOR, waiting(50), DAY + 50)
    assert burst is not None
    assert (sids(burst.requests), burst.count) == (["YC50"], 6)


def test_accounts_are_counted_apart() -> None:
    bursts = Bursts()
    assert bursts.look(FACTOR, waiting(0, 1, 2), DAY + 2) is None
    assert bursts.look(OTHER, waiting(3, 4, 5), DAY + 5) is None


def test_it_lasts_while_one_of_it_waits() -> None:
    bursts = Bursts()
    bursts.look(FACTOR, waiting(0, 1, 2, 3, 4, 5), DAY + 5)
    burst = bursts.look(FACTOR, waiting(0), DAY + 1000)
    assert burst is not None
    assert sids(burst.requests) == ["YC0"]


def test_it_lasts_for_two_minutes_after_the_last_one() -> None:
    bursts = Bursts()
    bursts.look(FACTOR, waiting(0, 1, 2, 3, 4, 5), DAY + 5)
    burst = bursts.look(FACTOR, [], DAY + 124)
    assert burst is not None
    assert burst.requests == ()
    assert bursts.look(FACTOR, [], DAY + 125) is None
    assert bursts.guard(FACTOR, DAY + 125) == GUARD


def test_a_new_one_is_part_of_it_and_asks_anew() -> None:
    bursts = Bursts()
    bursts.look(FACTOR, waiting(0, 1, 2, 3, 4, 5), DAY + 5)
    burst = bursts.look(FACTOR, waiting(100), DAY + 100)
    assert burst is not None
    assert (sids(burst.requests), burst.count) == (["YC100"], 7)


def test_after_it_a_single_one_is_no_burst() -> None:
    bursts = Bursts()
    bursts.look(FACTOR, waiting(0, 1, 2, 3, 4, 5), DAY + 5)
    bursts.look(FACTOR, [], DAY + 500)
    assert bursts.look(FACTOR, waiting(501), DAY + 501) is None


def test_approve_waits_longer_with_each_request() -> None:
    bursts, guards = Bursts(), []
    for number in range(1, 8):
        bursts.look(FACTOR, waiting(*range(number)), DAY + number)
        guards.append(bursts.guard(FACTOR, DAY + number))
    assert guards == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.0]
    assert bursts.guard(OTHER, DAY) == GUARD
    bursts.forget(FACTOR)
    assert bursts.guard(FACTOR, DAY + 8) == GUARD


def test_it_waits_as_long_until_the_burst_is_over() -> None:
    bursts = Bursts()
    bursts.look(FACTOR, waiting(0, 1, 2, 3, 4, 5), DAY + 5)
    bursts.look(FACTOR, waiting(0), DAY + 1000)
    assert bursts.guard(FACTOR, DAY + 1000) == LONGEST_GUARD


async def denied(process: Process, requests: Sequence[Request]) -> list[Denying]:
    return [state async for state in deny_all(process.device, process.decisions, requests)]


async def test_all_are_denied_one_after_the_other(
    process: Process, service: FakeService, account: Account
) -> None:
    requests = [await process.ask(account) for _ in range(3)]
    states = await denied(process, requests)
    assert [state.done for state in states] == [1, 2, 3, 3]
    assert [state.over for state in states] == [False, False, False, True]
    assert {one["status"] for one in service.challenges.values()} == {"denied"}


async def test_expired_answered_and_failed_ones_are_counted_apart(
    process: Process, service: FakeService, account: Account
) -> None:
    good, expired, answered, failing = [await process.ask(account) for _ in range(4)]
    service.challenges[expired.challenge.sid]["status"] = "expired"
    await process.decisions.answer(answered, DENY)
    service.on("POST", f"/{failing.challenge.sid}", support.refuse(500), times=2)
    service.on("GET", f"/{failing.challenge.sid}", support.refuse(500))
    last = (await denied(process, [good, expired, answered, failing]))[-1]
    assert (last.total, last.done, last.expired, last.answered, last.failed) == (4, 1, 1, 1, 1)
    assert last.error is not None


async def test_a_closed_password_store_ends_it(
    process: Process, keys: Keys, account: Account
) -> None:
    requests = [await process.ask(account) for _ in range(3)]
    keys.lock("sign")
    (last,) = await denied(process, requests)
    assert (last.failed, last.over) == (3, True)
    assert isinstance(last.error, KeyStorageError)


async def test_it_denies_those_that_were_in_the_fold_alone(
    process: Process, service: FakeService, account: Account
) -> None:
    requests = [await process.ask(account)]
    later = service.add_challenge(account.sid)
    await denied(process, requests)
    assert service.challenges[later]["status"] == "pending"


async def test_the_mark_goes_with_each(
    process: Process, service: FakeService, account: Account
) -> None:
    request = await process.ask(account)
    async for _ in deny_all(process.device, process.decisions, [request], suspicious=True):
        pass
    (sent,) = [sent for sent in service.sent if sent.method == "POST"]
    assert sent.form["Metadata"] == '{"reason":"suspicious"}'
