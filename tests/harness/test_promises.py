"""Each test that SECURITY.md names exists; that it ran and passed, `dev.py test` checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness import promises
from tests.harness.promises import is_full, main, named, not_run

if TYPE_CHECKING:
    from pathlib import Path

THIS = "tests/harness/test_promises.py"


@pytest.mark.parametrize(("file", "test"), named())
def test_what_is_named_exists(file: str, test: str) -> None:
    assert is_full(file, test) is not None


def test_each_promise_names_a_test() -> None:
    text = promises.PAGES[0].read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| P")]
    numbers = [int(row[3:].partition(".")[0]) for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    for row in rows:
        assert "::test_" in row, row


def test_what_did_not_pass_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, ran = tmp_path / "page.md", tmp_path / "ran"
    page.write_text(
        f"`{THIS}::test_what_is_named_exists` `{THIS}::test_that_is_not_there`", encoding="utf-8"
    )
    monkeypatch.setattr(promises, "PAGES", (page,))
    ran.write_text(f"{THIS}::test_what_is_named_exists\n", encoding="utf-8")
    assert main([str(ran)]) == 1
    assert "test_that_is_not_there" in capsys.readouterr().out
    assert not_run({f"{THIS}::test_that_is_not_there"}, full=False) == [
        f"{THIS}::test_what_is_named_exists"
    ]


def test_a_mark_is_seen_on_a_test_and_on_its_module() -> None:
    assert is_full("tests/supply/test_supply.py", "test_the_wheel_is_the_same_twice") is True
    assert is_full(THIS, "test_what_is_named_exists") is False
    assert is_full(THIS, "test_none") is None
    assert is_full("tests/none.py", "test_none") is None
