"""Sign-ins that are started here: each way in which a request must not be approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.silent.arming import Ended, Permission, Refused
from countersign.device.silent.sign_in import SignIn
from tests.unit.device.silent.silent_support import DAY, FACTOR, ID, OTHER, challenge, mine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.push.values import Challenge

START = 1000.0


def begun() -> SignIn:
    return SignIn(FACTOR, ID, START)


def approved(arming: SignIn, *waiting: Challenge, now: float = START + 1) -> bool:
    """Look, read in full, and tell whether an approval could be sent."""
    found = arming.look(waiting, complete=True, now=now)
    if found is None:
        return False
    granted = arming.grant(found, found, now)
    return isinstance(granted, Permission) and arming.holds(granted, now)


def test_the_one_that_carries_the_id_is_approved() -> None:
    assert approved(begun(), challenge("YC0"), mine("YC1"), challenge("YC2"))


@pytest.mark.parametrize(
    "hidden",
    [
        None,
        {},
        {"transaction": "f" * 32},
        {"transaction": ID.upper()},
        {"transaction": ID + " "},
        {"transaction": ID[:-1]},
        {"transaction": ""},
        {"transaction": "٣" * 32},
        {"Transaction": ID},
        {"id": ID},
        {"transaction": [ID]},
        {"transaction": ID, "number": 3},
    ],
)
def test_wrong_id(hidden: Mapping[str, object] | None) -> None:
    assert not approved(begun(), challenge(hidden=hidden))


def test_reused_id_after_the_first_was_approved() -> None:
    arming = begun()
    assert approved(arming, mine("YC1"))
    assert not approved(arming, mine("YC2"), now=START + 2)


def test_reused_id_after_the_first_was_answered_by_hand() -> None:
    arming = begun()
    arming.look([mine("YC1")], complete=False, now=START + 1)
    assert not approved(arming, mine("YC2"), now=START + 2)
    assert arming.ended is Ended.SAME_ID


def test_an_id_of_an_earlier_sign_in() -> None:
    assert not approved(SignIn(FACTOR, "a" * 32, START), mine())


def test_late() -> None:
    arming = begun()
    assert not approved(arming, mine(), now=START + 60)
    assert arming.ended is Ended.TIME_UP


def test_the_last_second_still_counts() -> None:
    assert approved(begun(), mine(), now=START + 59.9)


def test_late_by_the_time_it_is_signed() -> None:
    arming = begun()
    granted = arming.grant(found := mine(), found, START + 1)
    assert granted is Refused.ENDED  # it was never seen by a look
    arming = begun()
    arming.look([found], complete=True, now=START + 1)
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    assert arming.holds(granted, START + 59)
    assert not arming.holds(granted, START + 60)


def test_other_account() -> None:
    assert not approved(begun(), mine(factor=OTHER))


@pytest.mark.parametrize("reason", [Ended.LOCKED, Ended.STOPPED, Ended.FORBIDDEN])
def test_ended_before_it_came(reason: Ended) -> None:
    arming = begun()
    arming.end(reason)
    assert not approved(arming, mine())
    assert arming.ended is reason


@pytest.mark.parametrize("reason", [Ended.LOCKED, Ended.STOPPED, Ended.FORBIDDEN])
def test_ended_between_look_and_answer(reason: Ended) -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    arming.end(reason)
    assert arming.grant(found, found, START + 1) is Refused.ENDED


@pytest.mark.parametrize("reason", [Ended.LOCKED, Ended.STOPPED, Ended.FORBIDDEN])
def test_ended_while_it_is_signed(reason: Ended) -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    arming.end(reason)
    assert not arming.holds(granted, START + 1)


@pytest.mark.parametrize(
    "changed",
    [
        challenge(hidden={"transaction": ID}, message="Pay 1000?"),
        challenge(hidden={"transaction": ID}, fields={"From": "Rome"}),
        challenge(hidden={"transaction": ID, "amount": "1000"}),
        challenge(hidden={"transaction": "f" * 32}),
        challenge(hidden=None),
        challenge(hidden={"transaction": ID}, created=DAY + 2),
        challenge("YC9", hidden={"transaction": ID}),
        mine(factor=OTHER),
    ],
    ids=["message", "field", "more hidden", "other id", "no id", "date", "sid", "account"],
)
def test_details_changed_between_look_and_answer(changed: Challenge) -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    assert arming.grant(found, changed, START + 1) is Refused.CHANGED
    assert arming.ended is Ended.FAILED
    assert not approved(arming, mine(), now=START + 2)


def test_a_signed_member_that_only_one_reading_has() -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    fetched = challenge(
        hidden={"transaction": ID}, signed="sid,factor_sid,details,x_risk", x_risk="high"
    )
    assert arming.grant(found, fetched, START + 1) is Refused.CHANGED


def test_the_same_values_in_another_order_are_the_same() -> None:
    arming = begun()
    listed = challenge(hidden={"transaction": ID, "a": "1"}, signed=None)
    found = arming.look([listed], complete=True, now=START + 1)
    assert found is not None
    fetched = challenge(hidden={"a": "1", "transaction": ID})
    assert isinstance(arming.grant(found, fetched, START + 1), Permission)


@pytest.mark.parametrize("status", ["approved", "denied", "expired"])
def test_answered_or_expired_meanwhile(status: str) -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    fetched = challenge(hidden={"transaction": ID}, status=status)
    assert arming.grant(found, fetched, START + 1) is Refused.NOT_PENDING


def test_two_challenges_with_the_same_id() -> None:
    arming = begun()
    assert not approved(arming, mine("YC1"), mine("YC2"))
    assert arming.ended is Ended.SAME_ID


def test_the_id_in_another_account_s_challenge_is_nobody_s_business() -> None:
    assert approved(begun(), mine("YC1"), mine("YC2", factor=OTHER))


def test_a_list_that_may_lack_the_second_one() -> None:
    arming = begun()
    assert arming.look([mine()], complete=False, now=START + 1) is None
    assert approved(arming, mine(), now=START + 2)


def test_twice() -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    assert isinstance(arming.grant(found, found, START + 1), Permission)
    assert arming.grant(found, found, START + 1) is Refused.ENDED
    assert arming.look([mine()], complete=True, now=START + 2) is None


def test_a_failed_approval_is_not_tried_again() -> None:
    arming = begun()
    found = arming.look([mine()], complete=True, now=START + 1)
    assert found is not None
    granted = arming.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    arming.settle(granted, approved=False)
    assert arming.ended is Ended.FAILED
    assert not approved(arming, mine(), now=START + 2)


def test_a_permission_is_of_use_to_its_own_sign_in_alone() -> None:
    one, two = begun(), begun()
    found = one.look([mine()], complete=True, now=START + 1)
    assert found is not None
    two.look([mine()], complete=True, now=START + 1)
    granted = one.grant(found, found, START + 1)
    two.grant(found, found, START + 1)
    assert isinstance(granted, Permission)
    assert not two.holds(granted, START + 1)
