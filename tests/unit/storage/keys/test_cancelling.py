"""A keyring that hangs, or asks the user for ever, holds up nothing but itself."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from countersign.storage import keyring_store
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.keyring_worker import Worker, WorkerClosedError
from tests.unit.storage.keys.keys_support import failure_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.unit.storage.keys.keys_support import Entries

pytestmark = pytest.mark.anyio


class Gate:
    """A place in the store's thread where it waits until it is let through."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._open = threading.Event()
        self._loop = asyncio.get_running_loop()

    def before(self, function: Callable[..., object]) -> Callable[..., object]:
        """Wait before each call of a function."""

        def waits(*arguments: object) -> object:
            self._loop.call_soon_threadsafe(self.reached.set)
            self._open.wait()
            return function(*arguments)

        return waits

    def open(self) -> None:
        """Let everything through from now on."""
        self._open.set()


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


@pytest.fixture
async def impatient(
    entries: Entries, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OsKeyStore]:
    """Return a store that never waits for what nobody wants any more."""
    monkeypatch.setattr(keyring_store, "Worker", partial(Worker, grace=0.0))
    store = OsKeyStore("tests", backend_factory=entries.backend)
    yield store
    gate.open()
    await store.aclose()


async def _cancelled(task: asyncio.Task[object]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_loop_goes_on_while_it_waits(
    entries: Entries, os_store: OsKeyStore, gate: Gate
) -> None:
    public_key = await os_store.create("mine")
    entries.get = gate.before(entries.get)  # type: ignore[assignment]
    task = asyncio.create_task(os_store.public_key("mine"))
    await gate.reached.wait()  # which only a running loop can set
    assert not task.done()
    gate.open()
    assert await task == public_key


async def test_a_cancelled_create_leaves_nothing(
    entries: Entries, os_store: OsKeyStore, gate: Gate
) -> None:
    entries.put = gate.before(entries.put)  # type: ignore[assignment]
    task: asyncio.Task[object] = asyncio.create_task(os_store.create("mine"))
    await gate.reached.wait()
    await _cancelled(task)
    gate.open()
    await os_store.check()  # takes its turn after what was left to do
    assert entries.secrets == {}


async def test_one_that_was_just_done_leaves_nothing(
    entries: Entries, os_store: OsKeyStore
) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    store = entries.put

    def put(*entry: str) -> None:
        store(*entry)
        loop.call_soon_threadsafe(done.set)

    entries.put = put
    task: asyncio.Task[object] = asyncio.create_task(os_store.create("mine"))
    await done.wait()
    await _cancelled(task)
    await os_store.aclose()
    assert entries.secrets == {}


async def test_a_cancelled_create_spares_the_key_that_was_there(
    entries: Entries, os_store: OsKeyStore, gate: Gate
) -> None:
    public_key = await os_store.create("mine")
    entries.get = gate.before(entries.get)  # type: ignore[assignment]
    task: asyncio.Task[object] = asyncio.create_task(os_store.create("mine"))
    await gate.reached.wait()
    await _cancelled(task)
    gate.open()
    assert await os_store.public_key("mine") == public_key


async def test_one_that_waits_its_turn_never_begins(
    entries: Entries, os_store: OsKeyStore, gate: Gate
) -> None:
    await os_store.create("mine")
    get, asked = entries.get, []

    def noted(service: str, user: str) -> str | None:
        asked.append(user)
        return get(service, user)

    entries.get = gate.before(noted)  # type: ignore[assignment]
    first = asyncio.create_task(os_store.public_key("mine"))
    await gate.reached.wait()
    second: asyncio.Task[object] = asyncio.create_task(os_store.create("second"))
    await asyncio.sleep(0)
    await _cancelled(second)
    gate.open()
    await first
    await os_store.check()
    assert "second" not in asked


async def test_behind_a_question_that_nobody_answers_calls_fail(
    entries: Entries, impatient: OsKeyStore, gate: Gate
) -> None:
    await impatient.create("mine")
    get, entries.get = entries.get, gate.before(entries.get)  # type: ignore[assignment]
    task: asyncio.Task[object] = asyncio.create_task(impatient.create("second"))
    await gate.reached.wait()
    await _cancelled(task)
    error = await failure_of(impatient.delete("second"))
    assert error.name == "locked"
    assert error.message == "The password store still waits for an answer to its last question."
    entries.get = get
    await impatient.aclose()  # and that doesn't wait for it either


async def test_a_closed_store_says_so(entries: Entries, os_store: OsKeyStore) -> None:
    await os_store.create("mine")
    await os_store.aclose()
    await os_store.aclose()
    assert (await failure_of(os_store.sign("mine", b"data"))).name == "failed"
    assert len(entries.secrets) == 1


async def test_an_unused_store_has_nothing_to_close(entries: Entries) -> None:
    await OsKeyStore("tests", backend_factory=entries.backend).aclose()


async def test_closing_finishes_what_was_begun(entries: Entries, gate: Gate) -> None:
    store = OsKeyStore("tests", backend_factory=entries.backend)
    entries.put = gate.before(entries.put)  # type: ignore[assignment]
    task = asyncio.create_task(store.create("mine"))
    await gate.reached.wait()
    closing = asyncio.create_task(store.aclose())
    await asyncio.sleep(0)
    gate.open()
    await closing
    assert len(await task) == 91


async def test_a_worker_passes_errors_on() -> None:
    worker = Worker("test")
    with pytest.raises(SystemExit):
        await worker.run(partial(sys.exit, 5))
    assert await worker.run(threading.get_ident) != threading.get_ident()
    await worker.aclose()
    with pytest.raises(WorkerClosedError):
        await worker.run(threading.get_ident)


def test_a_hung_keyring_lets_the_program_end() -> None:
    program = """
import asyncio, threading
from countersign.storage.keyring_worker import Worker

async def main():
    worker, hangs = Worker("hung", grace=0.0), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hang():
        loop.call_soon_threadsafe(hangs.set)
        threading.Event().wait()

    task = asyncio.create_task(worker.run(hang))
    await hangs.wait()
    task.cancel()
    await asyncio.wait({task})
    await worker.aclose()

asyncio.run(main())
print("ended")
"""
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "ended\n", "")
