"""What the settings ask of the rest of the app."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from countersign.desktop.language.speaking import LANGUAGES
from countersign.device import check_up
from countersign.device.policy import SUPPORT
from countersign.push.address import DEFAULT_API_URL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from countersign.device.check_up import Check
    from countersign.device.device import Device
    from countersign.device.pin import PinLock
    from countersign.push.route import Route

    Ask = Callable[[], Awaitable[Sequence[Check]]]
    Reroute = Callable[[Route], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Where one is None or empty, the dialog doesn't offer what needs it.

    `services` asks each account's service, `check_up` looks at everything; both may take as long
    as the network does and raise nothing. `reroute` has requests go another way from now on.
    `languages` are tags and the languages' own names.
    """

    services: Ask | None = None
    check_up: Ask | None = None
    reroute: Reroute | None = None
    log_file: Path | None = None
    pin: PinLock | None = None
    support: str = SUPPORT
    languages: Sequence[tuple[str, str]] = ()


def around(device: Device, log_file: Path | None = None) -> Surroundings:
    """Return what a device has for the settings; `log_file` where there is a log."""
    return Surroundings(
        services=partial(check_up.check_services, device, DEFAULT_API_URL),
        check_up=partial(check_up.check_up, device, DEFAULT_API_URL),
        reroute=device.http.reconfigure,
        log_file=log_file,
        pin=device.pin,
        support=device.policy.support,
        languages=tuple(LANGUAGES.items()),
    )
