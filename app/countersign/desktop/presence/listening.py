"""Listens to services on a bus for as long as the app runs, through all that a bus may do."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from countersign.desktop.presence.bus import BusGone, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jeepney import MatchRule, Message

    from countersign.desktop.presence.bus import Bus
    from countersign.desktop.presence.services import Service

_log = logging.getLogger(__name__)

_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_DBUS: Final = "org.freedesktop.DBus"


async def listen(address: str, services: Sequence[Service], told: Callable[[], None]) -> None:
    """Listen until cancelled, connecting anew where the bus goes away.

    `told` is called after whatever may have changed the services' signs. Without a bus nothing is
    known, and that is said in the log once.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            async with connected(address) as bus:
                pause = _FIRST_PAUSE
                await Listener(bus, services, told).run()
        except BusGone as error:
            level = logging.INFO if pause == _FIRST_PAUSE else logging.DEBUG
            _log.log(level, "no %s bus tells whether the user is here: %s", address, error)
        for service in services:
            service.gone()
        told()
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


class Listener:
    """Listens on one connection, to the owners of the services' names and to nobody else.

    Anybody on a bus can send a signal straight to anybody: only the bus knows who has a name.
    """

    def __init__(self, bus: Bus, services: Sequence[Service], told: Callable[[], None]) -> None:
        self._bus = bus
        self._services = {service.name: service for service in services}
        self._owners: dict[str, str] = {}
        self._told = told

    async def run(self) -> None:
        """Listen until the bus is gone, which is raised."""
        for service in self._services.values():
            await self._bus.subscribe(_owner_changes(service.name))
            for rule in service.rules:
                await self._bus.subscribe(rule)
            await self._follow(service, await self._bus.owner(service.name))
        there = ", ".join(name for name, owner in self._owners.items() if owner)
        _log.info("whether the user is here is told by: %s", there or "nobody")
        while True:
            await self._heed(await self._bus.signal())

    async def _heed(self, signal: Message) -> None:
        from jeepney import HeaderFields  # noqa: PLC0415 - Linux only

        sender = signal.header.fields.get(HeaderFields.sender, "")
        if sender == _DBUS:
            await self._heed_bus(signal)
            return
        for name, owner in self._owners.items():
            if owner == sender:
                self._services[name].heed(signal)
        self._told()

    async def _heed_bus(self, signal: Message) -> None:
        from jeepney import HeaderFields  # noqa: PLC0415 - Linux only

        if signal.header.fields.get(HeaderFields.member) != "NameOwnerChanged":
            return
        name, _, owner = signal.body
        if name in self._services:
            await self._follow(self._services[name], owner)

    async def _follow(self, service: Service, owner: str) -> None:
        if owner == self._owners.get(service.name, ""):
            return
        self._owners[service.name] = owner
        service.gone()
        if owner:
            await service.begin(self._bus)
        self._told()


def _owner_changes(name: str) -> MatchRule:
    from jeepney import MatchRule  # noqa: PLC0415 - Linux only

    rule = MatchRule(type="signal", sender=_DBUS, interface=_DBUS, member="NameOwnerChanged")
    rule.add_arg_condition(0, name)
    return rule
