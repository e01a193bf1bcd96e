"""No test talks to anything but this machine's loopback.

An audit hook sees what any Python code does, however it imported `socket`. It fails the call at
once and the test at its end, in case that something swallows the error. What Qt or a child
process does by itself is beyond it.
"""

import contextlib
import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest

from tests.support import watch

_complaints: list[str] | None = None
_WITH_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}
_WITH_HOST = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class LoopbackOnlyError(AssertionError):
    """A test reached for another machine."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _forbidden_host(event: str, arguments: tuple[object, ...]) -> str | None:
    """Return the host that a socket call names, if it is not loopback."""
    if event in _WITH_HOST:
        # None is how asyncio asks for the wildcard; binding it is seen below.
        return None if arguments[0] is None or _is_loopback(arguments[0]) else str(arguments[0])
    own, address = arguments[:2]
    internet = isinstance(own, socket.socket) and own.family in {socket.AF_INET, socket.AF_INET6}
    if not internet or not isinstance(address, tuple) or _is_loopback(address[0]):
        return None
    return str(address[0] or "every interface")


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _complaints is None or not (event in _WITH_ADDRESS or event in _WITH_HOST):
        return
    if host := _forbidden_host(event, arguments):
        complaint = f"reached beyond loopback: {event} to {host}"
        _complaints.append(complaint)
        raise LoopbackOnlyError(complaint)


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    del item
    global _complaints  # noqa: PLW0603 - an audit hook can't be given anything, nor be removed
    _complaints = complaints
    try:
        yield
    finally:
        _complaints = None


def pytest_configure() -> None:
    """Start to look."""
    sys.addaudithook(_hook)
    watch.add_rule(_rule)
