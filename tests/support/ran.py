"""Writes down which tests passed, where `PYTEST_COUNTERSIGN_RAN` names a file for it.

By that name since all else of the environment is taken from tests, and from what runs with them.

`dev.py test` compares that with the tests that SECURITY.md and docs/threat-model.md name.
"""

import os
from pathlib import Path

import pytest

_passed: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take in what passed; under xdist the controller hears of all of it."""
    if report.when == "call" and report.passed:
        _passed.add(report.nodeid.partition("[")[0])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Add it to the file, from the controller alone."""
    place = os.environ.get("PYTEST_COUNTERSIGN_RAN")
    if place and not hasattr(session.config, "workerinput"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(_passed))
