"""A notification service of ours on a real bus: it keeps what it is told, and says what a test has.

It runs in a thread with a loop of its own, so that the app's loop meets it over the socket alone.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusRouter, Proxy, open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from types import TracebackType

    from jeepney import Message
    from jeepney.io.asyncio import DBusConnection

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
ALL: Final = ("body", "body-markup", "actions")
_SIGNATURES: Final = {"ActionInvoked": "us", "ActivationToken": "us", "NotificationClosed": "uu"}
_TIMEOUT: Final = 20.0


@dataclass(frozen=True)
class Shown:
    """One notice as it came over the bus."""

    number: int
    app: str
    title: str
    body: str
    actions: dict[str, str]
    hints: dict[str, tuple[str, Any]]
    lasts: int
    replaces: int


class FakeDaemon:
    """The service; a context manager. `up` has what is shown now, by number."""

    def __init__(
        self, address: str, can: Sequence[str] = ALL, *, first: int = 1, refuses: bool = False
    ) -> None:
        self._address = address
        self._can = list(can)
        self._refuses = refuses
        self._number = first - 1
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake daemon")
        self._connection: DBusConnection | None = None
        self._serving: asyncio.Task[None] | None = None
        self.up: dict[int, Shown] = {}
        self.seen: list[Shown] = []
        self.closed: list[int] = []

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
        """Go, as a daemon that crashed."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_TIMEOUT)
        self._loop.close()

    def say(self, signal: str, *body: object) -> None:
        """Send a signal to everybody."""
        emitter = DBusAddress(PATH, interface=NAME)
        self._do(self._send(new_signal(emitter, signal, _SIGNATURES[signal], body)))

    def close(self, number: int, reason: int = 2) -> None:
        """Close one, as its user does."""
        self.up.pop(number, None)
        self.say("NotificationClosed", number, reason)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_TIMEOUT)

    async def _begin(self) -> None:
        self._connection = await open_dbus_connection(self._address)
        async with DBusRouter(self._connection) as router:
            (got,) = await Proxy(message_bus, router).RequestName(NAME)
            assert got == 1
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
                await self._send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        member = message.header.fields[HeaderFields.member]
        if self._refuses:
            return new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("no",))
        answers: dict[str, Callable[[Message], Message]] = {
            "GetCapabilities": lambda asked: new_method_return(asked, "as", (self._can,)),
            "Notify": self._notify,
            "CloseNotification": self._close,
        }
        return answers[member](message)

    def _notify(self, message: Message) -> Message:
        app, replaces, _, title, body, actions, hints, lasts = message.body
        if replaces not in self.up:
            self._number += 1
        number = replaces if replaces in self.up else self._number
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        shown = Shown(number, app, title, body, pairs, dict(hints), lasts, replaces)
        self.up[number] = shown
        self.seen.append(shown)
        return new_method_return(message, "u", (number,))

    def _close(self, message: Message) -> Message:
        (number,) = message.body
        self.closed.append(number)
        if self.up.pop(number, None) is None:  # as some daemons have it
            return new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("not there",))
        return new_method_return(message)
