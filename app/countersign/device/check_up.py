"""What Countersign needs, and whether it works here: `doctor` and the settings both ask this."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.device.policy import PolicyBroken, against_approving
from countersign.push.address import host_of
from countersign.push.clock import NOTICEABLE
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.policy import PolicyState


NO_POLICY: Final = "Your company has set nothing on this computer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check's outcome; `hint` says what to do where it isn't ok.

    `about` is the host, or the password store's name, that was checked; empty for none. `error` is
    the name of what went wrong. `minutes` is how slow this computer's clock is, fast if negative.
    """

    name: str
    ok: bool
    detail: str
    hint: str = ""
    about: str = ""
    error: str = ""
    minutes: int = 0


async def check_up(device: Device, default_url: str) -> list[Check]:
    """Run all checks, each whatever the others found."""
    return [
        await check_storage(device),
        await check_keys(device),
        check_policy(device.policy, pin_set=device.pin.is_set),
        *await check_services(device, default_url),
    ]


async def check_storage(device: Device) -> Check:
    """Write, for a full disk still lets one read."""
    probe = f"probe-{uuid.uuid4().hex}"
    try:
        await device.accounts.note_key(probe)
        await device.accounts.forget_key(probe)
    except CountersignError as error:
        return failed("storage", error)
    return Check(name="storage", ok=True, detail="The profile can be read and written.")


async def check_keys(device: Device) -> Check:
    """Put something into the password store and read it back; it may ask the user."""
    try:
        name = await device.keys.check()
    except CountersignError as error:
        return failed("keyring", error)
    detail = f"{name} keeps the keys, and gives them back."
    return Check(name="keyring", ok=True, detail=detail, about=name)


def check_policy(policy: PolicyState, *, pin_set: bool = False) -> Check:
    """Tell whether there is a company's policy, and whether it lets requests be approved."""
    error = against_approving(policy, pin_set=pin_set)
    if error is not None:
        return failed("policy", error, "" if isinstance(policy, PolicyBroken) else policy.source)
    source = "" if isinstance(policy, PolicyBroken) else policy.source
    detail = f"Your company's settings are in force: {source}" if source else NO_POLICY
    return Check(name="policy", ok=True, detail=detail, about=source)


async def check_services(device: Device, default_url: str) -> list[Check]:
    """Ask each service that an account lives at, or `default_url`, for anything at all."""
    try:
        urls = {account.api_url for account in await device.accounts.all()} or {default_url}
    except CountersignError as error:
        return [failed("storage", error)]
    groups = await asyncio.gather(*(_service(device, url) for url in sorted(urls)))
    return [check for group in groups for check in group]


def failed(name: str, error: CountersignError, about: str = "") -> Check:
    """Return the outcome of a check that an error ended."""
    return Check(
        name=name, ok=False, detail=error.message, hint=error.hint, about=about, error=error.name
    )


async def _service(device: Device, url: str) -> list[Check]:
    host = host_of(url)
    try:
        reply = await device.http.send("GET", url)
    except CountersignError as error:
        return [failed("tls" if error.name == "certificate" else "network", error, host)]
    checks = [Check(name="network", ok=True, detail=f"{host} answers.", about=host)]
    if url.startswith("https:"):
        proven = f"{host} has proven who it is."
        checks.append(Check(name="tls", ok=True, detail=proven, about=host))
    if reply.date is not None:
        checks.append(_clock(host, reply.date - time.time()))
    return checks


def _clock(host: str, offset: float) -> Check:
    if abs(offset) < NOTICEABLE:
        detail = f"This computer and {host} agree on the time."
        return Check(name="clock", ok=True, detail=detail, about=host)
    minutes = round(abs(offset) / 60)
    way = "slow" if offset > 0 else "fast"
    return Check(
        name="clock",
        ok=False,
        detail=f"This computer's clock is {minutes} min {way} against {host}.",
        hint="Countersign corrects for it; still, set this computer's date and time.",
        about=host,
        minutes=minutes if offset > 0 else -minutes,
    )
