"""A slice of the fuzzing, so that a parser that broke isn't found months later."""

from __future__ import annotations

import sys

import pytest

from tests.fuzz.__main__ import known, run

CASES = 10_000
ATHERIS = sys.platform == "linux" and sys.version_info < (3, 14)  # as in pyproject.toml


@pytest.mark.skipif(not ATHERIS, reason="atheris is for Linux, and for Python up to 3.13")
@pytest.mark.parametrize("name", known())
def test_nothing_but_values_and_typed_errors(name: str) -> None:
    ran = run(name, CASES)
    assert not ran.found, ran.found


@pytest.mark.skipif(not ATHERIS, reason="atheris is for Linux, and for Python up to 3.13")
def test_a_parser_that_raises_anything_else_is_a_find() -> None:
    """Mutations of a number reach what isn't one, and the run says so."""
    ran = run("find-me", 10_000)
    assert "ValueError" in ran.found
