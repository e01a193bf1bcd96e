"""A blocking call on the event loop fails the test, wherever it comes from in our own layers.

Tests that use Qt are left out: a window may read a small file. So are those that say
`may_block("why")`.
"""

import contextlib
import types
from collections.abc import Iterator
from pathlib import Path

import blockbuster
import blockbuster.blockbuster
import pytest

import countersign
from tests.support import watch

_complaints: list[str] = []
_SPECIMENS = Path(__file__).parents[1] / "harness" / "specimens"

# (file, function in it that may block, why)
ALLOWED: list[tuple[str, str, str]] = [
    ("<frozen importlib._bootstrap>", "_find_and_load", "imports block once, and on disk only"),
    ("shibokensupport/feature.py", "feature_imported", "what PySide6 adds to each import"),
    ("concurrent/futures/thread.py", "submit", "a lock held for no time"),
    ("httpx/_config.py", "create_ssl_context", "once a client, before its first request"),
]


class _NotedBlockingError(blockbuster.BlockingError):
    """Fails the test even if something swallows it."""

    def __init__(self, func: str) -> None:
        super().__init__(func)
        _complaints.append(f"blocked the event loop: {func}")


def _specimens() -> types.ModuleType:
    """Stand for the harness's own bad examples, which must be caught like the app's code."""
    module = types.ModuleType("specimens")
    module.__path__ = [str(_SPECIMENS)]
    return module


def _make_detector() -> blockbuster.BlockBuster:
    detector = blockbuster.BlockBuster([countersign, _specimens()])
    for file, function, _ in ALLOWED:
        for call in detector.functions.values():
            call.can_block_in(file, function)
    return detector


_detector = _make_detector()


def _applies_to(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "qapp" not in fixtures and item.get_closest_marker("may_block") is None


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    _complaints.clear()
    # Stays on from test to test: it acts only where a loop runs, and switching takes a while.
    if _applies_to(item):
        _detector.activate()
    else:
        _detector.deactivate()
    yield
    complaints += dict.fromkeys(_complaints)


def pytest_configure(config: pytest.Config) -> None:
    """Start to look."""
    config.addinivalue_line(
        "markers", "may_block(reason): this test's code may block the event loop, and why."
    )
    # The detector raises whatever this name is bound to.
    blockbuster.blockbuster.BlockingError = _NotedBlockingError  # type: ignore[misc]
    watch.add_rule(_rule)


def pytest_unconfigure() -> None:
    """Give every function back."""
    _detector.deactivate()
