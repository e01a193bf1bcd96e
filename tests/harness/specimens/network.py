"""Specimens: loopback and beyond. No packet leaves: 192.0.2.0/24 is reserved for examples."""

import asyncio
import contextlib
import socket
from pathlib import Path

_FAR = ("192.0.2.1", 9)


def test_bad_connect() -> None:
    with socket.socket() as far:
        far.connect(_FAR)


def test_bad_swallowed() -> None:
    with socket.socket() as far, contextlib.suppress(BaseException):
        far.connect(_FAR)


def test_bad_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as far:
        far.sendto(b"", _FAR)


def test_bad_name() -> None:
    socket.getaddrinfo("countersign.example", 443)


async def test_bad_name_in_a_worker() -> None:
    with contextlib.suppress(AssertionError):
        await asyncio.get_running_loop().getaddrinfo("countersign.example", 443)


def test_bad_listening_to_the_world() -> None:
    with socket.socket() as wide:
        wide.bind(("0.0.0.0", 0))  # noqa: S104 - that is what is to be caught


def test_good_loopback() -> None:
    with socket.create_server(("localhost", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_good_unix_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
