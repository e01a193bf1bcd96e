"""One connection's dealings with the service of the desktop's notices."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final, Protocol

from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus, new_method_call

from countersign.desktop.notify.port import REVIEW
from countersign.desktop.presence.bus import Refused

if TYPE_CHECKING:
    from jeepney import Message

    from countersign.desktop.notify.port import Notice
    from countersign.desktop.presence.bus import Bus

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
_BUS: Final = "org.freedesktop.DBus"
_DEFAULT: Final = "default"
"""The action that a click on the notice itself invokes."""
_AS_USUAL: Final = -1
_SERVICE: Final = DBusAddress(PATH, bus_name=NAME, interface=NAME)
_MOST: Final = 2**31 - 1

Picture = tuple[int, int, int, bool, int, int, bytes]
"""Width, height, bytes a row, whether it has alpha, bits a sample, channels, and the pixels."""


class Listener(Protocol):
    """Who hears of clicks, by our own ids."""

    def pressed(self, ident: str, key: str, token: str) -> None:
        """Hear of an action, and of what lets a window come to the front ("" if nothing)."""

    def gone(self, ident: str) -> None:
        """Hear that a notice is gone."""


class Daemon:
    """Whoever owns the name; its numbers, and what it can do. Each call may raise BusGone."""

    def __init__(self, bus: Bus, listener: Listener, picture: Picture | None = None) -> None:
        self._bus = bus
        self._picture = picture
        self._listener = listener
        self._owner = ""
        self._can: frozenset[str] | None = None
        self._numbers: dict[str, int] = {}
        self._token: tuple[int, str] = (0, "")

    async def begin(self) -> None:
        """Listen to it, and to its coming and going."""
        for rule in _rules():
            await self._bus.subscribe(rule)
        self._owner = await self._bus.owner(NAME)

    async def show(self, notice: Notice) -> bool:
        """Show a notice, starting the service if need be; False where nobody takes it."""
        try:
            await self._find()
            if not self._owner:
                await self._bus.call(message_bus.StartServiceByName(NAME))
                await self._find()
            if self._can is None:
                (can,) = await self._bus.call(new_method_call(_SERVICE, "GetCapabilities"))
                self._can = frozenset(map(str, can))
            (number,) = await self._bus.call(self._notify(notice, self._can))
        except (Refused, TypeError, ValueError):  # none, or one that doesn't keep to the rules
            self._can = None
            return False
        self._numbers[notice.id] = int(number)
        return True

    async def close(self, ident: str) -> None:
        """Take a notice away."""
        number = self._numbers.pop(ident, None)
        if number is None or not self._owner:
            return
        try:
            await self._bus.call(new_method_call(_SERVICE, "CloseNotification", "u", (number,)))
        except Refused:
            return  # it was gone already; some daemons call that an error

    async def heed(self, signal: Message) -> None:
        """Take in a signal."""
        fields = signal.header.fields
        sender, member = fields.get(HeaderFields.sender), fields.get(HeaderFields.member)
        if sender == _BUS and member == "NameOwnerChanged":
            await self._find()  # what the signal says may be an old story by now
        elif sender == self._owner and self._owner:  # anybody can send a signal to anybody
            self._heed_daemon(str(member), tuple(signal.body))

    def shows(self, ident: str) -> bool:
        """Tell whether a notice is up; True as well where there is nobody who could show it."""
        return not self._owner or ident in self._numbers

    async def _find(self) -> None:
        """Follow the name's owner; a new one shows nothing yet."""
        owner = await self._bus.owner(NAME)
        if owner != self._owner:
            self._owner, self._can = owner, None
            self._numbers.clear()

    def _heed_daemon(self, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "ActivationToken", (int(number), str(token)):
                self._token = (number, token)
            case "ActionInvoked", (int(number), str(key)):
                of, token = self._token
                self._token = (0, "")
                if ident := self._ident(number):
                    key = REVIEW if key == _DEFAULT else key
                    self._listener.pressed(ident, key, token if of == number else "")
            case "NotificationClosed", (int(number), int()):
                if ident := self._ident(number):
                    del self._numbers[ident]
                    self._listener.gone(ident)

    def _ident(self, number: int) -> str:
        return next((ident for ident, known in self._numbers.items() if known == number), "")

    def _notify(self, notice: Notice, can: frozenset[str]) -> Message:
        actions: list[str] = []
        if "actions" in can:
            for action in notice.actions:
                if action.key == REVIEW:
                    actions += [_DEFAULT, ""]  # with a label, some draw a button for it too
                actions += [action.key, action.label]
        body = escape(notice.body, quote=False) if "body-markup" in can else notice.body
        hints: dict[str, tuple[str, object]] = {
            "desktop-entry": ("s", "countersign"),
            "category": ("s", "im.received"),
        }
        if self._picture is not None:
            hints["image-data"] = ("(iiibiiay)", self._picture)
        if notice.quiet:
            hints["suppress-sound"] = ("b", True)
        lasts = _AS_USUAL if notice.lasts is None else min(int(notice.lasts * 1000), _MOST)
        values = ("Countersign", self._numbers.get(notice.id, 0), "countersign", notice.title)
        return new_method_call(
            _SERVICE, "Notify", "susssasa{sv}i", (*values, body, actions, hints, lasts)
        )


def _rules() -> list[MatchRule]:
    coming = MatchRule(type="signal", sender=_BUS, interface=_BUS, member="NameOwnerChanged")
    coming.add_arg_condition(0, NAME)
    return [coming, MatchRule(type="signal", interface=NAME, path=PATH)]
