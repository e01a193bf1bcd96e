"""Everything for a while: each way in which a request must not be approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.silent.arming import Ended, Permission, Refused
from countersign.device.silent.period import Before, FieldIs, Period, Terms
from countersign.push.errors import InputError
from tests.unit.device.silent.silent_support import DAY, FACTOR, OTHER, challenge

if TYPE_CHECKING:
    from collections.abc import Collection

    from countersign.push.values import Challenge

START = 1000.0


def begun(
    *, loopback: bool = False, count: int = 10, before: Collection[str] = (), only: object = None
) -> Period:
    bound = only if isinstance(only, FieldIs) else None
    terms = Terms(300, count, bound)
    arming = Period(FACTOR, terms, Before(before, DAY), START, loopback=loopback)
    arming.active = True
    return arming


def approved(arming: Period, *waiting: Challenge, now: float = START + 1) -> bool:
    """Look, read in full, tell whether an approval could be sent, and take it as sent."""
    found = arming.look(waiting, complete=True, now=now)
    if found is None:
        return False
    granted = arming.grant(found, found, now)
    if not isinstance(granted, Permission) or not arming.holds(granted, now):
        return False
    arming.settle(granted, approved=True)
    return True


def test_what_comes_after_it_began_is_approved() -> None:
    arming = begun()
    assert approved(arming, challenge())
    assert (arming.left, arming.ended) == (9, None)


def test_the_oldest_comes_first() -> None:
    found = begun(loopback=True).look(
        [challenge("YC2", created=DAY + 2), challenge("YC1")], complete=True, now=START + 1
    )
    assert found is not None
    assert found.sid == "YC1"


@pytest.mark.parametrize(
    ("seconds", "count"), [(901, 1), (0, 1), (-1, 1), (60, 0), (60, 11), (float("nan"), 1)]
)
def test_terms_beyond_the_bounds(seconds: float, count: int) -> None:
    with pytest.raises(InputError):
        Terms(seconds, count)


def test_what_waited_before_is_excluded_for_good() -> None:
    arming = begun(before=["YC1"])
    assert not approved(arming, challenge("YC1", created=DAY + 100))
    assert not approved(arming, challenge("YC1", created=DAY + 100), now=START + 200)


@pytest.mark.parametrize("created", [DAY, DAY - 1, DAY - 3600])
def test_what_was_created_before_and_was_not_in_the_list(created: float) -> None:
    assert not approved(begun(), challenge(created=created))


def test_other_account() -> None:
    assert not approved(begun(), challenge(factor=OTHER))


def test_inactive() -> None:
    arming = begun()
    arming.active = False
    assert not approved(arming, challenge())
    arming.active = True
    assert approved(arming, challenge())


def test_inactive_between_look_and_answer() -> None:
    arming = begun()
    found = arming.look([challenge()], complete=True, now=START + 1)
    assert found is not None
    arming.active = False
    assert arming.grant(found, found, START + 1) is Refused.ENDED


def test_inactive_while_it_is_signed() -> None:
    arming = begun()
    found = arming.look([challenge()], complete=True, now=START + 1)
    assert found is not None
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    arming.active = False
    assert not arming.holds(granted, START + 1)


def test_inactive_is_fine_on_loopback() -> None:
    arming = begun(loopback=True)
    arming.active = False
    assert approved(arming, challenge())


def test_count_reached() -> None:
    arming = begun(loopback=True, count=2)
    waiting = [challenge(f"YC{number}") for number in range(3)]
    assert [approved(arming, *waiting) for _ in range(3)] == [True, True, False]
    assert arming.ended is Ended.COUNT_REACHED


def test_a_failed_approval_counts_too() -> None:
    arming = begun(count=1)
    found = arming.look([challenge()], complete=True, now=START + 1)
    assert found is not None
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    arming.settle(granted, approved=False)
    assert not approved(arming, challenge("YC2"))


def test_time_over() -> None:
    arming = begun()
    assert not approved(arming, challenge(), now=START + 300)
    assert arming.ended is Ended.TIME_UP


@pytest.mark.parametrize(
    "reason", [Ended.LOCKED, Ended.CLOSED, Ended.STOPPED, Ended.FORBIDDEN, Ended.ACCOUNT_GONE]
)
def test_switched_off_in_between(reason: Ended) -> None:
    arming = begun(loopback=True)
    found = arming.look([challenge()], complete=True, now=START + 1)
    assert found is not None
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    arming.end(reason)
    assert not arming.holds(granted, START + 1)
    assert not approved(arming, challenge("YC2"))


def test_details_changed_between_look_and_answer() -> None:
    arming = begun()
    found = arming.look([challenge(message="Sign in?")], complete=True, now=START + 1)
    assert found is not None
    assert arming.grant(found, challenge(message="Pay?"), START + 1) is Refused.CHANGED
    assert not approved(arming, challenge(message="Pay?"), now=START + 2)
    assert (arming.ended, arming.left) == (None, 10)


def test_a_second_one_pending() -> None:
    arming = begun()
    assert not approved(arming, challenge("YC1"), challenge("YC2"))
    assert arming.ended is Ended.SEVERAL_WAIT


def test_a_second_one_pending_beside_one_that_waited_before() -> None:
    arming = begun(before=["YC0"])
    assert not approved(arming, challenge("YC0", created=DAY - 5), challenge("YC1"))
    assert arming.ended is Ended.SEVERAL_WAIT


def test_a_second_one_is_seen_while_inactive_too() -> None:
    arming = begun()
    arming.active = False
    arming.look([challenge("YC1"), challenge("YC2")], complete=True, now=START + 1)
    arming.active = True
    assert not approved(arming, challenge("YC1"))


def test_three_within_a_minute() -> None:
    arming = begun()
    assert approved(arming, challenge("YC1", created=DAY + 1))
    assert approved(arming, challenge("YC2", created=DAY + 31))
    assert not approved(arming, challenge("YC3", created=DAY + 61))
    assert arming.ended is Ended.TOO_MANY


def test_three_in_more_than_a_minute() -> None:
    arming = begun()
    assert approved(arming, challenge("YC1", created=DAY + 1))
    assert approved(arming, challenge("YC2", created=DAY + 32))
    assert approved(arming, challenge("YC3", created=DAY + 62))


def test_many_at_once_are_fine_on_loopback() -> None:
    arming = begun(loopback=True)
    waiting = [challenge(f"YC{number}") for number in range(10)]
    assert all(approved(arming, *waiting) for _ in range(10))


def test_each_is_tried_once() -> None:
    arming = begun(loopback=True)
    assert approved(arming, challenge())
    assert not approved(arming, challenge())


def test_a_list_that_may_lack_a_second_one() -> None:
    assert begun().look([challenge()], complete=False, now=START + 1) is None


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"App": "VPN"}, True),
        ({"App": "VPN", "From": "Rome"}, True),
        ({}, False),
        ({"App": "VPN "}, False),
        ({"App": "vpn"}, False),
        ({"app": "VPN"}, False),
        ({"From": "VPN"}, False),
    ],
)
def test_only_if_a_field_has_this_value(fields: dict[str, str], *, fits: bool) -> None:
    arming = begun(only=FieldIs("App", "VPN"))
    assert approved(arming, challenge(fields=fields)) is fits


def test_a_field_that_is_there_twice_has_no_value() -> None:
    details = {
        "message": "Sign in?",
        "fields": [{"label": "App", "value": "VPN"}, {"label": "App", "value": "Payroll"}],
    }
    assert not approved(begun(only=FieldIs("App", "VPN")), challenge(details=details))
