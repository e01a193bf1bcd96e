"""A log record at WARNING or above fails the test, unless it said that it would come."""

import contextlib
import logging
import re
from collections.abc import Iterator

import pytest

from tests.support import watch

# (regex over "LEVEL logger: message", why it may come at any time). Nothing yet, may it stay so.
ALLOWED: list[tuple[str, str]] = []

_sink: list[logging.LogRecord] = []
_call_handlers = logging.Logger.callHandlers


def _watched_call_handlers(self: logging.Logger, record: logging.LogRecord) -> None:
    """Look at each record that gets past its logger's level and filters.

    Not a handler on the root logger: uvicorn and others switch propagation off.
    """
    if record.levelno >= logging.WARNING:
        _sink.append(record)
    _call_handlers(self, record)


def _text(record: logging.LogRecord) -> str:
    return f"{record.levelname} {record.name}: {record.getMessage()}"


def _expected(item: pytest.Item) -> list[str]:
    return [regex for marker in item.iter_markers("expect_log") for regex in marker.args]


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    _sink.clear()
    yield
    texts = [_text(record) for record in _sink]
    expected = _expected(item)
    known = [*expected, *(regex for regex, _ in ALLOWED)]
    complaints += [
        f"logged what no expect_log mark declares: {text}"
        for text in texts
        if not any(re.search(regex, text) for regex in known)
    ]
    if watch.has_passed(item):
        complaints += [
            f"declared a log record that never came: {regex}"
            for regex in expected
            if not any(re.search(regex, text) for text in texts)
        ]


def pytest_configure(config: pytest.Config) -> None:
    """Start to look."""
    config.addinivalue_line(
        "markers",
        "expect_log(*regexes): each must match 'LEVEL logger: message' of a record at WARNING "
        "or above that this test brings about.",
    )
    logging.Logger.callHandlers = _watched_call_handlers  # type: ignore[method-assign]
    watch.add_rule(_rule)


def pytest_unconfigure() -> None:
    """Leave `logging` as it was."""
    logging.Logger.callHandlers = _call_handlers  # type: ignore[method-assign]
