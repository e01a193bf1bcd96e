"""A sandbox to try, and a device that is enrolled in it."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.clock import Clock
from countersign.sandbox.serve import running
from countersign.sandbox.state import Settings
from tests.sandbox.world import START, Device, Key, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import httpx


@pytest.fixture
def sandbox_settings() -> Settings:
    return Settings()


@pytest.fixture
def world(sandbox_settings: Settings) -> Iterator[World]:
    """Run a sandbox whose clock stands still until a test moves it."""
    with (
        running(clock=Clock(lambda: START), settings=sandbox_settings) as sandbox,
        World.over(sandbox) as made,
    ):
        yield made


@pytest.fixture
def new_world() -> type[World]:
    return World


@pytest.fixture
def new_device() -> type[Device]:
    return Device


@pytest.fixture
def device(world: World) -> Device:
    return world.device()


@pytest.fixture
def new_key() -> type[Key]:
    return Key


@pytest.fixture
def refused() -> Callable[[httpx.Response, int, int], None]:
    """Check an error's status, code and whole body."""

    def check(response: httpx.Response, status: int, code: int) -> None:
        assert (response.status_code, response.json().get("code")) == (status, code), response.text
        body = response.json()
        assert set(body) == {"code", "message", "more_info", "status"}
        assert body["status"] == status
        assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
        assert body["message"]
        assert response.headers["date"]

    return check


@pytest.fixture
def sha256() -> Callable[[str], str]:
    return lambda text: hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def together() -> Callable[[Sequence[Callable[[], httpx.Response]]], list[httpx.Response]]:
    """Run calls at the same moment, each in a thread."""

    def run(calls: Sequence[Callable[[], httpx.Response]]) -> list[httpx.Response]:
        barrier = threading.Barrier(len(calls))
        results: list[httpx.Response] = []

        def one(call: Callable[[], httpx.Response]) -> None:
            barrier.wait(30)
            results.append(call())

        threads = [threading.Thread(target=one, args=(call,)) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    return run
