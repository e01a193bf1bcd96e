"""Requests made beforehand, sent as fast as the answers come: the client costs next to nothing."""

from __future__ import annotations

import base64
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.sandbox.world import Device

CONNECTIONS = 8
_POLL = "/Challenges?Status=pending&Order=desc&PageSize=100"


@dataclass(frozen=True)
class Speed:
    """Requests a second: by the clock on the wall, and by the CPU time that the sandbox took."""

    wall: float
    core: float


def poll(device: Device) -> bytes:
    """Ask what is pending, as an app does all the time."""
    return _request(device, "GET", _POLL)


def fetch(device: Device, sid: str) -> bytes:
    """Open one request."""
    return _request(device, "GET", f"/Challenges/{sid}")


def answer(device: Device, sid: str) -> bytes:
    """Answer one request; it is fetched here for what must be signed."""
    payload = device.signed(device.fetch(sid), "approved")
    return _request(device, "POST", f"/Challenges/{sid}", urlencode({"AuthPayload": payload}))


def _request(device: Device, method: str, path: str, body: str = "") -> bytes:
    host = device.world.base.removeprefix("http://")
    basic = base64.b64encode(f"token:{device.token()}".encode()).decode()
    head = (
        f"{method} {device.path.removeprefix(device.world.base)}{path} HTTP/1.1",
        f"Host: {host}",
        f"Authorization: Basic {basic}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*head, "", body)).encode()


def send(base: str, requests: Sequence[bytes], connections: int = CONNECTIONS) -> None:
    """Send all, each connection one after another; an answer other than 200 raises."""
    barrier = threading.Barrier(connections)
    shares = [requests[number::connections] for number in range(connections)]
    with ThreadPoolExecutor(connections) as pool:
        for done in [pool.submit(_one, base, share, barrier) for share in shares]:
            done.result()


def _one(base: str, requests: Sequence[bytes], barrier: threading.Barrier) -> None:
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answers = connection.makefile("rb")
        barrier.wait()
        for request in requests:
            connection.sendall(request)
            status, length = answers.readline(), 0
            while (line := answers.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            body = answers.read(length)
            if b" 200 " not in status:
                raise RuntimeError(f"{status!r}: {body!r}")


def measure(base: str, process: int, requests: Sequence[bytes]) -> Speed:
    """Send all to a sandbox in another process, and see how long it took that one."""
    cpu, wall = _cpu(process), time.perf_counter()
    send(base, requests)
    wall, cpu = time.perf_counter() - wall, _cpu(process) - cpu
    return Speed(len(requests) / wall, len(requests) / cpu)


def _cpu(process: int) -> float:
    """Give the seconds of CPU that a process has used; Linux alone tells."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
