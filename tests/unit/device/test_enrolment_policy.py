"""No account is added, or finished, where the company doesn't allow it, and nothing is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device.enrolment import EnrolmentRequest, enrol, finish
from countersign.device.policy import Policy, PolicyBroken, PolicyError
from countersign.push.address import DEFAULT_API_URL
from countersign.push.values import FactorStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.policy import PolicyState
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

REQUEST = EnrolmentRequest(support.BACKEND_URL, "jane-at-work")
ELSEWHERE = "http://127.0.0.1:5555/v2"
BROKEN = PolicyBroken("It isn't one.")


async def refused(process: Process, request: EnrolmentRequest = REQUEST) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        await enrol(process.device, request)
    assert list(await process.accounts.all()) == []
    assert await process.stray_notes() == []
    return caught.value


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        (BROKEN, "policy_broken"),
        (Policy(backends=("https://other.example",)), "not_allowed"),
        (Policy(api_urls=("https://us.example",)), "not_allowed"),
    ],
    ids=["broken", "backend", "the user's API"],
)
async def test_nothing_goes_out_where_it_is_not_allowed(
    process: Process, service: FakeService, policy: PolicyState, name: str
) -> None:
    process.device.policy = policy
    assert (await refused(process, replace(REQUEST, api_url="https://eu.example/v2"))).name == name
    assert service.sent == []
    assert process.keys.names == []


async def test_an_api_that_the_backend_names_is_checked_before_it_hears_anything(
    process: Process, service: FakeService, keys: Keys
) -> None:
    service.granted["api_url"] = ELSEWHERE
    process.device.policy = Policy(api_urls=(DEFAULT_API_URL,))
    assert (await refused(process)).name == "not_allowed"
    assert [sent.path.rpartition("/")[2] for sent in service.sent] == ["access-token"]
    assert keys.names == []


async def test_what_is_allowed_is_added(process: Process, service: FakeService) -> None:
    service.granted["api_url"] = ELSEWHERE
    process.device.policy = Policy(backends=(support.BACKEND_URL,), api_urls=(ELSEWHERE,))
    assert (await enrol(process.device, REQUEST)).verified


@pytest.mark.parametrize("policy", [BROKEN, Policy(backends=())], ids=["broken", "none allowed"])
async def test_an_unfinished_one_waits_for_the_policy_too(
    process: Process, service: FakeService, policy: PolicyState
) -> None:
    account = await process.add_account(status=FactorStatus.UNVERIFIED)
    process.device.policy = policy
    with pytest.raises(PolicyError):
        await finish(process.device, account)
    assert service.sent == []
    process.device.policy = Policy()
    assert (await finish(process.device, account)).verified
