"""Specimens: tasks of asyncio."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

_kept: set[asyncio.Task[None]] = set()


async def _wait_for_ever() -> None:
    await asyncio.Event().wait()


async def _fail() -> None:
    raise ValueError("nobody asked this task how it went")


def _start() -> asyncio.Task[None]:
    task = asyncio.create_task(_wait_for_ever(), name="specimen")
    _kept.add(task)
    return task


async def test_bad_task_left() -> None:
    _start()
    await asyncio.sleep(0)


@settings(max_examples=2, database=None)
@given(st.booleans())
async def test_bad_task_left_in_a_property(which: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    del which
    _start()
    await asyncio.sleep(0)


async def test_bad_exception_never_retrieved() -> None:
    asyncio.create_task(_fail())  # noqa: RUF006 - a lost task is the point
    await asyncio.sleep(0)


class TestMethods:
    """A test may be a method."""

    async def test_bad_task_left_in_a_method(self) -> None:
        """It is guarded like a function."""
        _start()
        await asyncio.sleep(0)


async def test_good_task_awaited() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    await task


async def test_good_task_cancelled() -> None:
    _start().cancel()


@settings(max_examples=2, database=None)
@given(st.booleans())
async def test_good_property(which: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    await asyncio.create_task(asyncio.sleep(0, result=which))
