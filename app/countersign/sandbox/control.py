"""The control API: what the console can do, for programs. JSON in, JSON out, loopback only.

Reading is open to whoever reaches us; changing things needs our own Origin or the control token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from countersign.sandbox import backend, control_webhooks, dates, jsonbody, render, sending
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler


def _clock(call: Call) -> dict[str, object]:
    clock = call.sandbox.clock
    return {"now": dates.stamp(int(clock.now())), "offset": clock.offset}


def state(call: Call) -> Reply:
    """GET /control: addresses, clock, factors, and the newest challenges. No secrets."""
    body = {
        "sandbox": True,
        "api_url": call.api,
        "account_sid": call.sandbox.account_sid,
        "service_sid": call.sandbox.service_sid,
        "clock": _clock(call),
        "factors": _factors(call),
        "challenges": [render.challenge(call.api, row, call.now) for row in sending.recent(call)],
    }
    return Reply(200, body)


def _factors(call: Call) -> list[render.Json]:
    return [render.factor(call.api, row, for_device=False) for row in sending.factors(call)]


def list_factors(call: Call) -> Reply:
    """GET /control/factors."""
    return Reply(200, {"factors": _factors(call)})


def fetch_challenge(call: Call) -> Reply:
    """GET /control/challenges/{sid}."""
    row = sending.challenge(call, call.path["sid"])
    return Reply(200, render.challenge(call.api, row, call.now))


def send_challenge(call: Call) -> Reply:
    """POST /control/challenges.

    Takes factor_sid, or identity (its newest verified factor), message, fields, hidden_details and
    expires_in (seconds); the limits are those of the API.
    """
    body = jsonbody.read(call)
    factor_sid, identity = jsonbody.text(body, "factor_sid"), jsonbody.text(body, "identity")
    if factor_sid is not None:
        factor = sending.factor(call, factor_sid)
    elif identity is not None:
        factor = sending.newest_factor(call, {identity, backend.hashed(identity)})
    else:
        raise ApiError(60306, "factor_sid or identity is required")
    life = jsonbody.seconds(body, "expires_in")
    form = Form.of(
        {
            "FactorSid": factor.sid,
            "Details.Message": jsonbody.text(body, "message"),
            "Details.Fields": jsonbody.dumped(body, "fields"),
            "HiddenDetails": jsonbody.dumped(body, "hidden_details"),
            "ExpirationDate": None if life is None else expiration(call, life),
        }
    )
    row = sending.send(call, factor, form)
    return Reply(201, render.challenge(call.api, row, call.now))


def expiration(call: Call, life: float) -> str:
    """Write the date that lies so many seconds ahead; 60306 if no calendar has it."""
    try:
        return dates.stamp(int(call.now + life))
    except (ValueError, OverflowError) as error:
        raise ApiError(60306, "expires_in is out of range") from error


def move_clock(call: Call) -> Reply:
    """POST /control/clock: offset in seconds from real time."""
    offset = jsonbody.seconds(jsonbody.read(call), "offset")
    if offset is None:
        raise ApiError(60306, "offset is required")
    try:
        call.sandbox.clock.move(offset)
    except ValueError as error:
        raise ApiError(60306, str(error)) from error
    call.sandbox.deliveries.wake()
    call.sandbox.pacer.wake()
    return Reply(200, _clock(call))


def reset(call: Call) -> Reply:
    """POST /control/reset: the requests alone, or with `everything` the accounts and clock too."""
    everything = jsonbody.flag(jsonbody.read(call), "everything")
    call.sandbox.reset(call.session, everything=everything)
    return Reply(200, {"everything": everything})


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/control", state),
    ("GET", "/control/factors", list_factors),
    ("POST", "/control/challenges", send_challenge),
    ("GET", "/control/challenges/{sid}", fetch_challenge),
    ("POST", "/control/clock", move_clock),
    ("POST", "/control/reset", reset),
    *control_webhooks.ROUTES,
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
