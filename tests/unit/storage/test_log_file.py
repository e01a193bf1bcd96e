"""The log: small, private, one line a record, and without the texts of errors."""

from __future__ import annotations

import logging
import stat
import sys
from typing import TYPE_CHECKING, TextIO

import pytest

from countersign.storage.log_file import LARGEST, log_path, logging_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ours = logging.getLogger("countersign.some.part")


@pytest.fixture
def stderr_handler() -> Iterator[logging.StreamHandler[TextIO]]:
    """Give what the command line has: errors go to standard error."""
    root, handler = logging.getLogger(), logging.StreamHandler(sys.stderr)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.ERROR)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def lines(folder: Path) -> list[str]:
    return log_path(folder).read_text(encoding="utf-8").splitlines()


def test_a_line_says_when_where_and_what(tmp_path: Path) -> None:
    with logging_to(tmp_path, "INFO"):
        ours.info("%s: %s", "api.example.com", "unreachable")
        ours.debug("not from this level on")
        logging.getLogger("httpx").info("GET https://api.example.com/IDENTITY")
    [line] = lines(tmp_path)
    when, rest = line.split(" ", 1)
    assert when[10] == "T"
    assert rest == "INFO countersign.some.part: api.example.com: unreachable"
    assert stat.S_IMODE(log_path(tmp_path).stat().st_mode) == 0o600
    assert not logging.getLogger("countersign").handlers, "and nobody writes any more"


def test_the_level_can_be_changed_meanwhile(tmp_path: Path) -> None:
    before = logging.getLogger("countersign").level
    with logging_to(tmp_path, "WARNING"):
        ours.info("one")
        logging.getLogger("countersign").setLevel("DEBUG")
        ours.debug("two")
    assert [line.rpartition(" ")[2] for line in lines(tmp_path)] == ["two"]
    assert logging.getLogger("countersign").level == before


def test_nothing_that_a_text_holds_makes_a_second_line(tmp_path: Path) -> None:
    with logging_to(tmp_path, "INFO"):
        ours.info("a\nINFO forged: \u202eb %s", "x" * 5000)
    [line] = lines(tmp_path)
    assert "a⟨U+000A⟩INFO forged: ⟨U+202E⟩b" in line
    assert len(line) < 1000


@pytest.mark.expect_log("ERROR countersign.some.part: it broke")
def test_of_an_error_there_is_its_kind_and_place_and_not_its_text(tmp_path: Path) -> None:
    with logging_to(tmp_path, "INFO"):
        try:
            int("the PIN is 123456")
        except ValueError:
            ours.exception("it broke")
    [line] = lines(tmp_path)
    assert "it broke [ValueError at test_log_file.py:" in line
    assert "123456" not in line


def test_it_never_grows_beyond_its_size(tmp_path: Path) -> None:
    with logging_to(tmp_path, "INFO"):
        for number in range(7 * LARGEST // 400):
            ours.info("%d %s", number, "x" * 400)
    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert set(sizes) == {"countersign.log", *(f"countersign.log.{one}" for one in range(1, 5))}
    assert all(0 < size <= LARGEST for size in sizes.values())
    assert f"{7 * LARGEST // 400 - 1} x" in lines(tmp_path)[-1], "the newest are what is kept"


def test_a_log_that_can_not_be_written_breaks_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_path(tmp_path).mkdir()
    with logging_to(tmp_path, "INFO"):
        ours.info("lost")
        log_path(tmp_path).rmdir()
        ours.info("kept, or lost as well")
    assert capsys.readouterr().err == ""


def test_no_other_file_is_written_through_a_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    log_path(tmp_path).symlink_to(other)
    with logging_to(tmp_path, "INFO"):
        ours.info("one")
    assert other.read_text(encoding="utf-8") == "mine"


@pytest.mark.expect_log("ERROR countersign.some.part: trouble")
def test_standard_error_says_no_more_than_before(
    tmp_path: Path,
    stderr_handler: logging.StreamHandler[TextIO],
    capsys: pytest.CaptureFixture[str],
) -> None:
    stderr_handler.setStream(sys.stderr)
    with logging_to(tmp_path, "DEBUG"):
        ours.info("for the log")
        ours.error("trouble")
    assert capsys.readouterr().err == "trouble\n"
    assert len(lines(tmp_path)) == 2
    assert stderr_handler.level == logging.NOTSET
