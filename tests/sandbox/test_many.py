"""Many devices at once: each sees what was sent to it, once, and nothing else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from countersign.sandbox.serve import running
from tests.sandbox.world import NO_TLS, World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.world import Device

PATIENCE = 120.0


async def poll(http: httpx.AsyncClient, device: Device) -> list[str]:
    """Ask as an app does until something is pending; give the sids."""
    while True:
        response = await http.get(
            f"{device.path}/Challenges",
            params={"Status": "pending", "Order": "desc", "PageSize": "100"},
            auth=("token", device.token()),
        )
        assert response.status_code == 200, response.text
        if found := [item["sid"] for item in response.json()["challenges"]]:
            return found


async def at_once(world: World, devices: list[Device]) -> list[list[str]]:
    """Let all poll on connections of their own while their requests come in."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with (
        httpx.AsyncClient(trust_env=False, verify=NO_TLS, timeout=PATIENCE, limits=limits) as http,
        asyncio.TaskGroup() as group,
    ):
        tasks = [group.create_task(poll(http, device)) for device in devices]
        for device in reversed(devices):
            sent = await asyncio.to_thread(world.challenge, device)
            assert sent.status_code == 201
    return [task.result() for task in tasks]


@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.full)])
@pytest.mark.timeout(300)
def test_devices_that_poll_at_once_lose_nothing(tmp_path: Path, count: int) -> None:
    with running(state_dir=tmp_path) as sandbox, World.over(sandbox) as world:
        devices = [world.device() for _ in range(count)]
        seen = asyncio.run(at_once(world, devices))
        assert all(len(sids) == 1 for sids in seen)
        assert len({sids[0] for sids in seen}) == count
        for device, (sid,) in zip(devices, seen, strict=True):
            answer = device.answer(sid)
            assert answer.json()["factor_sid"] == device.sid
            assert answer.json()["status"] == "approved"
