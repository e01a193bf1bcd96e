"""Which banners there are, in which order, and what they say and offer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QGuiApplication

from countersign.desktop.enroll.store_help import HowToFixDialog, how_to_fix
from countersign.desktop.main_window.banner import Banner
from countersign.desktop.main_window.banners import Banners
from countersign.desktop.main_window.notices import Trouble
from countersign.device.inbox import AccountView
from countersign.device.pin import NoPin
from countersign.device.policy import Policy, PolicyBroken
from countersign.device.polling import Watch
from countersign.device.watch import Pace
from countersign.push.clock import ServiceClock
from countersign.push.errors import InputError, KeyStorageError, NetworkError
from tests.desktop.lists.lists_support import account

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.device.device import Device
    from countersign.device.policy import PolicyState
    from countersign.device.records import Account
    from countersign.push.errors import CountersignError

GONE_NETWORK = NetworkError("unreachable", "Nobody answers.")
LOCKED = KeyStorageError("locked", "GNOME Keyring is locked. Countersign can't check.")
GONE = KeyStorageError("gone", "The key is gone.")


def watch(
    error: CountersignError | None = None, label: str = "Northwind", *, failures: int = 1
) -> Watch:
    owner = account(label=label)
    since = None if error is None else time.monotonic() - 60
    failed = failures if error else 0
    return Watch(owner, AccountView(owner, error=error), failing_since=since, failures=failed)


class Clocks:
    """A device that knows nothing but how far the clock is off."""

    offset = 0.0
    policy: PolicyState = Policy()
    pin = NoPin()

    def clock(self, _account: Account) -> ServiceClock:
        """Stand in for the device."""
        return ServiceClock(self.offset, self.offset)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def banners(banner: Banner, clocks: Clocks) -> Banners:
    return Banners(banner, cast("Device", clocks), banner)


def test_nothing_is_said_while_all_is_well(banners: Banners, banner: Banner) -> None:
    banners.set_watches([watch()])
    assert banner.isHidden()


def test_a_locked_store_offers_to_unlock_and_says_that_it_waits(
    banners: Banners, banner: Banner, qtbot: QtBot
) -> None:
    banners.set_watches([watch(LOCKED)])
    assert banner.text.text() == LOCKED.message
    assert banner.action.text() == "Unlock"
    with qtbot.waitSignal(banners.checkRequested):
        banner.action.click()
    assert banner.text.text() == "Waiting for your password…"
    assert banner.action.isHidden()
    banners.set_watches([watch(LOCKED), watch()])  # another account answered meanwhile
    assert banner.text.text() == "Waiting for your password…"
    banners.set_watches([watch(LOCKED, failures=2)])
    assert banner.text.text().startswith("Still locked.")
    assert banner.action.text() == "Unlock"
    banners.set_watches([watch()])
    assert banner.isHidden()
    banners.set_watches([watch(LOCKED)])
    assert banner.text.text() == LOCKED.message


def test_a_missing_store_offers_to_try_again(
    banners: Banners, banner: Banner, qtbot: QtBot
) -> None:
    missing = KeyStorageError("missing", "No password store is running.", "Start one.")
    banners.set_watches([watch(missing)])
    assert banner.text.text() == "No password store is running."
    assert banner.action.text() == "Try again"
    assert banner.help.text() == "How to fix"
    assert not banner.help.isHidden()
    with qtbot.waitSignal(banners.checkRequested):
        banner.action.click()
    assert banner.help.isHidden(), "it is being tried"


def test_how_to_fix_is_a_dialog_of_its_own(
    banners: Banners, banner: Banner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    banners.set_watches([watch(KeyStorageError("missing", "None is running.", "Start one."))])
    banner.help.click()
    (dialog,) = banner.findChildren(HowToFixDialog)
    assert dialog.sentence.text() == "None is running."
    assert dialog.steps.text() == how_to_fix(desktops="GNOME")
    dialog.close_button.click()


def test_errors_have_details_that_stay_open_while_they_stay_the_same(
    banners: Banners, banner: Banner
) -> None:
    banner.show()
    banners.set_watches([watch(GONE_NETWORK)])
    assert banner.details.isHidden()
    banner.details.link.click()
    assert "60401 unreachable" in banner.details.text.text()
    banners.set_watches([watch(NetworkError("unreachable", "Nobody answers."))])
    assert banner.details.text.isVisible()
    banner.details.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == banner.text.text()
    assert copied[1] == "60401 unreachable"
    assert QDateTime.fromString(copied[2], Qt.DateFormat.ISODate).isValid()
    banners.set_problem(InputError("odd", "Something is odd."))
    banners.set_watches([watch()])
    assert banner.text.text() == "Something is odd."
    assert banner.details.isHidden()
    banners.set_expired_while_away(1)
    banner.action.click()
    assert banner.details.link.isHidden(), "no error, no details"


def test_another_page_says_the_same(banners: Banners, banner: Banner, qtbot: QtBot) -> None:
    banners.set_problem(InputError("odd", "Something is odd."))
    other = Banner()
    qtbot.addWidget(other)
    banners.add(other)
    assert other.text.text() == banner.text.text() == "Something is odd."
    other.action.click()
    assert banner.isHidden()
    assert other.isHidden()


@pytest.mark.parametrize(("width", "below"), [(1100, False), (360, True)])
def test_buttons_go_below_where_there_is_no_room(
    banners: Banners, banner: Banner, width: int, *, below: bool
) -> None:
    banner.resize(width, 100)
    banners.set_watches([watch(KeyStorageError("missing", "No password store is running."))])
    layout = banner.layout()
    assert layout is not None
    layout.activate()
    assert (banner.action.y() > banner.text.geometry().bottom()) is below


def test_a_key_that_is_gone_leads_to_its_account(
    banners: Banners, banner: Banner, qtbot: QtBot
) -> None:
    one = watch(GONE)
    banners.set_watches([watch(), one])
    assert banner.text.text().startswith("The key for Northwind is gone")
    with qtbot.waitSignal(banners.removeRequested) as asked:
        banner.action.click()
    assert asked.args == [one.account.sid]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40.5, "Next try in 40 s"), (0.5, "Trying now…"), (150, "Next try in 2 min")],
)
def test_offline_says_since_when_and_until_when(
    banners: Banners, banner: Banner, seconds: float, words: str
) -> None:
    one = watch(GONE_NETWORK)
    one.next_at = time.monotonic() + seconds
    banners.set_watches([one])
    assert banner.text.text().startswith("Offline since ")
    assert banner.aside.text() == words


def test_a_sign_in_page_is_said_instead_of_offline(banners: Banners, banner: Banner) -> None:
    banners.set_watches([watch(NetworkError("sign_in_first", "Sign in first."))])
    assert banner.text.text().startswith("This network wants you to sign in first. Do that in")
    assert banner.action.text() == "Check now"


def test_where_no_try_is_planned_none_is_promised(banners: Banners, banner: Banner) -> None:
    one = watch(GONE_NETWORK)
    one.pace = Pace.OFF
    banners.set_watches([one])
    assert (banner.isHidden(), banner.aside.text()) == (False, "")


def test_one_account_out_of_reach_is_its_rows_matter(banners: Banners, banner: Banner) -> None:
    banners.set_watches([watch(GONE_NETWORK), watch()])
    assert banner.isHidden()


@pytest.mark.parametrize(
    ("offset", "words"),
    [(420, "7 min slow."), (-180, "3 min fast."), (59, ""), (-59, "")],
)
def test_a_clock_that_is_off_is_told(
    banners: Banners, banner: Banner, clocks: Clocks, offset: float, words: str
) -> None:
    clocks.offset = offset
    banners.set_watches([watch()])
    assert banner.isHidden() is not bool(words)
    assert words in banner.text.text()


def test_a_problem_stays_until_it_is_closed(banners: Banners, banner: Banner) -> None:
    banners.set_problem(InputError("odd", "Something is <b>odd</b>.", "Try it otherwise."))
    assert banner.text.text() == "Something is <b>odd</b>. Try it otherwise."
    banners.set_watches([watch()])
    assert not banner.isHidden()
    banner.action.click()
    assert banner.isHidden()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "While you were away, 1 request expired."),
        (12, "While you were away, 12 requests expired."),
        (100, "While you were away, more than 99 requests expired."),
    ],
)
def test_what_was_slept_through_is_one_line(
    banners: Banners, banner: Banner, count: int, words: str
) -> None:
    banners.set_expired_while_away(count)
    assert banner.text.text() == words
    banner.action.click()
    assert banner.isHidden()


def test_the_most_urgent_comes_first_and_the_rest_is_counted(
    banners: Banners, banner: Banner, clocks: Clocks
) -> None:
    clocks.offset = 600
    banners.set_expired_while_away(3)
    banners.set_watches([watch(LOCKED)])
    assert banner.text.text() == LOCKED.message
    assert banner.aside.text() == "2 more"
    assert list(Trouble) == sorted(Trouble)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (PolicyBroken("/etc/x/policy.toml is too long.", "the IT desk"), "is too long."),
        (Policy(pin_required=True, support="the IT desk"), "wants a PIN"),
    ],
)
def test_a_policy_in_the_way_is_told_for_good(
    banners: Banners, banner: Banner, clocks: Clocks, policy: PolicyState, words: str
) -> None:
    clocks.policy = policy
    banners.set_expired_while_away(3)
    assert words in banner.text.text()
    assert "deny" in banner.text.text()
    assert banner.aside.text() == "1 more"
    assert banner.action.isHidden(), "nothing sends it away"
    banners.set_watches([watch()])
    assert words in banner.text.text()
    banners.set_watches([watch(LOCKED)])
    assert banner.text.text() == LOCKED.message, "what hides requests is worse"
