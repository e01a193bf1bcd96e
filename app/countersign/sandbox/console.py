"""The console: one plain page to send a challenge from and to see what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.routing import Route

from countersign.sandbox import control, dates, render, sending, strictjson
from countersign.sandbox.call import Reply, refuse
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form
from countersign.sandbox.guard import CONSOLE

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler

_PAGES = Environment(
    loader=PackageLoader("countersign.sandbox"), autoescape=True, undefined=StrictUndefined
)
_STATIC = Path(__file__).parent / "static"
HEADERS = {
    # Nothing inline and nothing from elsewhere: a message with HTML in it stays text twice over.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
DEFAULTS = {
    "factor_sid": "",
    "message": "Sign in to Northwind?",
    "fields": "Location: Lisbon, Portugal\nBrowser: Firefox on Windows",
    "expires_in": "300",
}


def _rows(call: Call) -> dict[str, object]:
    return {
        "clock": dates.stamp(call.second),
        "challenges": [render.challenge(call.api, row, call.now) for row in sending.recent(call)],
    }


def _html(call: Call, status: int, values: dict[str, str], problem: str | None) -> Reply:
    page = _PAGES.get_template("console.html").render(
        **_rows(call),
        factors=sending.factors(call),
        backend_url=f"{call.base}/access-token",
        values=values,
        problem=problem,
    )
    return Reply(status, text=page, media_type="text/html", headers=dict(HEADERS))


def page(call: Call) -> Reply:
    """GET /console."""
    return _html(call, 200, DEFAULTS, None)


def requests(call: Call) -> Reply:
    """GET /console/requests: the table alone, for the page's script."""
    table = _PAGES.get_template("requests.html").render(**_rows(call))
    return Reply(200, text=table, media_type="text/html", headers=dict(HEADERS))


def send(call: Call) -> Reply:
    """POST /console/challenges: send one, and go back to the page; or show what was wrong."""
    try:
        control.permit(call)
    except ApiError as error:
        return refuse(error)
    form = call.form()
    values = {name: form.get(name) or "" for name in DEFAULTS}
    try:
        sending.send(call, sending.factor(call, values["factor_sid"]), _parameters(call, values))
    except ApiError as error:
        return _html(call, error.status, values, f"{error.code}: {error.message}")
    return Reply(303, headers={"Location": CONSOLE})


def _parameters(call: Call, values: dict[str, str]) -> Form:
    life = values["expires_in"].strip()
    if not (life.isascii() and life.isdigit() and len(life) < len(str(control.MAX_SECONDS))):
        raise ApiError(60306, "Expiry is invalid: a number of seconds")
    lines = [line.partition(":") for line in values["fields"].splitlines() if line.strip()]
    fields = [{"label": label.strip(), "value": value.strip()} for label, _, value in lines]
    return Form.of(
        {
            "FactorSid": values["factor_sid"],
            "Details.Message": values["message"],
            "Details.Fields": strictjson.dumps(fields),
            "ExpirationDate": control.expiration(call, int(life)),
        }
    )


def _file(name: str, media_type: str) -> Handler:
    text = (_STATIC / name).read_text(encoding="utf-8")

    def serve(_call: Call) -> Reply:
        return Reply(200, text=text, media_type=media_type)

    return serve


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", CONSOLE, page),
        ("GET", f"{CONSOLE}/requests", requests),
        ("POST", f"{CONSOLE}/challenges", send),
        ("GET", f"{CONSOLE}/console.css", _file("console.css", "text/css")),
        ("GET", f"{CONSOLE}/console.js", _file("console.js", "text/javascript")),
    )
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in table
    ]
