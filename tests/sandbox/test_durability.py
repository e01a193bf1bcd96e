"""What a sandbox has acknowledged outlives it, however it ends."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.sandbox.processes import started
from tests.sandbox.world import Device, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WRITERS = 3
ACKNOWLEDGED = 10
PATIENCE = 60.0


@dataclass
class Ledger:
    """What the sandbox said, and what it was asked and never said anything about."""

    said: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, sid: str, status: str) -> None:
        """Write down what was acknowledged."""
        with self.changed:
            self.said[sid] = status
            self.unsure.discard(sid)
            self.changed.notify_all()

    def wait_for(self, count: int) -> None:
        """Wait until that many challenges were acknowledged."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.said) >= count, PATIENCE)


def write(world: World, device: Device, ledger: Ledger) -> None:
    """Send and answer requests until nobody is there any more."""
    with contextlib.suppress(httpx.TransportError):
        while True:
            sid = world.pending(device)
            ledger.note(sid, "pending")
            payload = device.signed(device.fetch(sid), "approved")
            ledger.unsure.add(sid)
            answer = device.post(sid, payload)
            assert answer.status_code == 200
            ledger.note(sid, str(answer.json()["status"]))


def written(world: World, devices: list[Device]) -> dict[str, str]:
    """Give the status of every challenge that is there."""
    found: dict[str, str] = {}
    for device in devices:
        url: str | None = f"{device.path}/Challenges?PageSize=1000"
        while url is not None:
            page = world.company("GET", url).json()
            found |= {item["sid"]: item["status"] for item in page["challenges"]}
            url = page["meta"]["next_page_url"]
    return found


def kill_in_the_midst(
    world: World, devices: list[Device], ledger: Ledger, kill: Callable[[], None]
) -> None:
    """Let all write at once, and end the sandbox while they do."""
    wanted = len(ledger.said) + ACKNOWLEDGED
    threads = [threading.Thread(target=write, args=(world, device, ledger)) for device in devices]
    for thread in threads:
        thread.start()
    try:
        ledger.wait_for(wanted)
    finally:
        kill()
        for thread in threads:
            thread.join(PATIENCE)


def check(folder: Path, world: World, devices: list[Device], ledger: Ledger) -> None:
    found = written(world, devices)
    for sid, status in ledger.said.items():
        allowed = {status, "approved"} if sid in ledger.unsure else {status}
        assert found[sid] in allowed
    with contextlib.closing(sqlite3.connect(folder / "sandbox.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("kills", [2, pytest.param(25, marks=pytest.mark.full)])
@pytest.mark.timeout(600)
def test_every_acknowledged_change_outlives_any_number_of_kills(tmp_path: Path, kills: int) -> None:
    ledger, enrolled = Ledger(), list[Device]()
    for _ in range(kills):
        with started(folder=tmp_path) as process, World.over(process.ready()) as world:
            enrolled = enrolled or [world.device() for _ in range(WRITERS)]
            devices = [Device(world, each.factor, each.key) for each in enrolled]
            check(tmp_path, world, devices, ledger)
            kill_in_the_midst(world, devices, ledger, process.kill)
    with started(folder=tmp_path) as process, World.over(process.ready()) as world:
        devices = [Device(world, each.factor, each.key) for each in enrolled]
        check(tmp_path, world, devices, ledger)
        assert len(ledger.said) >= ACKNOWLEDGED * kills
        assert devices[0].answer(world.pending(devices[0])).status_code == 200
