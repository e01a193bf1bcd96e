"""The control calls for runs: export one, and send it again at once or at the pace it had."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from starlette.routing import Route

from countersign.sandbox import dates, jsonbody, render, replay, sending
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.pacing import Step, TooManyStepsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.sandbox.call import Call, Dispatcher, Handler
    from countersign.sandbox.models import Factor
    from countersign.sandbox.replay import Item

FAST, RECORDED = "fast", "recorded"


def export(call: Call) -> Reply:
    """GET /control/export: the newest challenges and what became of them, to be kept or replayed.

    Takes `limit`, 1 to 1000, 100 if left out. No secrets.
    """
    limit = call.query.integer("limit", 1, replay.MAX_REQUESTS, code=60306) or sending.SHOWN
    return Reply(200, replay.export(call, limit))


def replay_run(call: Call) -> Reply:
    """POST /control/replay: send the challenges of a `run` again, in order.

    Each goes to the account it was for, by factor_sid, else to the identity's newest one; or all
    to `factor_sid`. With `pace` "recorded" each is sent as long after the first one as it was,
    by the sandbox's clock; the answer has those that were sent already, and how many wait.
    """
    body = jsonbody.read(call)
    sid = jsonbody.text(body, "factor_sid")
    pace = jsonbody.text(body, "pace") or FAST
    if pace not in {FAST, RECORDED}:
        raise ApiError(60306, f"pace is invalid: {FAST} or {RECORDED}")
    to = sending.factor(call, sid) if sid else None
    items = replay.items(body.get("run"))
    later = [item for item in items if item.after > 0] if pace == RECORDED else []
    _try(call, later, to)
    first = items[: len(items) - len(later)]
    sent = [item.send(call, to) for item in first]
    try:
        call.sandbox.pacer.add(_step(call, item, sid) for item in later)
    except TooManyStepsError as error:
        raise ApiError(60306, str(error)) from error
    rows = [render.challenge(call.api, row, call.now) for row in sent]
    return Reply(201, {"challenges": rows, "waiting": len(later)})


def _try(call: Call, items: list[Item], to: Factor | None) -> None:
    """Refuse now what would be refused when its time comes; sends nothing."""
    if items:
        with call.session.begin_nested() as trial:
            for item in items:
                item.send(call, to)
            trial.rollback()


def _step(call: Call, item: Item, sid: str | None) -> Step:
    return Step(call.now + item.after, _sender(call, item, sid))


def _sender(call: Call, item: Item, sid: str | None) -> Callable[[], None]:
    sandbox, blank = call.sandbox, dataclasses.replace(call, body=b"")

    def send() -> None:
        with sandbox.store.write() as session:
            then = dataclasses.replace(blank, session=session, now=sandbox.clock.now())
            item.send(then, sending.factor(then, sid) if sid else None)
        sandbox.changed()

    return send


def replaying(call: Call) -> Reply:
    """GET /control/replay: what of a replay at the recorded pace is still to come."""
    waiting = call.sandbox.pacer.waiting()
    body = {
        "waiting": waiting.count,
        "next": None if waiting.next is None else dates.stamp(int(waiting.next)),
        "failed": waiting.failed,
    }
    return Reply(200, body)


def stop_replay(call: Call) -> Reply:
    """DELETE /control/replay: send nothing more of it."""
    jsonbody.permit(call)
    call.sandbox.pacer.clear()
    return Reply(204)


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/control/export", export),
    ("GET", "/control/replay", replaying),
    ("POST", "/control/replay", replay_run),
    ("DELETE", "/control/replay", stop_replay),
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
