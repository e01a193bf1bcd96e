"""Requests a second and frame times, printed and written to docs/benchmarks.md. Asserts nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import lists, load
from tests.benchmarks.breakdown import breakdown
from tests.sandbox.postgres import server, server_programs
from tests.sandbox.processes import started
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.load import Speed
    from tests.sandbox.processes import Process

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
DEVICES = 20
COUNT = 1_000
ANSWERS = 100
ROUNDS = 5
BUDGET = 500
_HEAD = """\
# Benchmarks

Written by `python3 dev.py benchmark`; no test depends on them.

## Signed device requests a second, sandbox

{date}, on {machine}. Budget: {budget} polls a second on one core with SQLite.

A poll finds one request pending. Each request has a token of its own, signed beforehand by one of
{devices} devices, over {connections} connections that stay open, without TLS. "A core" divides the
requests by the CPU time that the sandbox took, "wall" by the clock on the wall, while the client
and the database's server share the machine. The best of {rounds} rounds, for other work on the
machine only ever slows it.

| database | request | a core | wall |
|---|---|---|---|
"""
_PARTS = """
Where the time of a poll goes on SQLite, by a profile (which makes many small calls look dearer):

| part | share |
|---|---|
"""


@contextlib.contextmanager
def databases() -> Iterator[dict[str, dict[str, Path | str]]]:
    """Give how to start a sandbox on each database that this machine has."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found: dict[str, dict[str, Path | str]] = {"SQLite": {"folder": folder}}
        if server_programs() is not None:
            running = stack.enter_context(server())
            found["PostgreSQL"] = {"url": stack.enter_context(running.database())}
        yield found


def rounds(world: World, process: Process) -> dict[str, Speed]:
    """Measure each kind of request several times, and keep the best."""
    devices = [world.device() for _ in range(DEVICES)]
    sids = [world.pending(device) for device in devices]
    pairs = list(zip(devices, sids, strict=True))
    answering = devices * (ANSWERS // DEVICES)
    best: dict[str, Speed] = {}

    def note(name: str, speed: Speed) -> None:
        best[name] = max(best.get(name, speed), speed, key=lambda each: each.core)

    for _ in range(ROUNDS):
        polls = [load.poll(device) for device in devices * (COUNT // DEVICES)]
        fetches = [load.fetch(*pair) for pair in pairs * (COUNT // DEVICES)]
        for name, requests in (("poll", polls), ("open one", fetches)):
            note(name, load.measure(world.base, process.child.pid, requests))
        # Only now: what these are about would be in each poll.
        answers = [load.answer(device, world.pending(device)) for device in answering]
        note("answer", load.measure(world.base, process.child.pid, answers))
    return best


def machine() -> str:
    """Name the class of this machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}, {python}"


def main() -> None:
    """Measure, print and write."""
    page = _HEAD.format(
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        machine=machine(),
        budget=BUDGET,
        devices=DEVICES,
        connections=load.CONNECTIONS,
        rounds=ROUNDS,
    )
    with databases() as found:
        for name, place in found.items():
            with started(**place) as process, World.over(process.ready()) as world:  # type: ignore[arg-type]
                for request, speed in rounds(world, process).items():
                    page += f"| {name} | {request} | {speed.core:.0f} | {speed.wall:.0f} |\n"
    with tempfile.TemporaryDirectory() as folder:
        parts = breakdown(Path(folder), COUNT)
    page += _PARTS
    page += "".join(f"| {part} | {share:.0%} |\n" for part, share in parts.items())
    page += f"\n{lists.section()}"
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
