"""What the contract tests share: a reference server, and reference devices that are closed."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.contract.reference_device import DeviceFactory, Dialect, ReferenceDevice
from tests.contract.reference_server import ReferenceServer


@pytest.fixture
def reference_server() -> Iterator[ReferenceServer]:
    """Run a reference server on a free loopback port."""
    with ReferenceServer() as server:
        yield server


@pytest.fixture
def reference_device_factory() -> Iterator[DeviceFactory]:
    """Make reference devices, and close them at the end."""
    with ExitStack() as opened:

        def make(
            api_url: str,
            backend_url: str,
            *,
            encoding: Dialect = "android",
            client: httpx.Client | None = None,
            clock: Callable[[], float] = time.time,
        ) -> ReferenceDevice:
            device = ReferenceDevice(
                api_url, backend_url, encoding=encoding, client=client, clock=clock
            )
            return opened.enter_context(device)

        yield make


@pytest.fixture(params=["android", "ios"])
def encoding(request: pytest.FixtureRequest) -> Dialect:
    """Give each of the two dialects that the device SDKs write."""
    spoken: Dialect = request.param
    return spoken
