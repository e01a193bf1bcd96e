"""What is copied for whoever helps: facts about this computer and this profile, and no secrets.

No name, identity, address of a person, message or key; hosts of services are named, since trouble
is usually with one of them.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from countersign import __version__
from countersign.device.key_ids import in_hardware
from countersign.device.plain_text import visible
from countersign.push.address import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countersign.device.device import Device
    from countersign.device.settings import Settings

LOG_LINES: Final = 60
_LINE: Final = 300
_UNSAID: Final = frozenset({"proxy_url", "ca_file"})
"""Settings of which only whether they are set is told: they may name people and places."""


async def diagnostics(device: Device, settings: Settings, log: Sequence[str] = ()) -> str:
    """Return the text; `log` are the last lines of the log, which hold no secrets by themselves.

    Raises StorageError.
    """
    accounts = await device.accounts.all()
    lines = [
        f"Countersign {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"Frozen: {'yes' if getattr(sys, 'frozen', False) else 'no'}",
        f"PIN: {'set' if device.pin.is_set else 'none'}",
        f"TPM: {'yes' if device.hardware else 'no'}",
        f"Accounts: {len(accounts)}",
    ]
    for number, account in enumerate(accounts, 1):
        kind = "TPM" if in_hardware(account.key_id) else "password store"
        lines.append(
            f"  {number}. {account.sid} {account.status.value}, API {host_of(account.api_url)}, "
            f"company {host_of(account.backend_url)}, key in {kind}"
        )
    lines += ["Settings:", *(f"  {line}" for line in _settings(settings))]
    if log:
        lines += ["Log:", *(f"  {visible(line, _LINE)}" for line in log[-LOG_LINES:])]
    return "\n".join(lines)


def _settings(settings: Settings) -> Iterator[str]:
    for name, value in asdict(settings).items():
        shown = getattr(value, "value", value)
        yield f"{name}: {('set' if shown else 'not set') if name in _UNSAID else shown}"
