"""A connection to a D-Bus bus that only listens: a few questions, then signals.

jeepney comes with keyring, on Linux only, and is imported when a bus is first needed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from jeepney import MatchRule, Message
    from jeepney.io.asyncio import DBusConnection

_PATIENCE: Final = 10.0
"""Seconds for a connection, or for an answer."""
_KEPT: Final = 1000  # signals that come while an answer is waited for


class BusGone(Exception):  # noqa: N818 - what is so
    """There is no such bus here, or no longer; the message says what was seen."""


class Refused(Exception):  # noqa: N818 - what is so
    """The other end answered with an error; the message is its name."""


class Bus:
    """One connection; each call raises BusGone once it has ended. Made by `connected`."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._kept: deque[Message] = deque(maxlen=_KEPT)

    async def call(self, message: Message) -> tuple[Any, ...]:
        """Ask, and return the answer's values; raises Refused. Starts no program for it."""
        from jeepney import HeaderFields, MessageFlag, MessageType  # noqa: PLC0415 - Linux only

        message.header.flags = MessageFlag.no_auto_start
        serial = next(self._connection.outgoing_serial)
        with _as_gone():
            async with asyncio.timeout(_PATIENCE):
                await self._connection.send(message, serial=serial)
                while True:
                    got = await self._connection.receive()
                    fields = got.header.fields
                    if fields.get(HeaderFields.reply_serial) == serial:
                        break
                    self._kept.append(got)
        if got.header.message_type is MessageType.error:
            raise Refused(str(fields.get(HeaderFields.error_name)))
        return tuple(got.body)

    async def subscribe(self, rule: MatchRule) -> None:
        """Have signals sent here."""
        from jeepney import message_bus  # noqa: PLC0415 - Linux only

        await self.call(message_bus.AddMatch(rule))

    async def owner(self, name: str) -> str:
        """Return the connection that has a name; "" if none has."""
        from jeepney import message_bus  # noqa: PLC0415 - Linux only

        try:
            return str((await self.call(message_bus.GetNameOwner(name)))[0])
        except Refused:
            return ""

    async def signal(self) -> Message:
        """Wait for the next signal."""
        from jeepney import MessageType  # noqa: PLC0415 - Linux only

        with _as_gone():
            while True:
                got = self._kept.popleft() if self._kept else await self._connection.receive()
                if got.header.message_type is MessageType.signal:
                    return got


@contextlib.asynccontextmanager
async def connected(address: str) -> AsyncIterator[Bus]:
    """Connect to the `SYSTEM` or the `SESSION` bus, or to one at an address; raises BusGone."""
    with _as_gone():
        async with asyncio.timeout(_PATIENCE):
            connection = await _opened(address)
    bus = Bus(connection)
    try:
        from jeepney import message_bus  # noqa: PLC0415 - Linux only

        await bus.call(message_bus.Hello())
        yield bus
    finally:
        await _closed(connection.writer)


async def _opened(address: str) -> DBusConnection:
    """Connect and log in; jeepney's own way leaves the socket open where that fails."""
    from jeepney.auth import BEGIN, Authenticator  # noqa: PLC0415 - Linux only
    from jeepney.bus import get_bus  # noqa: PLC0415
    from jeepney.io.asyncio import DBusConnection  # noqa: PLC0415

    reader, writer = await asyncio.open_unix_connection(get_bus(address))
    try:
        login = Authenticator()
        for line in login:
            writer.write(line)
            await writer.drain()
            login.feed(await _line(reader))
        writer.write(BEGIN)
        await writer.drain()
    except BaseException:
        await _closed(writer)
        raise
    return DBusConnection(reader, writer)


async def _line(reader: asyncio.StreamReader) -> bytes:
    if not (answer := await reader.read(1024)):
        raise EOFError("the bus hung up")
    return answer


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


@contextlib.contextmanager
def _as_gone() -> Iterator[None]:
    """Turn all that can become of a bus into BusGone."""
    try:
        yield
    except (
        ImportError,  # no jeepney: not Linux
        OSError,  # TimeoutError among them
        EOFError,
        KeyError,  # no address in the environment
        RuntimeError,  # an address that isn't a socket's
        ValueError,  # an address that is none, a login that is refused, a message that is none
    ) as error:
        raise BusGone(f"{type(error).__name__}: {error}"[:200]) from error
