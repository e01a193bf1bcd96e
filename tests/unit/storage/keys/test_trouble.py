"""What every `KeyStore` must do while its keyring can't be used, and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import pytest

from countersign.storage.keyring_errors import ErrorName
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.keyring_worker import Worker
from countersign.testing.keys import METHODS, FailingKeyStore
from tests.unit.storage.keys.keys_support import CALLS, check_signature, failure_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from countersign.testing.secret_service import PrivateSecretService

pytestmark = pytest.mark.anyio


@dataclass
class Trouble:
    """A store that has a fault from `begin` to `end`; both block."""

    store: FailingKeyStore | OsKeyStore
    name: str
    begin: Callable[[], object]
    end: Callable[[], object]


def _failing(name: ErrorName) -> Trouble:
    store = FailingKeyStore(name, on=())
    return Trouble(
        store,
        name,
        begin=lambda: setattr(store, "on", METHODS),
        end=lambda: setattr(store, "on", frozenset()),
    )


def _real(name: str, service: PrivateSecretService) -> Trouble:
    patch = pytest.MonkeyPatch()

    def close_the_question() -> None:
        # There is none: the daemon finds no screen, and says that the user has closed it.
        patch.setenv("DISPLAY", ":no-such-screen")
        service.lock()

    def unlock() -> None:
        patch.undo()
        service.unlock()

    def no_bus() -> None:
        patch.delenv("DBUS_SESSION_BUS_ADDRESS")

    def dead_bus() -> None:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")

    def strange_bus() -> None:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=localhost,port=1")

    ways: dict[str, tuple[str, Callable[[], object], Callable[[], object]]] = {
        "locked daemon": ("locked", service.lock, unlock),
        "closed question": ("dismissed", close_the_question, unlock),
        "no bus": ("missing", no_bus, patch.undo),
        "dead bus": ("missing", dead_bus, patch.undo),
        "strange bus": ("missing", strange_bus, patch.undo),
    }
    return Trouble(OsKeyStore("trouble"), *ways[name])


_REAL = ["locked daemon", "closed question", "no bus", "dead bus", "strange bus"]


@pytest.fixture(params=[*get_args(ErrorName), *_REAL])
def unclosed(request: pytest.FixtureRequest) -> Trouble:
    if request.param not in _REAL:
        return _failing(request.param)
    return _real(request.param, request.getfixturevalue("secret_service"))


@pytest.fixture
async def trouble(unclosed: Trouble) -> AsyncIterator[Trouble]:
    yield unclosed
    await unclosed.store.aclose()


@pytest.fixture
async def aside() -> AsyncIterator[Worker]:
    """Return a thread for what blocks in a test itself."""
    worker = Worker("test")
    yield worker
    await worker.aclose()


async def test_it_says_so_and_recovers(trouble: Trouble, aside: Worker) -> None:
    public_key = await trouble.store.create("mine")
    await aside.run(trouble.begin)
    try:
        for call in CALLS.values():
            error = await failure_of(call(trouble.store))
            assert (error.name, error.code) == (trouble.name, 60405)
            assert error.message.endswith(".")
            assert error.hint.endswith(".")
    finally:
        await aside.run(trouble.end)
    assert (await failure_of(trouble.store.public_key("another"))).name == "gone"
    check_signature(public_key, await trouble.store.sign("mine", b"data"), b"data")


async def test_a_failing_store_fails_where_told() -> None:
    store = FailingKeyStore("dismissed", on={"sign"})
    await store.create("mine")
    assert (await failure_of(store.sign("mine", b""))).name == "dismissed"
    await store.delete("mine")
    assert len(store.memory) == 0
