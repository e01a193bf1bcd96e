"""A D-Bus service of ours on a real bus: it owns a name and answers what is asked of it.

It runs in a thread with a loop of its own, so that the app's loop meets it over the socket alone.
"""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, Self

from jeepney import HeaderFields, MessageType, message_bus
from jeepney.io.asyncio import open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

    from jeepney import Message
    from jeepney.io.asyncio import DBusConnection

TIMEOUT: Final = 20.0


class BusService(ABC):
    """A context manager; leaving it, the service goes as one that crashed."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        self._name = name
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name)
        self._connection: DBusConnection | None = None
        self._serving: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._begin())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Go."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT)
        self._loop.close()

    def send(self, message: Message) -> None:
        """Send something, such as a signal to everybody."""
        self._do(self._send(message))

    @abstractmethod
    def answer(self, message: Message) -> Message:
        """Return what is answered to a call."""

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    async def _begin(self) -> None:
        self._connection = connection = await open_dbus_connection(self.address)
        serial = next(connection.outgoing_serial)
        await connection.send(message_bus.RequestName(self._name), serial=serial)
        # Read by hand: a router would throw away the first calls, which come with the name.
        got = await connection.receive()
        while got.header.fields.get(HeaderFields.reply_serial) != serial:
            got = await connection.receive()
        assert got.body == (1,)
        self._serving = asyncio.create_task(self._serve())

    async def _end(self) -> None:
        assert self._connection
        assert self._serving
        self._serving.cancel()
        await asyncio.wait([self._serving])
        await self._connection.close()

    async def _send(self, message: Message) -> None:
        assert self._connection
        await self._connection.send(message)

    async def _serve(self) -> None:
        assert self._connection
        while True:
            try:
                message = await self._connection.receive()
            except (EOFError, OSError):  # the bus is gone
                return
            if message.header.message_type is MessageType.method_call:
                await self._send(self.answer(message))
