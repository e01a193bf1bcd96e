"""Faults: what goes wrong on purpose, for which requests, and how often.

They live in the process and not in the database, as the clock's offset does. The console and the
control API are never hit, so whatever is switched on can be switched off again.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.sandbox.fault_kinds import FACTS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.sandbox.callers import Seen
    from countersign.sandbox.fault_kinds import Facts

DEVICE, COMPANY, BACKEND = "device", "company", "backend"
CALLERS: Final = (DEVICE, COMPANY, BACKEND)
"""Whose requests a fault may hit."""
MAX_FAULTS: Final = 100
MAX_COUNT: Final = 10_000
MAX_PATTERN: Final = 200
MAX_SECONDS: Final = 86_400.0


class TooManyFaultsError(Exception):
    """More than `MAX_FAULTS` would be on at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault and whom it hits. Raises ValueError for numbers out of range."""

    kind: Kind
    left: int | None = 1
    """Requests that it will still hit; None: until it is turned off."""
    every: int = 1
    """Of the requests that it is for, it hits each second, third and so on."""
    seconds: float | None = None
    """How long or how far, where the kind takes that; its own default if left out."""
    callers: frozenset[str] = frozenset({DEVICE})
    factor_sid: str | None = None
    method: str | None = None
    path: str | None = None
    """A pattern with `*` for the path as the traffic log writes it, without what follows a `?`."""
    number: int = 0
    met: int = 0
    """Requests that it was for so far, hit or not."""

    def __post_init__(self) -> None:
        if self.left is not None and not 1 <= self.left <= MAX_COUNT:
            raise ValueError(f"count is a number from 1 to {MAX_COUNT}")
        if not 1 <= self.every <= MAX_COUNT:
            raise ValueError(f"every is a number from 1 to {MAX_COUNT}")
        if self.seconds is not None and not abs(self.seconds) <= MAX_SECONDS:
            raise ValueError(f"seconds is a number up to {MAX_SECONDS:.0f}")
        if len(self.path or "") > MAX_PATTERN:
            raise ValueError(f"path has up to {MAX_PATTERN} characters")
        if not self.callers or not self.callers <= set(CALLERS):
            raise ValueError(f"callers are of {', '.join(CALLERS)}")

    @property
    def facts(self) -> Facts:
        """What is known of its kind."""
        return FACTS[self.kind]

    @property
    def amount(self) -> float:
        """The seconds that hold: its own or its kind's."""
        default = self.facts.seconds or 0.0
        return default if self.seconds is None else self.seconds

    @property
    def words(self) -> str:
        """How a person is told that it is on: "429 for the next 2"."""
        often = "until off" if self.left is None else f"for the next {self.left}"
        each = f"each {self.every}th, " if self.every > 1 else ""
        return f"{self.facts.short} {each}{often}"

    def is_for(self, seen: Seen) -> bool:
        """Tell whether a request is one that it counts."""
        return (
            seen.caller in self.callers
            and self.factor_sid in {None, seen.factor_sid}
            and self.method in {None, seen.method}
            and self.facts.method in {None, seen.method}
            and fnmatch.fnmatchcase(seen.bare, self.path or "*")
            and fnmatch.fnmatchcase(seen.bare, self.facts.path)
        )

    def json(self) -> dict[str, object]:
        """Write it as the control API does."""
        return {
            "id": self.number,
            "kind": self.kind.value,
            "title": self.facts.title,
            "words": self.words,
            "count": self.left,
            "every": self.every,
            "seconds": self.amount if self.facts.seconds is not None else None,
            "callers": sorted(self.callers),
            "factor_sid": self.factor_sid,
            "method": self.method,
            "path": self.path,
            "app_should": self.facts.app_should,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """What goes wrong with one request: it is slow, and perhaps one more thing."""

    latency: float = 0.0
    fault: Fault | None = None
    names: tuple[str, ...] = ()


NOTHING: Final = Hit()


class Faults:
    """The faults that are on. Safe to use from any thread; `on_change` is called after each change.

    A request is hit by every latency that is for it, and by the oldest other fault that is due.
    """

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._on: dict[int, Fault] = {}
        self._last = 0
        self._on_change = on_change

    def active(self) -> tuple[Fault, ...]:
        """Give those that are on, oldest first."""
        with self._lock:
            return tuple(self._on.values())

    def add(self, fault: Fault) -> Fault:
        """Turn one on, and give it back with its number. Raises TooManyFaultsError."""
        with self._lock:
            if len(self._on) >= MAX_FAULTS:
                raise TooManyFaultsError(f"{MAX_FAULTS} faults are on; turn some off")
            self._last += 1
            added = dataclasses.replace(fault, number=self._last, met=0)
            self._on[added.number] = added
        self._on_change()
        return added

    def remove(self, number: int) -> bool:
        """Turn one off; False if it isn't on."""
        with self._lock:
            found = self._on.pop(number, None) is not None
        if found:
            self._on_change()
        return found

    def clear(self) -> None:
        """Turn all off."""
        with self._lock:
            self._on.clear()
        self._on_change()

    def take(self, seen: Seen) -> Hit:
        """Say what goes wrong with a request, and count it."""
        if not self._on:  # read without the lock: on a good day nobody waits here
            return NOTHING
        with self._lock:
            due = self._due(seen)
            if due:
                self._use(due)
        if due:
            self._on_change()
        slow = [fault for fault in due if fault.kind is Kind.LATENCY]
        other = next((fault for fault in due if fault.kind is not Kind.LATENCY), None)
        names = tuple(fault.kind.value for fault in due)
        return Hit(sum(fault.amount for fault in slow), other, names)

    def _due(self, seen: Seen) -> list[Fault]:
        due: list[Fault] = []
        for fault in list(self._on.values()):
            if not fault.is_for(seen):
                continue
            met = dataclasses.replace(fault, met=fault.met + 1)
            self._on[fault.number] = met
            slow = fault.kind is Kind.LATENCY
            taken = not slow and any(other.kind is not Kind.LATENCY for other in due)
            if met.met % met.every == 0 and not taken:
                due.append(met)
        return due

    def _use(self, due: list[Fault]) -> None:
        for fault in due:
            if fault.left is None:
                continue
            if fault.left == 1:
                del self._on[fault.number]
            else:
                self._on[fault.number] = dataclasses.replace(fault, left=fault.left - 1)
