"""A sandbox to try, and a device that is enrolled in it."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.clock import Clock
from countersign.sandbox.serve import running
from countersign.sandbox.state import Settings
from tests.sandbox.postgres import server, server_programs
from tests.sandbox.world import START, Device, Key, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import httpx

    from tests.sandbox.postgres import Server


@pytest.fixture
def sandbox_settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Run a PostgreSQL server of this test run's own."""
    if server_programs() is None:
        pytest.skip("PostgreSQL's server isn't installed (Debian: postgresql)")
    with server() as started:
        yield started


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """Give the address of a database of this test's own, password included."""
    with postgres.database(ready_made=True) as url:
        yield url


@pytest.fixture(params=["memory", pytest.param("postgresql", marks=pytest.mark.full)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Name the database behind `world`: with --full each test runs on PostgreSQL as well."""
    if request.param == "memory":
        return None
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def world(sandbox_settings: Settings, database_url: str | None) -> Iterator[World]:
    """Run a sandbox whose clock stands still until a test moves it."""
    clock = Clock(lambda: START)
    with (
        running(clock=clock, settings=sandbox_settings, database_url=database_url) as sandbox,
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
