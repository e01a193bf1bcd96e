"""Whom to ask: the policy's words wherever a dead end names somebody, and ours without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.desktop.enroll.words import words_for
from countersign.desktop.language.errors import hint_of, translated
from countersign.desktop.language.support import support, use_support, worded
from countersign.device.policy import SUPPORT, Policy, check_addresses
from countersign.push.errors import BackendError, CountersignError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    Speaking = Callable[[str], QApplication]

DESK = "the IT desk, phone 1234"


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[str]:
    """Have a policy name somebody."""
    assert qapp is not None
    use_support(DESK)
    yield DESK
    use_support("")


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (f"Tell {SUPPORT}.", f"Tell {DESK}."),
        (f"It wasn't used. Tell {SUPPORT}.", f"It wasn't used. Tell {DESK}."),
        (f"Remove one, or ask {SUPPORT}.", f"Remove one, or ask {DESK}."),
        (
            f"Tell {SUPPORT} now: someone may have a copy of your key.",
            f"Tell {DESK} now: someone may have a copy of your key.",
        ),
        (f"Ask {SUPPORT}.", f"Ask {DESK}."),
    ],
)
def test_errors_name_them(desk: str, sentence: str, shown: str) -> None:
    assert desk in shown
    assert translated(sentence) == shown
    error = CountersignError("x", "It failed.", sentence)
    assert hint_of(error) == shown


@pytest.mark.usefixtures("desk")
def test_an_error_that_is_not_known_names_nobody() -> None:
    assert translated("Tell a friend") == "Tell a friend"


@pytest.mark.parametrize("name", ["certificate", "not_push", "too_many_devices"])
def test_adding_an_account_names_them(desk: str, name: str) -> None:
    error = (
        NetworkError(name, "-") if name == "certificate" else BackendError(name, "-", status=400)
    )
    assert f"{desk}." in words_for(error, "x.example").sentence


def test_without_a_policy_it_is_who_gave_the_account(qapp: QApplication) -> None:
    assert qapp is not None
    assert support() == SUPPORT
    use_support(SUPPORT)
    assert support() == SUPPORT
    use_support("")
    assert support() == SUPPORT


@pytest.mark.usefixtures("qapp")
def test_their_words_are_made_safe_to_show() -> None:
    assert worded("IT\u202edesk") == "IT⟨U+202E⟩desk"
    assert worded("{why} {support}") == "{why} {support}"


def test_braces_in_their_words_stay(qapp: QApplication) -> None:
    assert qapp is not None
    with pytest.raises(CountersignError) as caught:
        check_addresses(Policy(backends=(), support="{host} {0}"), "https://a.example")
    assert hint_of(caught.value) == "Ask {host} {0}."
