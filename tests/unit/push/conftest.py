"""Fixtures of the push layer's tests."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from countersign.push.http import Http
from tests.unit.push.push_support import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.unit.push.push_support import Server

settings.register_profile(
    "push",
    deadline=None,  # a busy machine is no bug
    database=None,  # a test writes nothing outside its own directory
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],  # as above
)
settings.load_profile("push")


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    # An empty store of certificates: plain HTTP over loopback needs none, and reads no disk.
    http = Http(verify=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    yield http
    await http.aclose()
