"""A StatusNotifier tray of ours: it takes items, reads what they show, and clicks on them.

Source: the StatusNotifierItem specification, and com.canonical.dbusmenu for the menus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, HeaderFields, new_error, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg
from typing_extensions import override

from countersign.testing.x_session_parts import until
from tests.desktop.notify.bus_service import TIMEOUT, BusService

if TYPE_CHECKING:
    from jeepney import Message

WATCHER: Final = "org.kde.StatusNotifierWatcher"
_PATH: Final = "/StatusNotifierWatcher"
_ITEM: Final = "org.kde.StatusNotifierItem"
_MENU: Final = "com.canonical.dbusmenu"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"


class SniHost(BusService):
    """The watcher and the host in one; a context manager. `items` are the names that registered."""

    def __init__(self, address: str) -> None:
        super().__init__(address, WATCHER)
        self.items: list[str] = []

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
        with open_dbus_connection(self.address) as connection:
            message = new_method_call(target, method, signature, body)
            return unwrap_msg(connection.send_and_get_reply(message, timeout=TIMEOUT))

    @override
    def answer(self, message: Message) -> Message:
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
