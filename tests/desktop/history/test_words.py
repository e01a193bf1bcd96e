from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.history.words import copied, told
from countersign.desktop.lists.history_model import Result
from countersign.device.records import Mode
from countersign.push.values import ChallengeStatus, Field
from tests.desktop.request.world import ACCOUNT, APPROVED, DENIED, START, decision

if TYPE_CHECKING:
    from countersign.desktop.history.words import Told
    from countersign.device.records import Decision

NOW = START.timestamp() + 60
EXPIRED = ChallengeStatus.EXPIRED


def answer(**changes: object) -> Decision:
    """Return an approval, confirmed a second later, unless changed."""
    values: dict[str, object] = {
        "message": "Sign in to Northwind",
        "fields": (Field("Location", "Berlin, Germany"),),
        "decided_at": START + timedelta(seconds=5),
        "finished_at": START + timedelta(seconds=6),
        "server_status": APPROVED,
    }
    return decision(**(values | changes))  # type: ignore[arg-type]  # a decision's members


def say(made: Decision, now: float = NOW) -> Told:
    return told(made, ACCOUNT, now, "the help desk")


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode.HAND, "Answered 23:10:09 by you on this computer"),
        (Mode.COMMAND, "Answered 23:10:09 by the command line on this computer"),
        (Mode.SILENT_SIGN_IN, "Answered 23:10:09 silently, for a sign-in from here"),
        (Mode.SILENT_WINDOW, "Answered 23:10:09 silently, as you had turned on"),
    ],
)
def test_who_answered_and_when(mode: Mode, words: str) -> None:
    said = say(answer(mode=mode))
    assert (said.answered, said.outcome) == (words, "Confirmed 23:10:10")
    assert (said.result, said.word) == (Result.APPROVED, "Approved")
    failed = say(answer(mode=mode, server_status=None, error="not_arrived"))
    assert failed.answered == words.replace("Answered", "Answered “Approve”")


def test_another_day_has_its_date() -> None:
    said = say(answer(), NOW + 86_400)
    assert said.answered.startswith("Answered ")
    assert "2026" in said.answered
    assert said.outcome.endswith(" 23:10:10")
    assert said.outcome != "Confirmed 23:10:10"


def test_an_answer_whose_fate_is_open() -> None:
    said = say(answer(answer=DENIED, server_status=None, finished_at=None))
    assert (said.result, said.word) == (Result.UNKNOWN, "Checking answer")
    assert said.answered == "Answered “Deny” 23:10:09 by you on this computer"
    assert said.outcome == (
        "Countersign doesn't know yet if it arrived."
        " It is asking Northwind Bank and won't send it twice."
    )


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        ("expired", EXPIRED, "It expired first. Nothing was approved."),
        ("not_arrived", None, "It did not arrive. Nothing was approved."),
        ("changed", None, "The request had changed since it was shown. Nothing was approved."),
        (
            "changed",
            APPROVED,
            "The request had changed since it was shown. Northwind Bank has it as approved.",
        ),
        (
            "already_answered",
            DENIED,
            "It was answered from this computer before. Northwind Bank has it as denied.",
        ),
        ("not_found", None, "Northwind Bank took this request back."),
        ("account_removed", None, "The account was removed before it was known if it arrived."),
        ("unreachable", None, "Northwind Bank couldn't be reached. Nothing was approved."),
        ("locked", None, "Your password store was locked. Nothing was approved."),
        ("busy", None, "Northwind Bank was busy. Nothing was approved."),
        ("of_tomorrow", None, "It was not taken. Nothing was approved."),
        (None, DENIED, "It was not taken. Northwind Bank has it as denied."),
    ],
)
def test_why_it_was_not_taken(
    error: str | None, status: ChallengeStatus | None, words: str
) -> None:
    said = say(answer(error=error, server_status=status))
    assert said.outcome == words
    assert not said.alarm


def test_nothing_was_denied_where_that_was_wanted() -> None:
    said = say(answer(answer=DENIED, server_status=None, error="not_arrived"))
    assert said.outcome == "It did not arrive. Nothing was denied."


def test_a_copied_key_is_an_alarm() -> None:
    said = say(answer(error="answered_elsewhere", server_status=DENIED))
    assert said.alarm
    assert said.outcome == (
        "This request was answered with your key, but not by this app. Tell the help desk now."
    )


def test_names_with_braces_are_only_names() -> None:
    odd = replace(ACCOUNT, label="{support} {0}")
    said = told(answer(server_status=None, error="busy"), odd, NOW, "{account}")
    assert said.outcome == "{support} {0} was busy. Nothing was approved."


def test_an_account_that_is_gone_is_named_by_its_sid() -> None:
    said = told(answer(), None, NOW, "")
    assert (said.label, said.host) == (ACCOUNT.sid, "Removed from this computer")


def test_hidden_characters_are_visible_and_nothing_is_cut_off() -> None:
    long = "v" * 2000
    said = say(answer(message="a\u202eb", fields=(Field("x\ny", "\u200b"), Field("long", long))))
    assert said.message == "a⟨U+202E⟩b"
    assert [(row.label, row.value) for row in said.rows] == [
        ("x⟨U+000A⟩y", "⟨U+200B⟩"),
        ("long", long),
    ]


def test_all_of_it_can_be_copied() -> None:
    said = say(answer(answer=DENIED, server_status=DENIED, suspicious=True))
    assert copied(said).split("\n") == [
        "Account: Northwind Bank (auth.northwind.example)",
        f"Request: Sign in to Northwind ({said.sid})",
        "Location: Berlin, Germany",
        "Result: Denied, not me",
        "Answered 23:10:09 by you on this computer",
        "Confirmed 23:10:10",
    ]
