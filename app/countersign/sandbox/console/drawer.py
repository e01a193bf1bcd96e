"""The drawer at the bottom: traffic, faults, scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.sandbox.console.rows import factor_names
from countersign.sandbox.fault_kinds import FACTS
from countersign.sandbox.scenarios import SCENARIOS

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.console.view import View
    from countersign.sandbox.fault_kinds import Facts, Kind
    from countersign.sandbox.faults import Fault
    from countersign.sandbox.scenarios import Scenario
    from countersign.sandbox.traffic import Entry

LINES: Final = 200
"""Requests of the traffic that are shown."""
HITS: Final = (("1", "next 1"), ("2", "next 2"), ("5", "next 5"), ("off", "until off"))


@dataclass(frozen=True, slots=True)
class Line:
    """One request of the traffic, and the name of who sent it."""

    entry: Entry
    caller: str


@dataclass(frozen=True, slots=True)
class Switch:
    """One kind of fault, and those of it that are on."""

    kind: Kind
    facts: Facts
    on: list[Fault]


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the open tab shows, and the faults, which stand at the top of the page too."""

    faults: tuple[Fault, ...]
    lines: list[Line]
    switches: list[Switch]
    scenarios: list[Scenario]
    hits: tuple[tuple[str, str], ...] = HITS


def drawer_of(call: Call, view: View) -> Drawer:
    """Give what the drawer shows."""
    faults = call.sandbox.faults.active()
    kinds = FACTS.items() if view.drawer == "faults" else ()
    return Drawer(
        faults=faults,
        lines=_lines(call) if view.drawer == "traffic" else [],
        switches=[
            Switch(kind, facts, [fault for fault in faults if fault.kind is kind])
            for kind, facts in kinds
        ],
        scenarios=list(SCENARIOS.values()) if view.drawer == "scenarios" else [],
    )


def _lines(call: Call) -> list[Line]:
    names = factor_names(call)
    entries = call.sandbox.traffic.since(limit=LINES)[::-1]
    return [Line(entry, names.get(entry.caller, entry.caller)) for entry in entries]
