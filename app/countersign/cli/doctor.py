"""`doctor`: what Countersign needs, whether it works here, and what to do where it doesn't."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from countersign.cli.main import ERROR, NO_KEYRING, OK
from countersign.cli.session import Session
from countersign.push.address import DEFAULT_API_URL, host_of
from countersign.push.clock import NOTICEABLE
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from countersign.cli.output import Output
    from countersign.device.device import Device


@dataclass(frozen=True, slots=True)
class Check:
    """One check's outcome; `hint` says what to do where it isn't ok."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


_NOT_NEEDED_HERE: Final = frozenset({"display"})


def doctor(options: Namespace, output: Output) -> int:
    """Run all checks, each whatever the others found."""
    try:
        with Session(options, output) as session:
            checks = [
                session.run(_storage(session.device)),
                session.run(_keyring(session.device)),
                *session.run(_services(session.device, options.api_url)),
            ]
    except CountersignError as error:
        checks = [_failed("storage", error)]
    checks.append(_display())
    output.document({"checks": [asdict(check) for check in checks]})
    for check in checks:
        output.line(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.detail}")
        if check.hint:
            output.line(f"       {check.hint}")
    return _status(checks)


def _status(checks: Sequence[Check]) -> int:
    failed = {check.name for check in checks if not check.ok} - _NOT_NEEDED_HERE
    if "keyring" in failed:
        return NO_KEYRING
    return ERROR if failed else OK


async def _storage(device: Device) -> Check:
    probe = f"probe-{uuid.uuid4().hex}"  # a real write: a full disk lets one open a database
    await device.accounts.note_key(probe)
    await device.accounts.forget_key(probe)
    return Check("storage", ok=True, detail="The profile can be read and written.")


async def _keyring(device: Device) -> Check:
    try:
        name = await device.keys.check()
    except CountersignError as error:
        return _failed("keyring", error)
    return Check("keyring", ok=True, detail=f"{name} keeps the keys, and gives them back.")


async def _services(device: Device, chosen: str | None) -> list[Check]:
    """Ask each service that an account lives at (or the one to enrol at) for anything at all."""
    urls = {account.api_url for account in await device.accounts.all()}
    urls = urls or {chosen or DEFAULT_API_URL}
    groups = await asyncio.gather(*(_service(device, url) for url in sorted(urls)))
    return [check for group in groups for check in group]


async def _service(device: Device, url: str) -> list[Check]:
    host = host_of(url)
    try:
        reply = await device.http.send("GET", url)
    except CountersignError as error:
        return [_failed("tls" if error.name == "certificate" else "network", error)]
    checks = [Check("network", ok=True, detail=f"{host} answers.")]
    if url.startswith("https:"):
        checks.append(Check("tls", ok=True, detail=f"{host} has proven who it is."))
    if reply.date is not None:
        checks.append(_clock(host, reply.date - time.time()))
    return checks


def _clock(host: str, offset: float) -> Check:
    if abs(offset) < NOTICEABLE:
        return Check("clock", ok=True, detail=f"This computer and {host} agree on the time.")
    way = "slow" if offset > 0 else "fast"
    return Check(
        "clock",
        ok=False,
        detail=f"This computer's clock is {round(abs(offset) / 60)} min {way} against {host}.",
        hint="Countersign corrects for it; still, set this computer's date and time.",
    )


def _display() -> Check:
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"):
        return Check("display", ok=True, detail="There is a display for the window.")
    return Check(
        "display",
        ok=False,
        detail="There is no display, so no window can open.",
        hint="The commands work without one.",
    )


def _failed(name: str, error: CountersignError) -> Check:
    return Check(name, ok=False, detail=error.message, hint=error.hint)
