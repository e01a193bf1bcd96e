"""Specimens: threads."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

_stop = threading.Event()
_kept: list[ThreadPoolExecutor] = []


def test_bad_thread_left() -> None:
    threading.Thread(target=_stop.wait, name="specimen", daemon=True).start()


def test_bad_pool_left() -> None:
    pool = ThreadPoolExecutor(1, thread_name_prefix="pool")
    pool.submit(int)
    _kept.append(pool)


def test_good_joined() -> None:
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


async def test_good_worker() -> None:
    await asyncio.to_thread(int)
