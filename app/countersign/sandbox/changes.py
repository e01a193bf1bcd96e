"""A feed that says only that something changed: who shows it waits on this and looks anew."""

from __future__ import annotations

import asyncio
import threading


class Changes:
    """A number that grows with each change, for waiters in any event loop.

    `bump` and `close` may be called from any thread, and never block for long.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._closed = False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def version(self) -> int:
        """How many changes there have been in this process."""
        return self._version

    @property
    def closed(self) -> bool:
        """Whether the sandbox is stopping: nobody needs to wait any more."""
        return self._closed

    def bump(self) -> None:
        """Say that something changed; it must be visible to readers already."""
        with self._lock:
            self._version += 1
            self._wake()

    def close(self) -> None:
        """End every wait, now and later."""
        with self._lock:
            self._closed = True
            self._wake()

    def _wake(self) -> None:
        for loop, event in self._waiting:
            # A loop that has been closed has nobody left to wake.
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)
        self._waiting.clear()

    async def wait(self, seen: int, timeout: float) -> int:  # noqa: ASYNC109 - also without news the stream must say something
        """Give the version once it isn't `seen` any more, or after `timeout` seconds as it is."""
        waiter = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            if self._version != seen or self._closed:
                return self._version
            self._waiting.add(waiter)
        try:
            async with asyncio.timeout(timeout):
                await waiter[1].wait()
        except TimeoutError:
            pass
        finally:
            with self._lock:
                self._waiting.discard(waiter)
        return self._version
