"""No test leaves a thread behind."""

import contextlib
import threading
from collections.abc import Iterator

import pytest

from tests.support import watch

_GRACE = 2.0  # seconds, for a thread that was told to end and is about to


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    del item
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(_GRACE)
        if thread.is_alive():
            complaints.append(f"left a thread running: {thread.name}")


def pytest_configure() -> None:
    """Start to look."""
    watch.add_rule(_rule)
