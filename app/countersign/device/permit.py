"""An approval that nobody clicks needs its permission up to the moment at which it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from countersign.push.client import FactorClient

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.records import Account

Permit = Callable[[], None]
"""Raises a CountersignError where the permission is gone; called right before anything is sent."""


def guarded(
    device: Device, account: Account, client: FactorClient, permit: Permit | None
) -> FactorClient:
    """Return a client that sends nothing without permission; the same one where none is needed.

    Signing is the last thing awaited before a request goes out, and a password store may ask its
    user for minutes: so it is asked for after each signature, the token's included.
    """
    if permit is None:
        return client

    async def sign(data: bytes) -> bytes:
        signature = await device.keys.sign(account.key_id, data)
        permit()
        return signature

    return FactorClient(device.http, client.credentials, sign, client.clock)
