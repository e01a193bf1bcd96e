"""The control calls that a tester steers single requests with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from starlette.routing import Route

from countersign.sandbox import (
    auth,
    challenges,
    composing,
    control,
    journal,
    jsonbody,
    render,
    replay,
    sending,
    strictjson,
)
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form
from countersign.sandbox.models import Challenge, Factor

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler

MAX_COUNT = 100
"""Requests that one call may send."""


def _rendered(call: Call, rows: list[Challenge]) -> dict[str, object]:
    return {"challenges": [render.challenge(call.api, row, call.now) for row in rows]}


def _pending(call: Call) -> Challenge:
    row = sending.challenge(call, call.path["sid"])
    if row.status != "pending":
        raise ApiError(60322)
    if call.now >= row.expires:
        raise ApiError(60323)
    return row


def expire(call: Call) -> Reply:
    """POST /control/challenges/{sid}/expire: let its time end now."""
    jsonbody.permit(call)
    row = _pending(call)
    row.expires = row.updated = call.second
    journal.steered(call, row, "Expired by the tester")
    return Reply(200, render.challenge(call.api, row, call.now))


def change(call: Call) -> Reply:
    """POST /control/challenges/{sid}/change: another message, fields or hidden_details.

    What is left out stays. A device that shows the old text signs what is no longer so: 60324.
    """
    body = jsonbody.read(call)
    row = _pending(call)
    before = row.details, row.hidden_details
    form = Form.of(
        {
            "Details.Message": jsonbody.text(body, "message") or str(row.details["message"]),
            "Details.Fields": jsonbody.dumped(body, "fields")
            or strictjson.dumps(row.details["fields"]),
            "HiddenDetails": jsonbody.dumped(body, "hidden_details"),
        }
    )
    row.details = {**row.details, **challenges.details_of(form)}
    if "hidden_details" in body:
        row.hidden_details = form.strings("HiddenDetails")
    if (row.details, row.hidden_details) == before:
        raise ApiError(60306, "Nothing would change")
    row.updated = call.second
    journal.steered(call, row, f"Changed by the tester; it said: {strictjson.dumps(before[0])}")
    return Reply(200, render.challenge(call.api, row, call.now))


def remove(call: Call) -> Reply:
    """DELETE /control/challenges/{sid}: as if it had never been sent."""
    jsonbody.permit(call)
    call.session.delete(sending.challenge(call, call.path["sid"]))
    return Reply(204)


def send_again(call: Call) -> Reply:
    """POST /control/again: send the request of `sid`, or the newest, once more or `count` times."""
    body = jsonbody.read(call)
    sid = jsonbody.text(body, "sid")
    if sid is None:
        newest = call.session.scalar(select(Challenge).order_by(Challenge.id.desc()).limit(1))
        if newest is None:
            raise ApiError(20404, "Nothing was sent yet")
    else:
        newest = sending.challenge(call, sid)
    factor = sending.factor(call, newest.factor_sid)
    count = jsonbody.number(body, "count", 1, MAX_COUNT) or 1
    asked = replay.request_of(newest)
    return Reply(201, _rendered(call, [asked.send(call, factor) for _ in range(count)]))


def send_many(call: Call) -> Reply:
    """POST /control/bursts: what `POST /control/challenges` takes, `count` times."""
    body = jsonbody.read(call)
    count = jsonbody.number(body, "count", 1, MAX_COUNT)
    if count is None:
        raise ApiError(60306, f"count is required: 1 to {MAX_COUNT}")
    made = [control.send_challenge(call).body for _ in range(count)]
    return Reply(201, {"challenges": made})


def list_templates(_call: Call) -> Reply:
    """GET /control/templates."""
    return Reply(200, {"templates": [each.json() for each in composing.TEMPLATES]})


def one_of_each(call: Call) -> Reply:
    """POST /control/samples: one request in each state, to `factor_sid` or the newest account.

    The answered ones are set so: nobody signed them.
    """
    sid = jsonbody.text(jsonbody.read(call), "factor_sid")
    factor = sending.factor(call, sid) if sid else _newest(call)
    rows = [_sample(call, factor, sample) for sample in composing.SAMPLES]
    return Reply(201, _rendered(call, rows))


def _newest(call: Call) -> Factor:
    query = select(Factor).where(Factor.status == "verified", auth.remembered(call))
    found = call.session.scalar(query.order_by(Factor.id.desc()).limit(1))
    if found is None:
        raise ApiError(20404, "No account is ready yet")
    return found


def _sample(call: Call, factor: Factor, sample: composing.Sample) -> Challenge:
    asked = replay.Request.of(sample.template.json() | {"expires_in": sample.life})
    row = asked.send(call, factor)
    if sample.age:
        row.created = row.updated = call.second - sample.age
        row.expires = row.created + sample.life
    if sample.status in {"approved", "denied"}:
        row.status = sample.status
        row.responded = row.updated = row.created + 2
        journal.steered(call, row, f"Set to {sample.status} by the tester; nobody signed it")
    return row


def credentials(call: Call) -> Reply:
    """POST /control/credentials: what the ready line says, the auth token included."""
    jsonbody.permit(call)
    box = call.sandbox
    return Reply(
        200,
        {
            "account_sid": box.account_sid,
            "auth_token": box.auth_token,
            "service_sid": box.service_sid,
        },
    )


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/control/bursts", send_many),
    ("POST", "/control/again", send_again),
    ("POST", "/control/samples", one_of_each),
    ("GET", "/control/templates", list_templates),
    ("POST", "/control/challenges/{sid}/expire", expire),
    ("POST", "/control/challenges/{sid}/change", change),
    ("DELETE", "/control/challenges/{sid}", remove),
    ("POST", "/control/credentials", credentials),
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
