"""What a company's policy allows, and what holds over the user's settings."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from countersign.device import policy
from countersign.device.policy import Company, Policy, PolicyBroken, PolicyError
from countersign.device.records import Account, Mode
from countersign.device.settings import Notices, Proxy, Settings
from countersign.device.silent.events import Barred
from countersign.push.values import ChallengeStatus, FactorStatus

if TYPE_CHECKING:
    from countersign.device.policy import PolicyState

BROKEN = PolicyBroken("It isn't one.")
BACKEND = "https://login.example.com/access-token"
API = "https://verify.twilio.com/v2"
ACCOUNT = Account(
    sid="YF1",
    account_sid="AC1",
    service_sid="VA1",
    entity_sid=None,
    identity="someone-1",
    friendly_name="Desk",
    label="Northwind",
    status=FactorStatus.VERIFIED,
    credential_sid="CR1",
    key_id="k",
    api_url=API,
    backend_url=BACKEND,
    date_created=datetime(2026, 1, 1, tzinfo=UTC),
)


def test_a_broken_policy_stops_approvals_and_lets_denials_through() -> None:
    with pytest.raises(PolicyError) as raised:
        policy.check_answer(BROKEN, ChallengeStatus.APPROVED, pin_set=True)
    assert raised.value.name == "policy_broken"
    policy.check_answer(BROKEN, ChallengeStatus.DENIED, pin_set=True)


def test_a_pin_that_is_required_and_not_there_stops_approvals_and_lets_denials_through() -> None:
    held = Policy(pin_required=True)
    with pytest.raises(PolicyError) as raised:
        policy.check_answer(held, ChallengeStatus.APPROVED, pin_set=False)
    assert raised.value.name == "pin_required"
    policy.check_answer(held, ChallengeStatus.DENIED, pin_set=False)
    policy.check_answer(held, ChallengeStatus.APPROVED, pin_set=True)


def test_a_pin_that_is_required_is_asked_for_each_time_and_locks_with_the_screen() -> None:
    held = Policy(pin_required=True)
    own = Settings(pin_each_time=False, lock_with_screen=False)
    in_force = policy.effective(held, own)
    assert in_force.pin_each_time
    assert in_force.lock_with_screen
    assert policy.managed(held) == {"pin_each_time", "lock_with_screen"}
    assert policy.effective(Policy(), own) == own


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (None, set(Notices)),
        (Notices.FULL, set(Notices)),
        (Notices.SHORT, {Notices.OFF, Notices.SHORT}),
        (Notices.OFF, {Notices.OFF}),
    ],
)
def test_what_notices_may_say(most: Notices | None, levels: set[Notices]) -> None:
    assert set(policy.levels(Policy(notices=most))) == levels
    for own in Notices:
        held = policy.effective(Policy(notices=most), Settings(notices=own))
        assert held.notices in levels


def test_a_broken_policy_leaves_the_user_what_notices_say() -> None:
    assert set(policy.levels(BROKEN)) == set(Notices)


def test_without_a_policy_both_answers_go() -> None:
    for status in (ChallengeStatus.APPROVED, ChallengeStatus.DENIED):
        policy.check_answer(Policy(), status, pin_set=False)


@pytest.mark.parametrize(
    ("allowed", "url", "fits"),
    [
        (None, BACKEND, True),
        ((), BACKEND, False),
        ((BACKEND,), BACKEND, True),
        ((BACKEND,), "https://LOGIN.example.com:443/access-token/", True),
        ((BACKEND,), "https://login.example.com/other", False),
        ((BACKEND,), BACKEND + "?x=1", False),
        ((BACKEND,), "https://login.example.com:8443/access-token", False),
        ((BACKEND,), "https://login.example.com.evil.example/access-token", False),
        (("https://login.example.com",), BACKEND, True),
        (("https://login.example.com/",), BACKEND, True),
        (("https://login.example.com",), "http://login.example.com/access-token", False),
    ],
)
def test_where_accounts_may_be_added(
    allowed: tuple[str, ...] | None, url: str, *, fits: bool
) -> None:
    for held, backend, api in (
        (Policy(backends=allowed), url, API),
        (Policy(api_urls=allowed), BACKEND, url),
    ):
        if fits:
            policy.check_addresses(held, backend, api)
            continue
        with pytest.raises(PolicyError) as raised:
            policy.check_addresses(held, backend, api)
        assert raised.value.name == "not_allowed"


def test_a_broken_policy_lets_nobody_add_an_account() -> None:
    with pytest.raises(PolicyError):
        policy.check_addresses(BROKEN, BACKEND)


@pytest.mark.parametrize(
    ("held", "mode", "pin", "why"),
    [
        (Policy(), Mode.SILENT_SIGN_IN, False, None),
        (Policy(), Mode.SILENT_WINDOW, False, None),
        (Policy(), Mode.SILENT_WINDOW, True, Barred.PIN),
        (Policy(), Mode.HAND, False, Barred.POLICY),
        (Policy(pin_required=True), Mode.SILENT_SIGN_IN, False, Barred.PIN),
        (Policy(silent_sign_in=False), Mode.SILENT_SIGN_IN, False, Barred.POLICY),
        (Policy(silent_sign_in=False), Mode.SILENT_WINDOW, False, None),
        (Policy(silent_everything=False), Mode.SILENT_WINDOW, False, Barred.POLICY),
        (BROKEN, Mode.SILENT_SIGN_IN, False, Barred.POLICY_BROKEN),
    ],
)
def test_what_stands_against_silent_approval(
    held: PolicyState, mode: Mode, why: Barred | None, *, pin: bool
) -> None:
    assert policy.barred(held, mode, pin_each_time=pin) is why


def test_the_company_s_sign_in_address_is_that_of_its_own_backend() -> None:
    template = "https://login.example.com/{transaction}"
    held = Policy(companies=(Company("Other", "https://b/"), Company("N", BACKEND, template)))
    assert policy.sign_in_address(held, ACCOUNT) == template
    assert policy.sign_in_address(held, replace(ACCOUNT, backend_url="https://b/")) is None
    assert policy.sign_in_address(BROKEN, ACCOUNT) is None


USER = Settings(notices=Notices.FULL, check_active=5, check_background=0, proxy=Proxy.SYSTEM)


@pytest.mark.parametrize(
    ("held", "wanted", "names"),
    [
        (Policy(), {}, set()),
        (BROKEN, {}, set()),
        (Policy(notices=Notices.SHORT), {"notices": Notices.SHORT}, set()),
        (Policy(notices=Notices.OFF), {"notices": Notices.OFF}, {"notices"}),
        (Policy(proxy=Proxy.NONE), {"proxy": Proxy.NONE}, {"proxy", "proxy_url"}),
        (
            Policy(proxy=Proxy.MANUAL, proxy_url="http://p:1"),
            {"proxy": Proxy.MANUAL, "proxy_url": "http://p:1"},
            {"proxy", "proxy_url"},
        ),
        (Policy(ca_file="/ca.pem"), {"ca_file": "/ca.pem"}, {"ca_file"}),
        (Policy(fastest=10), {"check_active": 10}, set()),
        (Policy(slowest=30), {"check_background": 30}, set()),
        (
            Policy(fastest=20, slowest=20),
            {"check_active": 20, "check_background": 20},
            {"check_active", "check_background"},
        ),
    ],
)
def test_what_holds_over_the_user_s_settings(
    held: PolicyState, wanted: dict[str, object], names: set[str]
) -> None:
    holds = policy.effective(held, USER)
    changed = {
        field.name: getattr(holds, field.name)
        for field in fields(Settings)
        if getattr(holds, field.name) != getattr(USER, field.name)
    }
    assert changed == wanted
    assert policy.managed(held) == names


def test_the_user_may_be_told_less_than_the_policy_allows() -> None:
    quiet = replace(USER, notices=Notices.OFF)
    assert policy.effective(Policy(notices=Notices.SHORT), quiet).notices is Notices.OFF


def test_which_pauses_between_polls_can_be_chosen() -> None:
    assert policy.choices(Policy(fastest=10, slowest=30), (5, 10, 30, 60, 0)) == [10, 30]
    assert policy.choices(Policy(), (5, 10, 0)) == [5, 10, 0]
    assert policy.choices(BROKEN, (5, 0)) == [5, 0]
