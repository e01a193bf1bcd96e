"""Holds every test to the rules, and fails the one that breaks any.

A rule is a context manager that gets the test and a list for its complaints. All are entered
before the test's first fixture and left after its last: what is still there then has leaked.
"""

import contextlib
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack

import pytest

type_of_rule = Callable[[pytest.Item, list[str]], AbstractContextManager[None]]

_rules: list[type_of_rule] = []
_open = pytest.StashKey[tuple[ExitStack, list[str]]]()
_passed = pytest.StashKey[bool]()


def add_rule(rule: type_of_rule) -> None:
    """Hold all tests to this rule; called by a plugin when it is configured."""
    if rule not in _rules:
        _rules.append(rule)


def has_passed(item: pytest.Item) -> bool:
    """Whether the test's own body ran to its end; known from its teardown on."""
    return item.stash.get(_passed, False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Enter the rules before any fixture is made."""
    stack, complaints = ExitStack(), list[str]()
    item.stash[_open] = stack, complaints
    for rule in _rules:
        stack.enter_context(rule(item, complaints))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember how the body ended: some rules ask nothing of a test that was cut short."""
    report = yield
    if call.when == "call":
        item.stash[_passed] = report.passed
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Leave the rules after the last fixture is gone, and fail with what they found."""
    stack, complaints = item.stash[_open]
    try:
        result = yield
    except BaseException as error:
        with contextlib.suppress(Exception):
            stack.close()
        for complaint in complaints:
            error.add_note(f"And {complaint}")
        raise
    stack.close()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
    return result
