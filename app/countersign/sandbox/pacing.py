"""What is to be done later by the sandbox's clock, in order: a run that is replayed at its pace."""

from __future__ import annotations

import contextlib
import heapq
import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from countersign.sandbox.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countersign.sandbox.clock import Clock

_LOG = logging.getLogger(__name__)
MAX_WAITING: Final = 10_000
LOOKS: Final = 1.0
"""Seconds after which the clock is read again: whoever moves it need not say so."""


class TooManyStepsError(Exception):
    """More than `MAX_WAITING` would wait at once."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One thing to do; of several at the same moment the first one added goes first."""

    at: float
    """When, in seconds since 1970 by the sandbox's clock."""
    act: Callable[[], None] = field(compare=False)
    """It may raise ApiError, and is given up then."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is still to come."""

    count: int
    next: float | None
    """When the next one is due; None if there is none."""
    failed: int
    """How many could not be done since something was added to nothing."""


class Pacer:
    """Does steps when they are due. Safe to use from any thread; its own begins with the first.

    What waits lives in the process, as the clock's offset does. `on_change` is called after each
    step and must not raise.
    """

    def __init__(self, clock: Clock, on_change: Callable[[], None] = lambda: None) -> None:
        self._clock = clock
        self._on_change = on_change
        self._news = threading.Condition()
        self._steps: list[tuple[Step, int]] = []
        self._added = 0
        self._failed = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    def waiting(self) -> Waiting:
        """Give what is still to come."""
        with self._news:
            due = self._steps[0][0].at if self._steps else None
            return Waiting(len(self._steps), due, self._failed)

    def add(self, steps: Iterable[Step]) -> None:
        """Have these done when they are due. Raises TooManyStepsError, and adds none then."""
        fresh = list(steps)
        with self._news:
            if len(self._steps) + len(fresh) > MAX_WAITING:
                raise TooManyStepsError(f"{MAX_WAITING} wait already; stop the replay first")
            if not self._steps:
                self._failed = 0
            for step in fresh:
                self._added += 1
                heapq.heappush(self._steps, (step, self._added))
            if fresh and self._thread is None and not self._closed:
                self._thread = threading.Thread(
                    target=self._run, name="countersign-sandbox-replay", daemon=True
                )
                self._thread.start()
            self._news.notify_all()

    def wake(self) -> None:
        """Look at the clock now: it was moved."""
        with self._news:
            self._news.notify_all()

    def clear(self) -> None:
        """Forget what waits; what is being done is finished."""
        with self._news:
            self._steps.clear()
            self._failed = 0
        self._on_change()

    def close(self) -> None:
        """Do nothing more, and wait for what is being done."""
        with self._news:
            self._closed = True
            self._steps.clear()
            self._news.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (step := self._due()) is not None:
            try:
                step.act()
            except ApiError:  # whom it was for is gone
                self._count_failure()
            except Exception:  # noqa: BLE001 - the others must still come
                _LOG.exception("a step of the replay failed")
                self._count_failure()
            with contextlib.suppress(RuntimeError):  # whoever would have heard of it is gone
                self._on_change()

    def _count_failure(self) -> None:
        with self._news:
            self._failed += 1

    def _due(self) -> Step | None:
        """Wait for the next step that is due; None when it is over."""
        with self._news:
            while not self._closed:
                left = self._steps[0][0].at - self._clock.now() if self._steps else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._steps)[0]
                self._news.wait(None if left is None else min(left, LOOKS))
        return None
