"""History as a table: what spreadsheets make of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device.history_table import save, table
from countersign.push.errors import StorageError
from countersign.push.values import Field
from tests.desktop.lists.lists_support import account, decision

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.device.records import Decision


def rows(*decisions: Decision) -> list[dict[str, str]]:
    """Return what a reader of the table gets."""
    text = table(decisions, {account().sid: account()})
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "message",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u00a0=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"],
)
def test_no_text_becomes_a_formula(message: str) -> None:
    (row,) = rows(decision(message=message))
    assert row["message"] == f"'{message}"


def test_a_tab_or_a_line_break_before_a_formula_is_seen() -> None:
    (row,) = rows(decision(message="\t=1\r\n@x"))
    assert row["message"] == "⟨U+0009⟩=1⟨U+000D⟩⟨U+000A⟩@x"


def test_quotes_commas_and_other_scripts_come_back_as_they_were() -> None:
    message = 'Say "hi", שלום; 你好'
    (row,) = rows(decision(message=message))
    assert row["message"] == message


def test_what_was_shown_and_when_it_was_confirmed_are_in_it() -> None:
    made = decision()
    (row,) = rows(made.finished(made.decided_at, made.server_status))
    assert row["fields"] == "Location: Berlin"
    assert row["decided_at"] == row["finished_at"] == "2026-03-02T17:40:04Z"
    assert row["account"] == "Northwind Bank"
    (row,) = rows(decision(status=None))
    assert row["finished_at"] == ""


def test_a_request_with_twenty_full_fields_is_not_cut() -> None:
    fields = tuple(Field("L" * 36, "v" * 128) for _ in range(20))
    made = decision()
    (row,) = rows(replace(made, fields=fields))
    assert row["fields"].count("v" * 128) == 20


def test_a_file_says_that_it_is_utf_8_and_a_reader_that_knows_sees_no_mark(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    save(file, table([decision(message="Zürich")], {}))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfdecided_at,")
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    assert row["message"] == "Zürich"


def test_a_place_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as raised:
        save(tmp_path / "no such folder" / "history.csv", "")
    assert raised.value.name == "csv"
