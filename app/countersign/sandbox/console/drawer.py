"""The drawer at the bottom: traffic, webhooks, faults, scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from countersign.sandbox import deliveries
from countersign.sandbox.console.rows import factor_names
from countersign.sandbox.fault_kinds import FACTS, ONE_CHALLENGE
from countersign.sandbox.faults import CALLERS, DEVICE, MAX_COUNT, MAX_PATTERN
from countersign.sandbox.models import Delivery
from countersign.sandbox.scenarios import SCENARIOS
from countersign.sandbox.traffic import CALLERS as CALLING
from countersign.sandbox.traffic import ONLY, Wanted

if TYPE_CHECKING:
    from countersign.sandbox import render
    from countersign.sandbox.call import Call
    from countersign.sandbox.console.view import View
    from countersign.sandbox.fault_kinds import Facts, Kind
    from countersign.sandbox.faults import Fault
    from countersign.sandbox.scenarios import Scenario
    from countersign.sandbox.traffic import Entry

DELIVERIES: Final = 50
LINES: Final = 200
"""Requests of the traffic that are shown."""
PATHS: Final = ("*/Challenges", ONE_CHALLENGE, "*/Factors", "*/Factors/*", "*/AccessTokens")
"""Offered for a fault's path; any other pattern may be typed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request of the traffic, and the name of who sent it."""

    entry: Entry
    caller: str


@dataclass(frozen=True, slots=True)
class On:
    """A fault that is on. `whom` names what it is limited to; empty if it is for any device."""

    number: int
    words: str
    whom: str


@dataclass(frozen=True, slots=True)
class Switch:
    """One kind of fault, and those of it that are on."""

    kind: Kind
    facts: Facts
    on: list[On]


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the open tab shows, and the faults, which stand at the top of the page too."""

    faults: tuple[Fault, ...]
    lines: list[Line]
    switches: list[Switch]
    scenarios: list[Scenario]
    deliveries: list[render.Json]
    """What webhooks were told of anything, newest first."""
    calling: tuple[str, ...] = CALLING
    only: tuple[str, ...] = ONLY
    callers: tuple[str, ...] = CALLERS
    paths: tuple[str, ...] = PATHS
    most: int = MAX_COUNT
    longest: int = MAX_PATTERN


def drawer_of(call: Call, view: View) -> Drawer:
    """Give what the drawer shows."""
    faults = call.sandbox.faults.active()
    shows = view.drawer == "faults"
    names = factor_names(call) if shows else {}
    return Drawer(
        faults=faults,
        lines=_lines(call, view) if view.drawer == "traffic" else [],
        switches=[
            Switch(kind, facts, [_on(fault, names) for fault in faults if fault.kind is kind])
            for kind, facts in (FACTS.items() if shows else ())
        ],
        scenarios=list(SCENARIOS.values()) if view.drawer == "scenarios" else [],
        deliveries=_deliveries(call) if view.drawer == "webhooks" else [],
    )


def _deliveries(call: Call) -> list[render.Json]:
    rows = call.session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(DELIVERIES))
    return deliveries.render(call.session, list(rows))


def _on(fault: Fault, names: dict[str, str]) -> On:
    told = []
    if fault.callers != {DEVICE}:
        told.append(f"of {', '.join(sorted(fault.callers))}")
    if fault.factor_sid is not None:
        told.append(f"to {names.get(fault.factor_sid, fault.factor_sid)}")
    told += [text for text in (fault.method, fault.path) if text]
    if fault.seconds is not None:
        told.append(f"{fault.seconds:g} s")
    return On(fault.number, fault.words, " · ".join(told))


def _lines(call: Call, view: View) -> list[Line]:
    names = factor_names(call)
    entries = call.sandbox.traffic.since(
        limit=LINES, wanted=Wanted(view.caller, view.only, view.find)
    )[::-1]
    return [Line(entry, names.get(entry.caller, entry.caller)) for entry in entries]
