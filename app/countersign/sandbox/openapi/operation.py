"""What a document needs to know of one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

EVERYWHERE: Final = (20403, 60306)
"""What any call may be refused with: another site's page, and a request that can't be read."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query, by its Python type; all are optional."""

    name: str
    type: object
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. Types are Python's; None stands for nothing at all."""

    method: str
    path: str
    name: str
    """Its `operationId`: the client's method, where that has no other name."""
    summary: str
    answer: type | None
    status: int = 200
    body: type | None = None
    needed: bool = False
    """Whether an empty body is refused."""
    query: tuple[Parameter, ...] = ()
    codes: tuple[int, ...] = ()
    """What it may be refused with, besides `EVERYWHERE`."""

    @property
    def changes(self) -> bool:
        """Whether it needs the control token or our own Origin."""
        return self.method != "GET"


def whole(low: int, high: int) -> object:
    """Give the type of a whole number between the bounds, both included."""
    return Annotated[int, Meta(ge=low, le=high)]
