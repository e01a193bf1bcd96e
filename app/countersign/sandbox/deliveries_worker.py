"""The thread that delivers webhooks, so that no request ever waits for somebody's receiver."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from countersign.sandbox import deliveries
from countersign.sandbox.deliveries_sending import make_client, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from countersign.sandbox.deliveries import Job
    from countersign.sandbox.state import Sandbox

_LOG = logging.getLogger(__name__)
AT_ONCE: Final = 8
"""Webhooks that are delivered to at once; each gets its events one after another."""
AFTER_TROUBLE: Final = 5.0
"""Seconds until the database is tried again."""


class Deliveries:
    """Delivers while `running`. What was cut short or never begun waits in the database.

    So each event arrives at least once, and with the same uuid each time.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Look at the queue soon; from any thread, and as often as one likes."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it has stopped
                loop.call_soon_threadsafe(self._news.set)

    @contextlib.contextmanager
    def running(self, sandbox: Sandbox) -> Iterator[None]:
        """Deliver for as long as the block lasts, beginning with what an earlier run left."""
        ready, stopping = threading.Event(), threading.Event()

        def run() -> None:
            asyncio.run(self._main(sandbox, ready, stopping))

        thread = threading.Thread(target=run, name="countersign-sandbox-deliveries", daemon=True)
        thread.start()
        try:
            ready.wait()
            yield
        finally:
            stopping.set()
            self.wake()
            thread.join()
            self._loop = None

    async def _main(
        self, sandbox: Sandbox, ready: threading.Event, stopping: threading.Event
    ) -> None:
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        ready.set()
        under_way: dict[asyncio.Task[None], Job] = {}
        async with make_client() as http:
            try:
                while not stopping.is_set():
                    self._news.clear()
                    wait = await self._round(sandbox, http, under_way)
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(wait):
                            await self._news.wait()
            finally:
                cut_short = dict(under_way)
                for task in cut_short:
                    task.cancel()
                await asyncio.gather(*cut_short, return_exceptions=True)
                await asyncio.to_thread(_release, sandbox, list(cut_short.values()))

    async def _round(
        self, sandbox: Sandbox, http: httpx.AsyncClient, under_way: dict[asyncio.Task[None], Job]
    ) -> float | None:
        """Begin what is due, and give the seconds until something else is."""
        free = AT_ONCE - len(under_way)
        if not free:
            return None
        busy = [job.webhook_sid for job in under_way.values()]
        try:
            jobs, wait = await asyncio.to_thread(_claim, sandbox, busy, free)
        except Exception:  # noqa: BLE001 - a database that is away for a moment must not end it all
            _LOG.exception("The queue of webhooks can't be read")
            return AFTER_TROUBLE
        for job in jobs:
            task = asyncio.create_task(_deliver(sandbox, http, job), name="webhook")
            under_way[task] = job
            task.add_done_callback(partial(self._done, under_way))
            self._news.set()  # one webhook's long queue may have hidden another's
        return wait

    def _done(self, under_way: dict[asyncio.Task[None], Job], task: asyncio.Task[None]) -> None:
        del under_way[task]
        self._news.set()


async def _deliver(sandbox: Sandbox, http: httpx.AsyncClient, job: Job) -> None:
    try:
        outcome = await send(http, job, anywhere=sandbox.settings.webhooks_anywhere)
        await asyncio.to_thread(_record, sandbox, job, outcome)
    except Exception:  # noqa: BLE001 - as above; it is sent again when its lease ends
        _LOG.exception("A webhook's delivery can't be written down")


def _claim(sandbox: Sandbox, busy: list[str], most: int) -> tuple[list[Job], float | None]:
    with sandbox.store.write() as session:
        before = deliveries.cancelled(session)
        claimed = deliveries.claim(session, sandbox.clock.now(), busy, most)
        told = deliveries.cancelled(session) != before
    if told:
        sandbox.changed()
    return claimed


def _record(sandbox: Sandbox, job: Job, outcome: deliveries.Outcome) -> None:
    with sandbox.store.write() as session:
        deliveries.record(session, job, outcome, sandbox.clock.now())
    sandbox.changed()


def _release(sandbox: Sandbox, jobs: list[Job]) -> None:
    if jobs:
        with sandbox.store.write() as session:
            deliveries.release(session, jobs, sandbox.clock.now())
