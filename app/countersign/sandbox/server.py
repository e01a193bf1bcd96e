"""uvicorn, made to fit: it tells when it listens, sleeps when idle, and leaves signals alone."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import uvicorn
from typing_extensions import override

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator


class Server(uvicorn.Server):
    """Tells when it listens, stops when told, and leaves signals to whoever runs it."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._end_streams = stopping
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self._ready()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()  # they would last as long as somebody listens
        await super().shutdown(sockets)

    @override
    async def main_loop(self) -> None:
        # uvicorn's own looks at its flag ten times a second; an idle sandbox should sleep.
        if not self.should_exit:
            await self._stopping.wait()

    def stop(self) -> None:
        """Stop soon; from any thread or signal handler, and as often as one likes."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it has stopped
                self._loop.call_soon_threadsafe(self._stopping.set)

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn raises a signal again once it has stopped; being told to stop is no failure here.
        yield
