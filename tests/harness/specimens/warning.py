"""Specimens: warnings are errors, also those that nobody is there to catch."""

import asyncio
import gc
import threading
import warnings


class _FailsToGo:
    def __del__(self) -> None:
        raise ValueError("raised while it was collected")


def _fail() -> None:
    raise ValueError("raised in a thread")


def test_bad_warning() -> None:
    warnings.warn("a specimen of a warning", UserWarning, stacklevel=1)


def test_bad_unraisable() -> None:
    _FailsToGo()
    gc.collect()


def test_bad_thread_exception() -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()


async def test_bad_coroutine_never_awaited() -> None:
    asyncio.sleep(0)  # type: ignore[unused-coroutine]
