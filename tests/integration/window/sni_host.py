"""A StatusNotifier tray of ours: it takes items, reads what they show, and clicks on them.

Source: the StatusNotifierItem specification, and com.canonical.dbusmenu for the menus.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.asyncio import DBusRouter, Proxy, open_dbus_connection
from jeepney.io.blocking import open_dbus_connection as open_blocking
from jeepney.wrappers import unwrap_msg

from countersign.testing.x_session_parts import until

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

    from jeepney import Message
    from jeepney.io.asyncio import DBusConnection

WATCHER: Final = "org.kde.StatusNotifierWatcher"
_PATH: Final = "/StatusNotifierWatcher"
_ITEM: Final = "org.kde.StatusNotifierItem"
_MENU: Final = "com.canonical.dbusmenu"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_TIMEOUT: Final = 20.0


class SniHost:
    """The watcher and the host in one; a context manager. `items` are the names that registered."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tray")
        self._connection: DBusConnection | None = None
        self._serving: asyncio.Task[None] | None = None
        self.items: list[str] = []

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
        """Go, as a panel that crashed."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_TIMEOUT)
        self._loop.close()

    @property
    def item(self) -> str:
        """Wait for an item, and return its name."""
        return until(lambda: self.items[-1] if self.items else "", "an item in the tray")

    def shows(self, name: str) -> Any:  # noqa: ANN401 - a variant
        """Return a property of the item."""
        return self._call("/StatusNotifierItem", _PROPERTIES, "Get", "ss", _ITEM, name)[0][1]

    def click(self) -> None:
        """Click on the item."""
        self._call("/StatusNotifierItem", _ITEM, "Activate", "ii", 0, 0)

    def menu(self) -> dict[str, int]:
        """Return the visible entries of the item's menu, and their numbers."""
        place = self.shows("Menu")
        _, layout = self._call(place, _MENU, "GetLayout", "iias", 0, -1, [])
        entries = {}
        for _, (number, values, _) in layout[2]:
            label = values.get("label", ("s", ""))[1]
            if label and values.get("visible", ("b", True))[1]:
                entries[label] = number
        return entries

    def choose(self, label: str) -> None:
        """Choose an entry of the menu."""
        place = self.shows("Menu")
        number = until(lambda: self.menu().get(label), f"{label} in the menu")
        self._call(place, _MENU, "Event", "isvu", number, "clicked", ("i", 0), 0)

    def _call(self, path: str, interface: str, method: str, signature: str, *body: Any) -> Any:  # noqa: ANN401 - as D-Bus has it
        target = DBusAddress(path, bus_name=self.item, interface=interface)
        with open_blocking(self._address) as connection:
            message = new_method_call(target, method, signature, body)
            return unwrap_msg(connection.send_and_get_reply(message, timeout=_TIMEOUT))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_TIMEOUT)

    async def _begin(self) -> None:
        self._connection = await open_dbus_connection(self._address)
        async with DBusRouter(self._connection) as router:
            (got,) = await Proxy(message_bus, router).RequestName(WATCHER)
            assert got == 1
        self._serving = asyncio.create_task(self._serve())

    async def _end(self) -> None:
        assert self._connection
        assert self._serving
        self._serving.cancel()
        await asyncio.wait([self._serving])
        await self._connection.close()

    async def _serve(self) -> None:
        assert self._connection
        while True:
            message = await self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                await self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        fields = message.header.fields
        match fields.get(HeaderFields.member), tuple(message.body):
            case "Get", (str(), "IsStatusNotifierHostRegistered"):
                return new_method_return(message, "v", (("b", True),))
            case "Get", (str(), "ProtocolVersion"):
                return new_method_return(message, "v", (("i", 0),))
            case "RegisterStatusNotifierItem", (str(),):
                self.items.append(fields[HeaderFields.sender])
                return new_method_return(message)
            case _:
                return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("",))
