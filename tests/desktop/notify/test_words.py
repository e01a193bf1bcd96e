"""What notices say: plain, bounded, and no more than the settings let them."""

from __future__ import annotations

import pytest

from countersign.desktop.notify import words
from countersign.desktop.notify.announcing import SUMMARY, Told
from countersign.desktop.request.view import Say
from countersign.device.settings import Notices, Settings
from tests.desktop.notify.board import ask, sid


def keys(settings: Settings) -> list[str]:
    made = words.notice(Told(sid(1), (ask(1),), 1), settings)
    return [action.key for action in made.actions]


def test_approve_is_never_offered_and_deny_can_be_switched_off() -> None:
    assert keys(Settings()) == ["review", "deny"]
    assert keys(Settings(deny_in_notices=False)) == ["review"]
    # What isn't shown can't be denied unread.
    assert keys(Settings(notices=Notices.SHORT)) == ["review"]


def test_short_notices_tell_nothing_of_the_request() -> None:
    settings = Settings(notices=Notices.SHORT)
    for told in (
        Told(sid(1), (ask(1, message="secret"),), 1),
        Told(SUMMARY, (ask(1, message="secret"), ask(2)), 2),
    ):
        made = words.notice(told, settings)
        assert (made.title, "secret" in made.body) == ("Countersign", False)
        assert "Northwind" not in made.body + made.title


def test_text_from_outside_is_made_visible_and_bounded() -> None:
    made = words.notice(Told(sid(1), (ask(1, message="a\u202eb" + "x" * 999),), 1), Settings())
    assert made.body.startswith("a⟨U+202E⟩b")
    assert len(made.body) < 250
    assert made.title == "Northwind Bank"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "A request is waiting."),
        (50, "50 requests are waiting."),
        (100, "99+ requests are waiting."),
    ],
)
def test_a_summary_counts(count: int, text: str) -> None:
    one_account = Told(SUMMARY, (ask(1), ask(2)), count)
    assert words.notice(one_account, Settings()).body == text
    assert words.notice(one_account, Settings()).title == "Northwind Bank"
    two = Told(SUMMARY, (ask(1), ask(2, of_other=True)), count)
    assert words.notice(two, Settings()).title == "Countersign"


def test_a_result_never_says_more_than_is_known() -> None:
    assert words.denied(ask(1)).body == "Denied. Northwind Bank has it."
    unknown = words.not_denied(ask(1), Say.UNKNOWN, "x").body
    assert unknown == "We don't know yet if your denial arrived."
    other = words.not_denied(ask(1), Say.NOT_TAKEN, "It is {locked}.").body
    assert other == "Nothing was denied. It is {locked}."
