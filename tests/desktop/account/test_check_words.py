"""What an account says of its polls: when, and why not sooner."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.account.check_words import next_text, why_text
from countersign.desktop.lists.times import clock_text
from countersign.device.inbox import AccountView
from countersign.device.watch import Checks, Pace, Watch, Why, describe
from countersign.push.errors import ApiError, KeyStorageError, MappingError, NetworkError
from tests.desktop.lists.lists_support import account

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

NOW = 5000.0
UNREACHABLE = NetworkError("unreachable", "Can't reach northwind.example.")
LOCKED = KeyStorageError("locked", "GNOME Keyring is locked.")
NO_FACTOR = ApiError("not_found", "Unknown.", code=20404, status=404)
BUSY = ApiError("busy", "Busy.", code=20429, status=429, retry_after=600)


def said(
    error: CountersignError | None = None, pace: Pace = Pace.USUAL, *, due: float = 40.0
) -> tuple[str, str]:
    """Return what is said of an account whose next question is `due` seconds away."""
    owner = replace(account(), label="{problem}")  # a name is never a placeholder
    watch = Watch(owner, AccountView(owner, error=error), next_at=NOW + due, pace=pace)
    watch.refusals = 2 if error is NO_FACTOR else 0
    watch.not_before = NOW + due if error is BUSY else 0.0
    checks = describe(watch, NOW)
    return next_text(checks, time.time()), why_text(watch, checks)


@pytest.mark.parametrize(
    ("due", "words"),
    [(0.0, "Now"), (1.0, "Now"), (40.9, "In 40 s"), (60.0, "In 1 min"), (299.0, "In 4 min")],
)
def test_when_all_is_well_the_time_is_enough(due: float, words: str) -> None:
    assert said(due=due) == (words, "")


@pytest.mark.parametrize(
    ("error", "pace", "when", "why"),
    [
        (UNREACHABLE, Pace.USUAL, "In 40 s", "Can't reach northwind.example. Tried less and less"),
        (None, Pace.AWAY, "In 40 s", "while the screen is locked or the computer sleeps"),
        (None, Pace.OFF, "When you open Countersign", "turned off checking in the background"),
        (UNREACHABLE, Pace.NO_NETWORK, "In 40 s", "this computer has no network"),
        (LOCKED, Pace.USUAL, "When the password store is unlocked", "GNOME Keyring is locked."),
        (NO_FACTOR, Pace.OFF, "When you open Countersign", "{problem} no longer knows this"),
        (
            MappingError("bad_answer", "A page."),
            Pace.USUAL,
            "In 40 s",
            "wants you to sign in first",
        ),
    ],
)
def test_each_reason_has_its_words(
    error: CountersignError | None, pace: Pace, when: str, why: str
) -> None:
    assert said(error, pace)[0] == when
    assert why in said(error, pace)[1]


def test_a_wait_that_the_service_asked_for_ends_at_a_time_of_day() -> None:
    checks = Checks(Why.ASKED_TO_WAIT, ago=1, failing_for=1, due=600.0)
    assert next_text(checks, NOW) == f"At {clock_text(NOW + 600)}"
    assert said(BUSY)[1] == "{problem} asked us to check less often."
