"""Specimens: log records at WARNING or above."""

import logging

import pytest

_log = logging.getLogger("specimen")


def test_bad_undeclared_warning() -> None:
    _log.warning("a disk is on fire")


def test_bad_undeclared_where_propagation_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_log, "propagate", False)
    _log.error("nobody hears this")


@pytest.mark.expect_log("never comes")
def test_bad_declared_and_missing() -> None:
    _log.info("something else")


@pytest.mark.expect_log("on fire")
def test_bad_declared_one_of_two() -> None:
    _log.warning("a disk is on fire")
    _log.warning("and under water")


@pytest.fixture
def _late() -> object:
    yield
    _log.warning("said in teardown")


@pytest.mark.usefixtures("_late")
def test_bad_in_teardown() -> None:
    pass


@pytest.mark.expect_log("WARNING specimen: a disk is on fire$")
def test_good_declared() -> None:
    _log.warning("a disk is %s", "on fire")


def test_good_info() -> None:
    _log.info("all is well")
