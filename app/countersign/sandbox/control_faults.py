"""The control calls for faults, scenarios and traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from countersign.sandbox import dates, jsonbody, scenario_play
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.fault_kinds import FACTS, Kind
from countersign.sandbox.faults import CALLERS, DEVICE, MAX_COUNT, Fault, TooManyFaultsError
from countersign.sandbox.scenarios import SCENARIOS
from countersign.sandbox.traffic import CALLERS as CALLING
from countersign.sandbox.traffic import KEPT, ONLY, Wanted

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler

MAX_NUMBER = 10**15
MAX_FIND = 100
_MAX_PLAYS = 100


def _active(call: Call) -> list[dict[str, object]]:
    return [fault.json() for fault in call.sandbox.faults.active()]


def list_faults(call: Call) -> Reply:
    """GET /control/faults: those that are on, and all kinds."""
    kinds = [
        {
            "kind": kind.value,
            "title": facts.title,
            "app_should": facts.app_should,
            "seconds": facts.seconds,
        }
        for kind, facts in FACTS.items()
    ]
    return Reply(200, {"faults": _active(call), "kinds": kinds})


def add_fault(call: Call) -> Reply:
    """POST /control/faults: kind; count (1 if left out, null: until off), and whom it hits.

    Also every, seconds, callers (device if left out), factor_sid, method and path, a pattern with
    `*`.
    """
    body = jsonbody.read(call)
    until_off = "count" in body and body["count"] is None
    left = None if until_off else jsonbody.number(body, "count", 1, MAX_COUNT) or 1
    try:
        fault = Fault(
            kind=Kind(jsonbody.text(body, "kind")),
            left=left,
            every=jsonbody.number(body, "every", 1, MAX_COUNT) or 1,
            seconds=jsonbody.seconds(body, "seconds"),
            callers=_callers(body),
            factor_sid=jsonbody.text(body, "factor_sid"),
            method=jsonbody.text(body, "method"),
            path=jsonbody.text(body, "path"),
        )
        added = call.sandbox.faults.add(fault)
    except (ValueError, TooManyFaultsError) as error:
        raise ApiError(60306, f"The fault is invalid: {error}") from error
    return Reply(201, added.json())


def _callers(body: dict[str, object]) -> frozenset[str]:
    value = body.get("callers", [DEVICE])
    if not isinstance(value, list):
        raise ApiError(60306, f"callers is invalid: a list of {', '.join(CALLERS)}")
    return frozenset(map(str, value))


def remove_fault(call: Call) -> Reply:
    """DELETE /control/faults/{id}."""
    jsonbody.permit(call)
    number = call.path["id"]
    known = number.isascii() and number.isdigit() and len(number) < len(str(MAX_NUMBER))
    if not known or not call.sandbox.faults.remove(int(number)):
        raise ApiError(20404, "That fault isn't on")
    return Reply(204)


def clear_faults(call: Call) -> Reply:
    """DELETE /control/faults: turn all off."""
    jsonbody.permit(call)
    call.sandbox.faults.clear()
    return Reply(204)


def list_scenarios(_call: Call) -> Reply:
    """GET /control/scenarios."""
    return Reply(200, {"scenarios": [each.json() for each in SCENARIOS.values()]})


def play_scenario(call: Call) -> Reply:
    """POST /control/scenarios/{name}: play it, for `factor_sid` or the newest account.

    `count`: how many times it sends what it sends, 1 to 100.
    """
    body = jsonbody.read(call)
    scenario = scenario_play.named(call.path["name"])
    count = jsonbody.number(body, "count", 1, _MAX_PLAYS) or 1
    made = scenario_play.play(call, scenario, jsonbody.text(body, "factor_sid"), count)
    clock = call.sandbox.clock
    return Reply(
        201,
        {
            "scenario": scenario.json(),
            "challenges": made,
            "faults": _active(call),
            "clock": {"now": dates.stamp(int(clock.now())), "offset": clock.offset},
        },
    )


def list_traffic(call: Call) -> Reply:
    """GET /control/traffic: the requests after number `after`, the newest `limit` of them.

    With caller, only and find those alone that are such.
    """
    after = call.query.integer("after", 0, MAX_NUMBER, code=60306) or 0
    limit = call.query.integer("limit", 1, KEPT, code=60306) or KEPT
    traffic = call.sandbox.traffic
    found = traffic.since(after, limit, _wanted(call))
    return Reply(200, {"traffic": [each.json() for each in found], "last": traffic.last})


def _wanted(call: Call) -> Wanted:
    return Wanted(
        caller=_one_of(call, "caller", CALLING),
        only=_one_of(call, "only", ONLY),
        find=call.query.text("find", MAX_FIND) or "",
    )


def _one_of(call: Call, name: str, known: tuple[str, ...]) -> str:
    value = call.query.get(name) or ""
    if value and value not in known:
        raise ApiError(60306, f"{name} is invalid: one of {', '.join(known)}")
    return value


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/control/faults", list_faults),
    ("POST", "/control/faults", add_fault),
    ("DELETE", "/control/faults", clear_faults),
    ("DELETE", "/control/faults/{id}", remove_fault),
    ("GET", "/control/scenarios", list_scenarios),
    ("POST", "/control/scenarios/{name}", play_scenario),
    ("GET", "/control/traffic", list_traffic),
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
