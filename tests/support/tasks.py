"""Async tests run on asyncio, by anyio's plugin, and leave no task behind."""

import asyncio
import contextlib
import functools
import gc
import inspect
from collections.abc import Awaitable, Callable, Generator, Iterator

import pytest

from tests.support import watch

_GRACE_STEPS = 10  # of the loop, for tasks that are about to end
_complaints: list[str] = []

type_of_test = Callable[..., Awaitable[object]]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Name asyncio alone: it is what the app runs on."""
    return "asyncio"


async def _leaked(before: set["asyncio.Task[object]"]) -> set["asyncio.Task[object]"]:
    for _ in range(_GRACE_STEPS):
        if not asyncio.all_tasks() - before:
            break
        await asyncio.sleep(0)
    return asyncio.all_tasks() - before


def _guarded(function: type_of_test) -> type_of_test:
    """Wrap a test so that tasks which it started and left are named."""

    @functools.wraps(function)
    async def inner(*args: object, **kwargs: object) -> None:
        before = asyncio.all_tasks()
        try:
            await function(*args, **kwargs)
        finally:
            left = await _leaked(before)
            _complaints.extend(
                f"left a task running: {task.get_name()} {task.get_coro()!r}" for task in left
            )

    return inner


@contextlib.contextmanager
def _replaced(item: pytest.Function) -> Iterator[None]:
    """Guard the test itself, or under hypothesis each run of its inner function."""
    function = item.obj
    handle = getattr(function, "hypothesis", None)
    if handle is not None and inspect.iscoroutinefunction(handle.inner_test):
        handle.inner_test = _guarded(handle.inner_test)
    elif inspect.iscoroutinefunction(function):
        item.obj = _guarded(function)
    try:
        yield
    finally:
        item.obj = function


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Guard the test while it runs."""
    with _replaced(pyfuncitem):
        result = yield
    if "anyio_backend" in pyfuncitem.fixturenames:
        # An exception that no one fetched from a task is reported when the task is collected:
        # now, while it is this test's.
        gc.collect()
    return result


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    del item
    _complaints.clear()
    yield
    complaints += _complaints


def pytest_configure() -> None:
    """Start to look."""
    watch.add_rule(_rule)


def pytest_collection_finish() -> None:
    """Take all that is loaded out of the collector's sight: a collection costs 1 ms, not 50."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Give it back, for pytest's own look at what is never collected."""
    gc.unfreeze()
