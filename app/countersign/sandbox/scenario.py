"""What a scenario is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countersign.sandbox.composing import Template
    from countersign.sandbox.faults import Fault


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation. All that it does, the control API's other calls can do one by one."""

    name: str
    title: str
    app_should: str
    ask: Template | None = None
    """The request that it sends; then it needs an account that is ready."""
    count: int = 1
    """How many times it sends that."""
    samples: bool = False
    """Sends one request in each state."""
    faults: tuple[Fault, ...] = ()
    clock: float | None = None
    """Seconds that the clock is put ahead of real time."""

    @property
    def needs_account(self) -> bool:
        """Whether it sends something."""
        return self.ask is not None or self.samples

    def json(self) -> dict[str, object]:
        """Write it as the control API does."""
        return {
            "name": self.name,
            "title": self.title,
            "app_should": self.app_should,
            "needs_account": self.needs_account,
        }
