"""What waits behind the polls' page: fetched on demand, and let go only when it is surely over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from countersign.device import page_walk
from countersign.device.inbox import PAGE_SIZE, look
from countersign.device.paging import Backlog
from countersign.device.polling import Watch
from countersign.push.errors import ApiError, NetworkError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.unit.device.device_support import FakeService, Process

pytestmark = pytest.mark.anyio

PENDING = ChallengeStatus.PENDING


class World:
    """One account with many requests; number 0 is the newest."""

    def __init__(self, process: Process, service: FakeService, account: Account) -> None:
        self.device, self.service, self.account = process.device, service, account
        self.backlog = Backlog(process.device)

    def asks(self, count: int, *, first: int = 0) -> list[str]:
        """Let the service ask so many times, `first` seconds ago and before."""
        return [
            self.service.add_challenge(self.account.sid, age=number)
            for number in range(first, first + count)
        ]

    def answered(self, sid: str) -> None:
        """Let a copied key answer."""
        self.service.challenges[sid]["status"] = "approved"

    async def poll(self) -> None:
        """Ask for the newest page."""
        (view,) = await look(self.device, [self.account], PENDING, PAGE_SIZE)
        self.backlog.follow([Watch(self.account, view)])

    async def load(self) -> None:
        """Scroll on."""
        await self.backlog.load([self.account.sid])

    def sids(self) -> list[str]:
        """Return what the list shows."""
        return [one.challenge.sid for one in self.backlog.requests()]


@pytest.fixture
def world(process: Process, service: FakeService, account: Account) -> World:
    return World(process, service, account)


def page(token: str | None, challenges: list[object] | None = None) -> support.Behaviour:
    """Answer a list with these and with a link to the next page, somewhere else altogether."""
    link = None if token is None else f"http://elsewhere.example/?{urlencode({'PageToken': token})}"
    body = {"challenges": challenges or [], "meta": {"next_page_url": link}}
    return support.answer(200, body)


async def test_a_short_list_has_no_more(world: World) -> None:
    sids = world.asks(99)
    await world.poll()
    assert world.sids() == sids
    assert not world.backlog.extent([world.account.sid]).more
    await world.load()
    assert world.service.count("GET") == 1


async def test_pages_come_one_by_one_until_all_is_there(world: World) -> None:
    sids = world.asks(320)
    await world.poll()
    extent = world.backlog.extent([world.account.sid])
    assert (extent.more, extent.certain) == (True, False)
    for known in (200, 300):
        await world.load()
        assert world.sids() == sids[:known]
        extent = world.backlog.extent([world.account.sid])
        assert (extent.more, extent.certain) == (True, True)
    await world.load()
    assert world.sids() == sids
    assert not world.backlog.extent([world.account.sid]).more
    await world.load()
    tokens = [sent.query.get("PageToken") for sent in world.service.sent]
    assert tokens == [None, None, "100", "200", "300"]  # the first one is the poll's


async def test_a_page_is_asked_of_the_api_alone_wherever_its_link_leads(world: World) -> None:
    world.asks(120)
    await world.poll()
    world.service.on("GET", "/Challenges", page("a b&c"))
    world.service.on("GET", "/Challenges", page(None))
    await world.load()
    assert all(sent.url.startswith(support.API_URL) for sent in world.service.sent)
    assert world.service.sent[-1].query["PageToken"] == "a b&c"


@pytest.mark.parametrize("tokens", ["aaaa", "abab"])
async def test_pages_that_lead_in_circles_end(world: World, tokens: str) -> None:
    world.asks(120)
    await world.poll()
    for token in tokens:
        world.service.on("GET", "/Challenges", page(token))
    await world.load()
    assert world.service.count("GET") == 2 + len(set(tokens))
    assert not world.backlog.extent([world.account.sid]).more


async def test_pages_without_end_and_without_news_end_for_now(world: World) -> None:
    world.asks(120)
    await world.poll()
    for number in range(30):
        world.service.on("GET", "/Challenges", page(f"t{number}"))
    await world.load()
    assert world.service.count("GET") == 11


async def test_what_new_ones_push_off_the_page_stays_known(world: World) -> None:
    first = world.asks(80, first=1000)
    await world.poll()
    newer = world.asks(60)
    await world.poll()
    assert world.sids() == [*newer, *first]
    assert world.backlog.forget(first[-1]), "no poll can see that it is over"
    assert not world.backlog.forget(first[0]), "the next poll is to see it"
    assert first[0] in world.sids()


async def test_what_ended_at_the_very_end_of_the_page_is_not_taken_for_pushed_behind_it(
    world: World,
) -> None:
    sids = world.asks(150)
    await world.poll()
    await world.load()
    last = sids[99]
    assert not world.backlog.forget(last)  # it was answered here
    await world.poll()  # begun before the answer: the service still has it
    world.answered(last)
    await world.poll()
    assert last not in world.sids()


async def test_what_a_full_page_reaches_past_and_does_not_have_is_over(world: World) -> None:
    sids = world.asks(150)
    await world.poll()
    await world.load()
    world.answered(sids[10])
    await world.poll()
    assert world.sids() == [sid for sid in sids if sid != sids[10]]


async def test_what_lies_behind_the_page_is_not_declared_gone(world: World) -> None:
    sids = world.asks(250)
    await world.poll()
    await world.load()
    world.answered(sids[150])
    await world.poll()
    assert sids[150] in world.sids()
    assert world.backlog.find(sids[150]) is not None
    world.backlog.forget(sids[150])  # it was looked up, as it is when it is selected
    assert sids[150] not in world.sids()
    assert world.backlog.find(sids[150]) is None


async def test_a_page_that_is_not_full_any_more_has_all_that_waits(world: World) -> None:
    sids = world.asks(150)
    await world.poll()
    await world.load()
    for sid in sids[:60]:
        world.answered(sid)
    await world.poll()
    assert world.sids() == sids[60:]


async def test_what_expired_behind_the_page_goes(world: World) -> None:
    old = world.service.add_challenge(world.account.sid, age=5000, ttl=300)
    world.asks(100)
    await world.poll()
    await world.load()
    assert old in world.sids()
    world.device.clock(world.account).display_offset = 301
    world.service.add_challenge(world.account.sid, ttl=900)
    await world.poll()
    assert old not in world.sids()


async def test_a_walk_that_something_left_meanwhile_begins_anew(world: World) -> None:
    """Tokens count places: after 50 have gone, the next page would skip 50 that nobody saw."""
    sids = world.asks(400)
    await world.poll()
    await world.load()
    for sid in sids[:50]:
        world.answered(sid)
    await world.poll()
    for _ in range(6):
        await world.load()
    assert world.sids() == sids[50:]
    assert not world.backlog.extent([world.account.sid]).more


async def test_a_whole_walk_lets_go_of_what_it_did_not_meet(world: World) -> None:
    sids = world.asks(250)
    await world.poll()
    await world.load()
    world.answered(sids[150])
    world.service.on("GET", "/Challenges", support.refuse(400, 60374))  # the token is too old
    for _ in range(3):
        await world.load()
    assert world.sids() == [sid for sid in sids if sid != sids[150]]


async def test_a_failure_is_told_and_tried_again_where_it_was(world: World) -> None:
    sids = world.asks(250)
    await world.poll()
    await world.load()
    world.service.on("GET", "/Challenges", support.fail(NetworkError("unreachable", "No.")))
    await world.load()
    extent = world.backlog.extent([world.account.sid])
    assert isinstance(extent.error, NetworkError)
    assert extent.more
    await world.load()
    assert world.backlog.extent([world.account.sid]).error is None
    assert world.sids() == sids
    assert world.service.sent[-1].query["PageToken"] == "200"


async def test_a_refused_token_begins_at_the_front_again(world: World) -> None:
    sids = world.asks(250)
    await world.poll()
    await world.load()
    world.service.on("GET", "/Challenges", support.refuse(400, 60374))
    await world.load()
    assert isinstance(world.backlog.extent([world.account.sid]).error, ApiError)
    await world.load()
    assert world.sids() == sids


async def test_one_page_at_a_time(world: World) -> None:
    world.asks(250)
    await world.poll()
    gate = support.Gate(taken=True)
    world.service.on("GET", "/Challenges", gate)
    loading = asyncio.ensure_future(world.load())
    await gate.reached.wait()
    assert world.backlog.extent([world.account.sid]).loading
    before = world.service.count("GET")
    await world.load()
    assert world.service.count("GET") == before
    gate.opened.set()
    await loading
    assert not world.backlog.extent([world.account.sid]).loading


async def test_a_page_that_comes_after_its_account_went_is_dropped(world: World) -> None:
    world.asks(250)
    await world.poll()
    gate = support.Gate(taken=True)
    world.service.on("GET", "/Challenges", gate)
    loading = asyncio.ensure_future(world.load())
    await gate.reached.wait()
    world.backlog.follow([])
    gate.opened.set()
    await loading
    assert world.sids() == []


async def test_what_is_kept_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_walk, "MOST", 250)
    sids = world.asks(600)
    await world.poll()
    for _ in range(6):
        await world.load()
    extent = world.backlog.extent([world.account.sid])
    assert (extent.more, extent.full) == (False, True)
    assert world.sids() == sids[: len(world.sids())]
    assert len(world.sids()) <= 350


async def test_what_does_not_change_stays_the_very_same_object(world: World) -> None:
    world.asks(150)
    await world.poll()
    await world.load()
    before = list(world.backlog.requests())
    await world.poll()
    assert all(a is b for a, b in zip(before, world.backlog.requests(), strict=True))


async def test_a_removed_account_and_a_failed_poll(world: World) -> None:
    sids = world.asks(150)
    await world.poll()
    await world.load()
    (view,) = await look(world.device, [world.account], PENDING, PAGE_SIZE)
    failed = replace(view, error=NetworkError("unreachable", "No."), requests=())
    world.backlog.follow([Watch(world.account, failed)])
    assert world.sids() == sids  # as of the last good poll
    renamed = replace(world.account, label="Another name")
    world.backlog.follow([Watch(renamed, failed)])
    assert {one.account.label for one in world.backlog.requests()} == {"Another name"}
    world.backlog.follow([Watch(world.account, failed, refusals=9)])
    assert world.sids() == []


async def test_two_accounts_are_told_apart(world: World, process: Process) -> None:
    other = await process.add_account()
    theirs = [world.service.add_challenge(other.sid, age=500 + i) for i in range(120)]
    ours = world.asks(30)
    views = await look(world.device, [world.account, other], PENDING, PAGE_SIZE)
    pairs = zip((world.account, other), views, strict=True)
    world.backlog.follow([Watch(one, view) for one, view in pairs])
    assert world.sids() == [*ours, *theirs[:100]]
    assert not world.backlog.extent([world.account.sid]).more
    await world.backlog.load([world.account.sid, other.sid])
    assert world.sids() == [*ours, *theirs]
