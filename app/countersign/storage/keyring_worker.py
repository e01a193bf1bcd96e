"""A thread in which blocking calls wait their turn, away from the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")

GRACE: Final = 2.0
"""Seconds to wait for a call whose caller has gone: far more than any call takes by itself."""


class WorkerBusyError(Exception):
    """A call whose caller has gone still runs, most likely because it asks the user something."""


class WorkerClosedError(Exception):
    """The worker was closed."""


class Worker:
    """Runs calls one at a time, in the order in which they came; for one event loop.

    Not a ThreadPoolExecutor: the interpreter waits for the threads of one before it ends, and a
    question of the keyring's that nobody answers would keep the program from ending.
    """

    def __init__(self, name: str, *, grace: float = GRACE) -> None:
        self._name = name
        self._grace = grace
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._ended: Future[None] | None = None
        self._abandoned: Future[object] | None = None
        self._closed = False

    async def run(
        self, function: Callable[[], _T], then: Callable[[_T], object] | None = None
    ) -> _T:
        """Call `function` in the thread, and `then` with its result if nobody waits for it.

        Raises WorkerBusyError where an earlier call was cancelled and doesn't end, and
        WorkerClosedError.
        """
        await self._wait_for_abandoned()
        call = self._submit(function)
        try:
            return await asyncio.wrap_future(call)
        except asyncio.CancelledError:
            self._abandon(call, then)
            raise

    async def aclose(self) -> None:
        """End the thread once it has done what it was asked, or leave it if it takes too long.

        What is left then is a daemon thread, which ends with the process.
        """
        self._closed = True
        if self._ended is None:
            return
        self._calls.put(None)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(self._ended), self._grace)

    async def _wait_for_abandoned(self) -> None:
        call = self._abandoned
        if call is None:
            return
        if not call.done():
            await asyncio.wait({asyncio.wrap_future(call)}, timeout=self._grace)
            if not call.done():
                raise WorkerBusyError
        self._abandoned = None

    def _abandon(self, call: Future[_T], then: Callable[[_T], object] | None) -> None:
        if call.cancelled():  # it was still waiting for its turn
            return
        with contextlib.suppress(WorkerClosedError):
            # Not a callback of the call: that could run here, on the event loop.
            self._abandoned = self._submit(partial(_follow, call, then))

    def _submit(self, function: Callable[[], _T]) -> Future[_T]:
        if self._closed:
            raise WorkerClosedError
        self._start()
        call: Future[_T] = Future()
        self._calls.put(partial(_complete, call, function))
        return call

    def _start(self) -> None:
        if self._ended is not None:
            return
        self._ended = Future()
        self._ended.set_running_or_notify_cancel()  # so that no waiter who gives up can cancel it
        threading.Thread(
            target=_work, args=(self._calls, self._ended), name=self._name, daemon=True
        ).start()


def _work(calls: SimpleQueue[Callable[[], None] | None], ended: Future[None]) -> None:
    while (call := calls.get()) is not None:
        call()
        del call  # or it would keep a key's secret alive until the next one comes
    ended.set_result(None)


def _complete(call: Future[_T], function: Callable[[], _T]) -> None:
    if not call.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001 - it belongs to the caller, whatever it is
        call.set_exception(error)
    else:
        call.set_result(result)


def _follow(call: Future[_T], then: Callable[[_T], object] | None) -> None:
    if then is not None and call.exception() is None:  # calls take turns: this one has ended
        then(call.result())
