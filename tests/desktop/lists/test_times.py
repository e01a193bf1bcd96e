"""Each word for time, at the second where it begins and the one before."""

from __future__ import annotations

import pytest

from countersign.desktop.lists.times import (
    age_text,
    checked_text,
    clock_text,
    day_text,
    left_sentence,
    left_text,
    local_day,
)
from tests.desktop.lists.lists_support import NOW


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "now"),
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86_399, "23 h"),
    ],
)
def test_age(seconds: float, text: str) -> None:
    assert age_text(NOW - seconds, NOW) == text


def test_what_is_older_than_a_day_has_its_date() -> None:
    assert "2026" in age_text(NOW - 86_400, NOW) or "26" in age_text(NOW - 86_400, NOW)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, "0 s"),
        (0, "0 s"),
        (0.1, "1 s"),
        (38, "38 s"),
        (59.5, "1 min 0 s"),
        (292, "4 min 52 s"),
        (3600, "1 h 0 min"),
        (79_380, "22 h 3 min"),
    ],
)
def test_time_left(seconds: float, text: str) -> None:
    assert left_text(seconds) == text
    assert left_sentence(seconds) == f"{text} left"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "Up to date"),
        (29.9, "Up to date"),
        (30, "Checked 1 min ago"),
        (119, "Checked 1 min ago"),
        (120, "Checked 2 min ago"),
        (3600, "Checked 1 h ago"),
    ],
)
def test_when_it_was_checked(seconds: float, text: str) -> None:
    assert checked_text(seconds) == text


def test_a_time_of_day_is_local() -> None:
    assert clock_text(NOW) == "23:10"


def test_days_have_names() -> None:
    today = local_day(NOW)
    assert day_text(today, today) == "Today"
    assert day_text(today.addDays(-1), today) == "Yesterday"
    assert "2026" in day_text(today.addDays(-2), today)
    assert local_day(NOW + 3600) == today.addDays(1)  # by this clock, not by UTC
