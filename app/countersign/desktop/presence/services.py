"""What tells of a locked screen and of sleep on Linux: logind, and the desktops' screen savers."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from countersign.desktop.presence.bus import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jeepney import MatchRule, Message

    from countersign.desktop.presence.bus import Bus
    from countersign.desktop.presence.signs import Signs

_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_LOGIND: Final = "org.freedesktop.login1"
_MANAGER: Final = "/org/freedesktop/login1"
_SESSIONS: Final = "/org/freedesktop/login1/session"
_ELSEWHERE: Final = "another session"

SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
"""Names on the session bus and the objects that know whether the screen is covered."""


class Service(ABC):
    """A name on a bus whose owner tells of the user; what it tells goes into `signs`."""

    def __init__(self, name: str, signs: Signs) -> None:
        self.name = name
        self.signs = signs

    @property
    @abstractmethod
    def rules(self) -> Sequence[MatchRule]:
        """Which of its signals to have sent here."""

    @abstractmethod
    async def begin(self, bus: Bus) -> None:
        """Find out how things are: the name has just got its owner."""

    @abstractmethod
    def heed(self, signal: Message) -> None:
        """Take in a signal of the name's owner; one that isn't as documented is left alone."""

    @abstractmethod
    def gone(self) -> None:
        """Take back what was told: there is nobody any more who would."""


class ScreenSaver(Service):
    """`ActiveChanged(b)`, as GNOME, KDE and others have it."""

    def __init__(self, name: str, path: str, signs: Signs) -> None:
        super().__init__(name, signs)
        self._path = path

    @property
    @override
    def rules(self) -> Sequence[MatchRule]:
        return (_rule(self.name, interface=self.name, member="ActiveChanged"),)

    @override
    async def begin(self, bus: Bus) -> None:
        answer = await _ask(bus, self.name, self._path, f"{self.name}.GetActive")
        self.signs.set_locked(self.name, locked=answer == (True,))

    @override
    def heed(self, signal: Message) -> None:
        if _kind(signal) == (self.name, "ActiveChanged") and len(signal.body) == 1:
            self.signs.set_locked(self.name, locked=signal.body[0] is True)

    @override
    def gone(self) -> None:
        self.signs.set_locked(self.name, locked=False)


class Logind(Service):
    """The session's `LockedHint`, `Lock`, `Unlock` and `Active`, and `PrepareForSleep`.

    A session that isn't active, since another user's is in front, counts as locked.

    `woke` is called when the computer is awake again.
    """

    def __init__(self, signs: Signs, woke: Callable[[], None]) -> None:
        super().__init__(_LOGIND, signs)
        self._woke = woke
        self._session = ""

    @property
    @override
    def rules(self) -> Sequence[MatchRule]:
        session = f"{_LOGIND}.Session"
        changed = _rule(
            self.name,
            interface=_PROPERTIES,
            member="PropertiesChanged",
            path_namespace=_SESSIONS,
        )
        changed.add_arg_condition(0, session)
        return (
            _rule(self.name, interface=f"{_LOGIND}.Manager", member="PrepareForSleep"),
            _rule(self.name, interface=session, member="Lock"),
            _rule(self.name, interface=session, member="Unlock"),
            changed,
        )

    @override
    async def begin(self, bus: Bus) -> None:
        self._session = await self._own_session(bus)
        sleeping = await self._get(bus, _MANAGER, f"{_LOGIND}.Manager", "PreparingForSleep")
        self.signs.asleep = sleeping is True
        if self._session:
            locked = await self._get(bus, self._session, f"{_LOGIND}.Session", "LockedHint")
            self.signs.set_locked(self.name, locked=locked is True)
            active = await self._get(bus, self._session, f"{_LOGIND}.Session", "Active")
            self.signs.set_locked(_ELSEWHERE, locked=active is False)

    @override
    def heed(self, signal: Message) -> None:
        kind, body = _kind(signal), signal.body
        if kind == (f"{_LOGIND}.Manager", "PrepareForSleep") and len(body) == 1:
            self._sleep(asleep=body[0] is True)
        elif not self._session or _path(signal) != self._session:
            return  # another session's
        elif kind == (f"{_LOGIND}.Session", "Lock"):
            self.signs.lock_asked = True
        elif kind == (f"{_LOGIND}.Session", "Unlock"):
            self.signs.set_locked(self.name, locked=False)
        elif kind == (_PROPERTIES, "PropertiesChanged"):
            self._changed(body[1])

    @override
    def gone(self) -> None:
        self._session, self.signs.asleep = "", False
        self.signs.set_locked(self.name, locked=False)
        self.signs.set_locked(_ELSEWHERE, locked=False)

    def _changed(self, values: Mapping[str, tuple[str, object]]) -> None:
        if "LockedHint" in values:
            self.signs.set_locked(self.name, locked=values["LockedHint"][1] is True)
        if "Active" in values:  # another user's session may be in front
            self.signs.set_locked(_ELSEWHERE, locked=values["Active"][1] is False)

    def _sleep(self, *, asleep: bool) -> None:
        woke = self.signs.asleep and not asleep
        self.signs.asleep = asleep
        if woke:
            self._woke()

    async def _own_session(self, bus: Bus) -> str:
        """Return the object of the session that this program belongs to, or its user's display's.

        A desktop may start programs outside of any session, as systemd's user services.
        """
        for name in (os.environ.get("XDG_SESSION_ID"), "auto"):
            if name:
                found = await _ask(bus, self.name, _MANAGER, f"{_LOGIND}.Manager.GetSession", name)
                if found:
                    return str(found[0])
        return ""

    async def _get(self, bus: Bus, path: str, interface: str, name: str) -> object:
        answer = await _ask(bus, self.name, path, f"{_PROPERTIES}.Get", interface, name)
        return answer[0][1] if answer else None


async def _ask(bus: Bus, name: str, path: str, method: str, *words: str) -> tuple[Any, ...]:
    """Call `interface.Method` with strings; nothing where it is refused."""
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - Linux only

    interface, _, member = method.rpartition(".")
    target = DBusAddress(path, bus_name=name, interface=interface)
    try:
        return await bus.call(new_method_call(target, member, "s" * len(words) or None, words))
    except Refused:
        return ()


def _rule(sender: str, **more: str) -> MatchRule:
    from jeepney import MatchRule  # noqa: PLC0415 - Linux only

    return MatchRule(type="signal", sender=sender, **more)


def _kind(signal: Message) -> tuple[str, str]:
    from jeepney import HeaderFields  # noqa: PLC0415 - Linux only

    fields = signal.header.fields
    return fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, "")


def _path(signal: Message) -> str:
    from jeepney import HeaderFields  # noqa: PLC0415 - Linux only

    return str(signal.header.fields.get(HeaderFields.path, ""))
