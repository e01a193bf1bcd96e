"""The command line beside a PIN: it can read what is here, and use no key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from countersign.cli.session import open_device

if TYPE_CHECKING:
    from tests.integration.cli.conftest import Device

PIN = "730915"


async def choose(device: Device) -> None:
    """Set a PIN, as the window does."""
    async with open_device(device.cli.profile) as opened:
        await opened.pin.choose(PIN)


def test_what_needs_a_key_is_refused_and_what_does_not_works(device: Device) -> None:
    sid = device.ask()
    asyncio.run(choose(device))
    for words in (("approve", sid), ("deny", sid), ("rename", device.factor_sid, "Desk")):
        refused = device.cli(*words, "--json")
        assert (refused.status, refused.error["name"]) == (3, "pin"), words
        assert "Unlock Countersign in its window." in refused.error["hint"]
    assert device.status(sid) == "pending"
    assert len(device.cli("accounts", "--json").json["accounts"]) == 1
    assert device.history() == []
    added = device.cli("enroll", "--backend", f"{device.proxy.url}/access-token", "--identity", "u")
    assert added.status == 3
    assert len(device.cli("accounts", "--json").json["accounts"]) == 1
