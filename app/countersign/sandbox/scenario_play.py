"""Playing a scenario: at once by the control API, or from the start on."""

from __future__ import annotations

import dataclasses
import logging
import threading
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, inspect, select
from starlette.datastructures import Headers

from countersign.sandbox import (
    auth,
    control,
    journal,
    jsonbody,
    render,
    sending,
    steering,
    strictjson,
)
from countersign.sandbox.call import Call
from countersign.sandbox.errors import ApiError
from countersign.sandbox.faults import MAX_FAULTS
from countersign.sandbox.forms import Form
from countersign.sandbox.models import Challenge, Factor
from countersign.sandbox.scenarios import GOOD_DAY, SCENARIOS
from countersign.sandbox.state import new_sid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from countersign.sandbox.call import Reply
    from countersign.sandbox.scenario import Scenario
    from countersign.sandbox.state import Sandbox

_LOG = logging.getLogger(__name__)
MAX_SENT: Final = 2_000
"""Requests that one play may send."""


def named(name: str) -> Scenario:
    """Give a scenario; another name is 20404 with all that there are."""
    found = SCENARIOS.get(name)
    if found is None:
        raise ApiError(20404, f"There is no such scenario; there are: {', '.join(SCENARIOS)}")
    return found


def play(call: Call, scenario: Scenario, factor_sid: str | None, count: int = 1) -> list[object]:
    """Do all that a scenario does, `count` times over what it sends; give the challenges.

    Raises 20404 where it needs an account and none is ready; nothing has happened then.
    """
    to = _account(call, factor_sid) if scenario.needs_account else None
    made = [] if to is None else send(call, scenario, to, count)
    surround(call.sandbox, scenario)
    return made


def surround(sandbox: Sandbox, scenario: Scenario) -> None:
    """Turn on a scenario's faults, and set its clock; 60306 where that would be too many faults."""
    if scenario is GOOD_DAY:
        sandbox.faults.clear()
    if len(sandbox.faults.active()) + len(scenario.faults) > MAX_FAULTS:
        raise ApiError(60306, f"More than {MAX_FAULTS} faults would be on; turn some off")
    if scenario.clock is not None:
        sandbox.clock.move(scenario.clock)
    for fault in scenario.faults:
        sandbox.faults.add(fault)


def send(call: Call, scenario: Scenario, to: str, count: int = 1) -> list[object]:
    """Send a scenario's requests to a factor."""
    if count * scenario.count > MAX_SENT:
        raise ApiError(60306, f"count is invalid: {MAX_SENT} requests at most")
    made: list[object] = []
    if scenario.clock is not None:
        # As of the time that is about to hold, or they would be expired when it does.
        real = call.now - call.sandbox.clock.offset
        call = dataclasses.replace(call, now=real + scenario.clock)
    for _ in range(count):
        if scenario.samples:
            reply = steering.one_of_each(_with(call, {"factor_sid": to})).body
            made += reply["challenges"] if isinstance(reply, dict) else []
        if scenario.ask is not None:
            first = control.send_challenge(_with(call, {**scenario.ask.json(), "factor_sid": to}))
            made += [first.body, *_copies(call, first, scenario.count - 1)]
    return made


def _copies(call: Call, first: Reply, count: int) -> list[render.Json]:
    """Send the same again: a thousand one by one would hold everybody else up for seconds."""
    sid = str(first.body["sid"]) if isinstance(first.body, dict) else ""
    row = sending.challenge(call, sid)
    names = [each.key for each in inspect(Challenge).column_attrs if each.key not in {"id", "sid"}]
    same = {name: getattr(row, name) for name in names}
    values = [same | {"sid": new_sid("YC")} for _ in range(count)]
    if values:
        call.session.execute(insert(Challenge), values)
        (sent,) = journal.of(call, sid)
        told = {"at": sent.at, "kind": sent.kind, "text": sent.text}
        events = [told | {"challenge_sid": each["sid"]} for each in values]
        call.session.execute(insert(journal.ChallengeEvent), events)
    return [render.challenge(call.api, Challenge(**each), call.now) for each in values]


def _with(call: Call, body: dict[str, object]) -> Call:
    """Make the call that a tester would make for one step."""
    headers = Headers({jsonbody.TOKEN_HEADER: call.sandbox.auth_token})
    return dataclasses.replace(call, headers=headers, body=strictjson.dumps(body).encode())


def _account(call: Call, factor_sid: str | None) -> str:
    ready = select(Factor.sid).where(Factor.status == "verified", auth.remembered(call))
    if factor_sid is not None:
        ready = ready.where(Factor.sid == factor_sid)
    found = call.session.scalar(ready.order_by(Factor.id.desc()).limit(1))
    if found is None:
        raise ApiError(20404, "No account is ready yet")
    return found


def begin(sandbox: Sandbox, base: str, name: str) -> None:
    """Play a scenario from the start on: faults and clock at once, requests with an account.

    `base` is the server's address. Raises 20404 for an unknown name.
    """
    scenario = named(name)
    surround(sandbox, scenario)
    if not scenario.needs_account:
        return
    opening = _Opening(sandbox, base, dataclasses.replace(scenario, clock=None))
    sandbox.after_change.append(opening)
    opening()


class _Opening:
    """Sends a scenario's requests once, as soon as an account is ready."""

    def __init__(self, sandbox: Sandbox, base: str, scenario: Scenario) -> None:
        self._sandbox = sandbox
        self._base = base
        self._scenario = scenario
        self._lock = threading.Lock()
        self._sent = False

    def __call__(self) -> None:
        """Look whether it is time."""
        with self._lock:
            if self._sent:
                return
            try:
                with self._sandbox.store.write() as session:
                    call = self._call(session)
                    send(call, self._scenario, _account(call, None))
            except ApiError:
                return  # nobody is there yet
            except Exception:  # noqa: BLE001 - what was committed before it must still be answered
                _LOG.exception("the scenario could not be played")
            self._sent = True
        self._sandbox.changes.bump()

    def _call(self, session: Session) -> Call:
        return Call(
            sandbox=self._sandbox,
            session=session,
            method="POST",
            base=self._base,
            route=f"/control/scenarios/{self._scenario.name}",
            path={},
            query=Form.of({}),
            headers=Headers({}),
            body=b"",
            now=self._sandbox.clock.now(),
        )
