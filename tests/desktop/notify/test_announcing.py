"""Which requests a notice tells of, and when it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from countersign.desktop.notify.announcing import BURST, BURST_TIME, MOST, SUMMARY
from countersign.device.settings import Notices
from tests.desktop.notify.board import OTHER, World, ask, sid
from tests.desktop.request.world import ACCOUNT, START


@pytest.fixture
def world() -> World:
    return World()


def test_each_new_request_has_a_notice_once(world: World) -> None:
    assert world.poll(ask(1)) == [sid(1)]
    assert world.poll(ask(2), ask(1)) == [sid(2)]
    assert world.poll(ask(2), ask(1)) == []
    assert [told.id for told in world.hung] == [sid(1), sid(2)]
    assert all(told.new for told in world.hung)


def test_whoever_is_here_sees_for_himself_and_gets_none_later_either(world: World) -> None:
    assert world.poll(ask(1), here=True) == []
    assert world.poll(ask(1)) == []
    assert world.hung == []


def test_a_notice_goes_when_its_request_no_longer_waits(world: World) -> None:
    world.poll(ask(1), ask(2))
    world.poll(ask(2))
    assert list(world.up) == [sid(2)]
    world.announcing.answered(sid(2))
    assert world.up == {}
    world.announcing.answered(sid(2))  # told twice is no error


def test_one_that_a_lagging_list_leaves_out_is_not_told_twice(world: World) -> None:
    world.poll(ask(1))
    world.poll()
    assert world.poll(ask(1)) == []
    assert len(world.hung) == 1


def test_a_changed_request_replaces_its_notice_quietly(world: World) -> None:
    world.poll(ask(1))
    world.poll(ask(1, message="Pay 5000", updated=3))
    (told,) = world.up.values()
    assert (told.requests[0].challenge.message, told.new) == ("Pay 5000", False)
    shown = world.announcing.request(sid(1))
    assert shown is not None
    assert shown.challenge.message == "Pay 5000"


def test_one_that_was_closed_does_not_come_back_and_can_not_be_denied(world: World) -> None:
    world.poll(ask(1))
    del world.up[sid(1)]
    world.announcing.closed(sid(1))
    world.poll(ask(1, message="Pay 5000", updated=3))
    assert world.up == {}
    assert world.announcing.request(sid(1)) is None


def test_a_night_asleep_is_one_notice(world: World) -> None:
    world.poll(*(ask(number) for number in range(50)))
    assert (world.summary.waiting, len(world.hung)) == (50, 1)
    assert world.announcing.request(SUMMARY) is None


def test_many_at_once_fold_and_are_counted_until_none_waits(world: World) -> None:
    few = [ask(number) for number in range(MOST)]
    world.poll(*few)
    assert len(world.up) == MOST
    world.poll(ask(9), *few)
    assert (world.summary.waiting, world.summary.new) == (MOST + 1, True)
    assert set(world.announcing.sids(SUMMARY)) == {sid(0), sid(1), sid(2), sid(9)}
    assert world.announcing.request(sid(0)) is None  # it is not shown any more
    world.poll(ask(9))
    assert (world.summary.waiting, world.summary.new) == (1, False)
    world.poll()
    assert world.up == {}


def test_a_burst_of_one_account_is_one_notice_however_slowly_it_comes(world: World) -> None:
    for number in range(BURST + 1):
        world.poll(ask(number))
        world.announcing.closed(sid(number))
        world.up.pop(sid(number), None)
        world.time += BURST_TIME / (BURST + 2)
    world.poll(ask(99))
    assert world.summary.new
    world.poll()
    world.time += BURST_TIME
    world.poll(ask(100))
    assert list(world.up) == [sid(100)]


def test_a_closed_summary_stays_away_until_there_is_something_new(world: World) -> None:
    many = [ask(number) for number in range(MOST + 1)]
    world.poll(*many)
    world.announcing.closed(SUMMARY)
    world.up.clear()
    world.poll(*many)
    assert world.up == {}
    world.time += BURST_TIME
    world.poll(ask(9), *many)
    assert list(world.up) == [sid(9)]


def test_a_muted_account_is_silent_and_asks_for_no_attention(world: World) -> None:
    world.poll(ask(1))
    world.mutes.mute(ACCOUNT.sid, 60)
    assert world.up == {}
    assert world.poll(ask(1), ask(2), ask(3, of_other=True)) == [sid(3)]
    assert list(world.up) == [sid(3)]
    world.time += 61
    assert world.poll(ask(2), ask(4)) == [sid(4)]


def test_nothing_is_told_where_notices_are_off_but_attention_is_asked(world: World) -> None:
    world.settings = replace(world.settings, notices=Notices.OFF)
    assert world.poll(ask(1)) == [sid(1)]
    assert world.hung == []


def test_switching_notices_off_takes_them_down_and_short_rewrites_them(world: World) -> None:
    world.poll(ask(1))
    world.settings = replace(world.settings, notices=Notices.SHORT)
    world.announcing.refresh()
    assert [told.new for told in world.hung] == [True, False]
    world.settings = replace(world.settings, notices=Notices.OFF)
    world.announcing.refresh()
    assert world.up == {}


def test_a_notice_expires_with_its_request_by_its_services_clock(world: World) -> None:
    world.poll(ask(1, life=300), ask(2, life=400), ask(3, life=300, of_other=True))
    times = {ACCOUNT.sid: START.timestamp() + 301, OTHER.sid: START.timestamp() + 299}
    world.announcing.expire(lambda account: times[account.sid])
    assert set(world.up) == {sid(2), sid(3)}


def test_whoever_looks_at_the_list_has_seen_them_all(world: World) -> None:
    world.poll(ask(1), ask(2))
    world.announcing.seen()
    world.poll(ask(1), ask(2))
    assert world.up == {}
    world.poll(*(ask(number) for number in range(10)))
    world.announcing.seen()
    assert world.up == {}


def test_it_forgets_what_is_long_gone(world: World) -> None:
    for number in range(2500):
        world.poll(ask(number), here=True)
    assert len(world.announcing._known) <= 1001
