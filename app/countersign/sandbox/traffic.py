"""The last requests, for the console, the control API and whoever watches the terminal."""

from __future__ import annotations

import collections
import contextlib
import itertools
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.sandbox import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from countersign.sandbox.callers import Seen

KEPT: Final = 2_000
_FIRST_ERROR: Final = 400
_LINES_WAITING: Final = 1_000
_END: Final = None
_LAST_LINES: Final = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `number` counts from 1 on; `at` is by the sandbox's clock."""

    number: int
    at: float
    seen: Seen
    status: int
    """0 where no answer was sent."""
    ms: float
    """From the request's head to the answer's head."""
    fault: str
    """Names of the faults that hit it, joined by `+`; empty on a good day."""

    @property
    def caller(self) -> str:
        """Who called: a factor's sid, or company, backend, control, console."""
        return self.seen.factor_sid or self.seen.caller

    def json(self) -> dict[str, object]:
        """Write it as the control API does."""
        return {
            "number": self.number,
            "time": dates.stamp(int(self.at)),
            "caller": self.seen.caller,
            "factor_sid": self.seen.factor_sid,
            "method": self.seen.method,
            "path": self.seen.path,
            "status": self.status,
            "ms": round(self.ms, 1),
            "fault": self.fault,
        }

    def line(self) -> str:
        """Write it for a terminal, without its end."""
        time = dates.stamp(int(self.at))[11:19]
        status = str(self.status) if self.status else "---"
        fault = f" [{self.fault}]" if self.fault else ""
        what = f"{self.seen.method} {self.seen.path}"
        return f"{time} {status} {self.ms:5.0f} ms  {self.caller}  {what}{fault}"


CALLERS: Final = ("device", "company", "backend", "control", "console")
ERRORS, FAULTED = "errors", "faults"
ONLY: Final = (ERRORS, FAULTED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests to look at; empty: whatever they are."""

    caller: str = ""
    """Who called, one of `CALLERS`."""
    only: str = ""
    """`ERRORS`: refused or without an answer. `FAULTED`: hit by a fault."""
    find: str = ""
    """What stands somewhere in the request's line, in capitals or not."""

    def __call__(self, entry: Entry) -> bool:
        """Tell whether a request is one of them."""
        bad = entry.status == 0 or entry.status >= _FIRST_ERROR
        return (
            self.caller in {"", entry.seen.caller}
            and (self.only != ERRORS or bad)
            and (self.only != FAULTED or bool(entry.fault))
            and self.find.casefold() in entry.line().casefold()
        )


class Traffic:
    """The last `KEPT` requests. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: collections.deque[Entry] = collections.deque(maxlen=KEPT)
        self._last = 0
        self._watchers: list[Callable[[Entry], None]] = []

    def add(self, at: float, seen: Seen, status: int, ms: float, fault: str = "") -> Entry:
        """Keep a request, and tell the watchers."""
        with self._lock:
            self._last += 1
            entry = Entry(self._last, at, seen, status, ms, fault)
            self._entries.append(entry)
            watchers = tuple(self._watchers)
        for watcher in watchers:
            watcher(entry)
        return entry

    @property
    def last(self) -> int:
        """The number of the newest request; 0 before the first."""
        return self._last

    def since(
        self, number: int = 0, limit: int = KEPT, wanted: Wanted | None = None
    ) -> list[Entry]:
        """Give the requests after that number, oldest first: of more than `limit` the newest."""
        with self._lock:
            kept = list(self._entries)
        fresh = itertools.takewhile(lambda e: e.number > number, reversed(kept))
        return list(itertools.islice(filter(wanted or Wanted(), fresh), limit))[::-1]

    @contextlib.contextmanager
    def watched(self, watcher: Callable[[Entry], None]) -> Iterator[None]:
        """Call this with each request while the block lasts; it must be quick and never raise."""
        with self._lock:
            self._watchers.append(watcher)
        try:
            yield
        finally:
            with self._lock:
                self._watchers.remove(watcher)


@contextlib.contextmanager
def live(traffic: Traffic, stream: TextIO) -> Iterator[None]:
    """Write a line a request to a stream while the block lasts.

    A reader that falls behind loses lines; it never holds the sandbox up.
    """
    lines: queue.Queue[str | None] = queue.Queue(_LINES_WAITING)

    def offer(entry: Entry) -> None:
        with contextlib.suppress(queue.Full):
            lines.put_nowait(entry.line())

    writer = threading.Thread(
        target=_write, args=(lines, stream), name="countersign-sandbox-log", daemon=True
    )
    writer.start()
    try:
        with traffic.watched(offer):
            yield
    finally:
        with contextlib.suppress(queue.Full):
            lines.put(_END, timeout=_LAST_LINES)
        writer.join(_LAST_LINES)


def _write(lines: queue.Queue[str | None], stream: TextIO) -> None:
    listening = True
    while (line := lines.get()) is not _END:
        if not listening:
            continue
        try:
            stream.write(f"{line}\n")
            stream.flush()
        except (OSError, ValueError):  # nobody reads any more; the sandbox goes on
            listening = False
