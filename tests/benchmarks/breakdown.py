"""Where the time of a request goes, by the sandbox's parts."""

from __future__ import annotations

import cProfile
import pstats
import threading
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from typing_extensions import override

from countersign.sandbox.serve import running
from tests.benchmarks import load
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
R = TypeVar("R")
_Function = tuple[str, int, str]
_PARTS = (
    ("signature", ("cryptography", "bindings._rust.openssl")),
    ("database", ("sqlalchemy", "sqlite3", "psycopg")),
    ("HTTP and routing", ("uvicorn", "h11", "starlette", "asyncio", "selectors", "socket")),
    ("the sandbox itself", ("countersign",)),
)
OTHER = "Python's library"


class _Here(Executor):
    """Does the work in the server's own thread, which is the one that is profiled."""

    def __init__(self) -> None:
        self._profile = cProfile.Profile()
        self._running = False
        self._over = threading.Event()

    @override
    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if not self._running and not self._over.is_set():
            self._running = True
            self._profile.enable()
        elif self._over.is_set() and self._running:
            self._running = False
            self._profile.disable()
        future: Future[R] = Future()
        future.set_result(fn(*args, **kwargs))
        return future

    def end(self) -> None:
        """Let the next request be the first that isn't profiled."""
        self._over.set()

    def parts(self) -> dict[str, float]:
        """Give the share of each part, without what waiting took."""
        stats = cast("dict[_Function, Any]", pstats.Stats(self._profile).stats)  # type: ignore[attr-defined]
        shares: dict[str, float] = dict.fromkeys([*(name for name, _ in _PARTS), OTHER], 0.0)
        for function, (_, _, _, _, callers) in stats.items():
            for caller, (_, _, took, _) in callers.items():
                if "poll" not in function[2]:  # waits for the next request
                    # What is built in counts for whoever called it.
                    shares[_part(function) or _part(caller) or OTHER] += took
        total = sum(shares.values())
        return {name: took / total for name, took in shares.items()}


def _part(function: _Function) -> str | None:
    place = f"{function[0]} {function[2]}"
    return next((name for name, words in _PARTS if any(word in place for word in words)), None)


def breakdown(folder: Path, count: int) -> dict[str, float]:
    """Profile polls over a sandbox in this process, on SQLite."""
    with running(state_dir=folder) as sandbox, World.over(sandbox) as world:
        device = world.device()
        world.pending(device)
        requests = [load.poll(device) for _ in range(count)]
        load.send(world.base, requests[:50])  # what is only done once
        usual, here = sandbox.sandbox.workers, _Here()
        sandbox.sandbox.workers = here  # type: ignore[assignment]
        load.send(world.base, requests, connections=1)
        here.end()
        load.send(world.base, requests[:1], connections=1)
        sandbox.sandbox.workers = usual
        return here.parts()
