"""The console's forms: each becomes a call of the control API, checked like anybody's."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from countersign.sandbox import (
    control,
    control_faults,
    control_runs,
    control_webhooks,
    jsonbody,
    steering,
    strictjson,
)
from countersign.sandbox.call import Reply, refuse
from countersign.sandbox.errors import ApiError
from countersign.sandbox.faults import DEVICE
from countersign.sandbox.forms import Form
from countersign.sandbox.guard import CONSOLE

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Handler

Json = dict[str, object]
_Read = Callable[[Form], Json]
MAX_DIGITS: Final = 9


def _number(form: Form, name: str) -> int | None:
    text = form.get(name)
    if not text:
        return None
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        raise ApiError(60306, f"{name} is invalid: a whole number")
    return int(text)


def _decimal(text: str) -> float:
    try:
        value = float(text) if len(text) <= MAX_DIGITS else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ApiError(60306, "seconds is invalid: a number")
    return value


def _pairs(form: Form, name: str, value: str) -> list[tuple[str, str]]:
    both = zip(form.all(name), form.all(value), strict=False)
    return [(label, text) for label, text in both if label or text]


def _fields(form: Form) -> list[Json]:
    return [{"label": label, "value": value} for label, value in _pairs(form, "label", "value")]


def _compose(form: Form) -> Json:
    hidden = dict(_pairs(form, "hidden_name", "hidden_value"))
    body: Json = {
        "factor_sid": form.get("factor_sid") or "",
        "message": form.get("message"),
        "fields": _fields(form),
        "expires_in": _number(form, "expires_in"),
        "count": _number(form, "count") or 1,
    }
    return body | ({"hidden_details": hidden} if hidden else {})


def _change(form: Form) -> Json:
    return {"message": form.get("message"), "fields": _fields(form)}


def _none(_form: Form) -> Json:
    return {}


def _optional(*names: str) -> _Read:
    return lambda form: {name: value for name in names if (value := form.get(name))}


def _clock(form: Form) -> Json:
    return {"offset": _number(form, "offset")}


def _fault(form: Form) -> Json:
    until_off = form.get("until_off") == "true"
    caller, seconds = form.get("caller"), form.get("seconds")
    return {
        "kind": form.get("kind"),
        "count": None if until_off else _number(form, "count") or 1,
        "callers": [caller] if caller else [DEVICE],
        "seconds": _decimal(seconds) if seconds else None,
        **_optional("factor_sid", "method", "path")(form),
    }


def _reset(form: Form) -> Json:
    return {"everything": form.get("everything") == "true"}


@dataclasses.dataclass(frozen=True, slots=True)
class Action:
    """What a form calls, how its fields become the call's body, and what is said of it."""

    handler: Handler
    read: _Read
    done: str


ACTIONS: Final[dict[str, Action]] = {
    "send": Action(steering.send_many, _compose, "Sent."),
    "again": Action(steering.send_again, _optional("sid"), "Sent again."),
    "samples": Action(steering.one_of_each, _optional("factor_sid"), "Sent one of each."),
    "expire": Action(steering.expire, _none, "Expired."),
    "change": Action(steering.change, _change, "Changed."),
    "delete": Action(steering.remove, _none, "Deleted."),
    "redeliver": Action(control_webhooks.redeliver, _none, "Queued again."),
    "fault": Action(control_faults.add_fault, _fault, "Turned on."),
    "fault-off": Action(control_faults.remove_fault, _none, "Turned off."),
    "faults-off": Action(control_faults.clear_faults, _none, "All turned off."),
    "scenario": Action(control_faults.play_scenario, _optional("factor_sid"), "Playing."),
    "replay-stop": Action(control_runs.stop_replay, _none, "Stopped."),
    "clock": Action(control.move_clock, _clock, "The clock was moved."),
    "reset": Action(control.reset, _reset, "Forgotten."),
}


def perform(call: Call, show: Callable[[Call, int, Form, str], Reply]) -> Reply:
    """POST /console/do/{action}.

    A script gets JSON; a plain form is led back, or shown what was wrong by `show`.
    """
    action = ACTIONS.get(call.path["action"])
    if action is None:
        raise ApiError(20404)
    by_script = call.headers.get("accept", "").startswith("application/json")
    try:
        jsonbody.permit(call)
    except ApiError as error:
        return refuse(error)  # of somebody else's making: it gets no page
    form = call.form()
    try:
        with call.session.begin_nested():  # what fails half way leaves nothing, and yet we answer
            reply = action.handler(_control_call(call, action, form))
    except ApiError as error:
        said = f"{error.message} ({error.code})"
        return refuse(error) if by_script else show(call, error.status, form, said)
    if by_script:
        return Reply(200, {"said": action.done, "answer": reply.body})
    return Reply(303, headers={"Location": _back(form)})


def _control_call(call: Call, action: Action, form: Form) -> Call:
    path = {name: form.get(name) or "" for name in ("sid", "id", "name")}
    body = strictjson.dumps(action.read(form)).encode("utf-8", "surrogatepass")
    return dataclasses.replace(call, path=path, body=body)


def _back(form: Form) -> str:
    """Where the form stood: a place of ours and nothing else."""
    back = form.get("back") or ""
    ours = back.startswith(f"{CONSOLE}?") and back.isascii() and back.isprintable()
    return back if ours else CONSOLE
