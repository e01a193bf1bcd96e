"""What the settings ask of the rest of the app."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from countersign.desktop.language.speaking import LANGUAGES
from countersign.device import check_up
from countersign.device.diagnostics import LOG_LINES, diagnostics
from countersign.device.policy import SUPPORT
from countersign.push.address import DEFAULT_API_URL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from countersign.device.check_up import Check
    from countersign.device.device import Device
    from countersign.device.pin import PinLock
    from countersign.device.settings import Settings
    from countersign.push.route import Route

    Diagnose = Callable[[Settings], Awaitable[str]]
    Ask = Callable[[], Awaitable[Sequence[Check]]]
    Reroute = Callable[[Route], Awaitable[None]]

_END: Final = 64 * 1024
"""Bytes of the log that are looked at for its last lines."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Where one is None or empty, the dialog doesn't offer what needs it.

    `services` asks each account's service, `check_up` looks at everything; both may take as long
    as the network does and raise nothing. `reroute` has requests go another way from now on.
    `diagnose` gives what to copy for whoever helps. `languages` are tags and the languages' own
    names.
    """

    services: Ask | None = None
    check_up: Ask | None = None
    reroute: Reroute | None = None
    log_file: Path | None = None
    diagnose: Diagnose | None = None
    pin: PinLock | None = None
    support: str = SUPPORT
    languages: Sequence[tuple[str, str]] = ()


async def _diagnose(device: Device, log_file: Path | None, settings: Settings) -> str:
    lines = await asyncio.to_thread(_last_lines, log_file) if log_file else []
    return await diagnostics(device, settings, lines)


def _last_lines(file: Path) -> list[str]:
    """Return the log's end; nothing where there is none."""
    try:
        with file.open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - _END))
            return log.read(_END).decode("utf-8", "replace").splitlines()[-LOG_LINES:]
    except OSError:
        return []


def around(device: Device, log_file: Path | None = None) -> Surroundings:
    """Return what a device has for the settings; `log_file` where there is a log."""
    return Surroundings(
        services=partial(check_up.check_services, device, DEFAULT_API_URL),
        check_up=partial(check_up.check_up, device, DEFAULT_API_URL),
        reroute=device.http.reconfigure,
        log_file=log_file,
        diagnose=partial(_diagnose, device, log_file),
        pin=device.pin,
        support=device.policy.support,
        languages=tuple(LANGUAGES.items()),
    )
