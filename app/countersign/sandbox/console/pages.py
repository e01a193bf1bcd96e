"""The page and its live parts, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from countersign.sandbox import composing, dates
from countersign.sandbox.call import Reply
from countersign.sandbox.console import actions, texts
from countersign.sandbox.console.accounts import account_rows, companies, invitation
from countersign.sandbox.console.detail import detail_of
from countersign.sandbox.console.drawer import drawer_of
from countersign.sandbox.console.rows import rows_of
from countersign.sandbox.console.snippets import KINDS
from countersign.sandbox.console.view import DRAWERS, PAGE, STATUSES, TABS, View
from countersign.sandbox.guard import SIGN_IN

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form

PARTS: Final = ("topbar", "account", "accounts", "list", "detail", "drawer")
"""What is drawn anew while the page is open, each from a template of that name."""
HEADERS: Final = {
    # Nothing inline and nothing from elsewhere: a message with HTML in it stays text twice over.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    # Under no-referrer a plain form's Origin is "null", and nothing tells it from another site's.
    "Referrer-Policy": "same-origin",
}
LIVES: Final = ((10, "10 s"), (60, "1 min"), (300, "5 min"), (3_600, "60 min"))
COUNTS: Final = (1, 10, 100)
MOVES: Final = (
    (60, "+1 min"),
    (600, "+10 min"),
    (3_600, "+1 h"),
    (86_400, "+1 d"),
    (-600, "-10 min"),
)

PAGES = Environment(
    loader=PackageLoader("countersign.sandbox"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters |= {
    "visible": texts.visible,
    "short": texts.short,
    "pretty": texts.pretty,
    "clock_time": texts.clock_time,
    "exact_time": texts.exact_time,
}


def _context(call: Call, view: View) -> dict[str, object]:
    return {
        "view": view,
        "now": call.now,
        "stamp": dates.stamp(call.second),
        "offset": texts.offset(call.sandbox.clock.offset),
        "offset_seconds": int(call.sandbox.clock.offset),
        "moves": MOVES,
        "statuses": STATUSES,
        "tabs": TABS,
        "page_size": PAGE,
        "kinds": {name: kind[0] for name, kind in KINDS.items()},
        "accounts": account_rows(call),
        "invitation": invitation(call),
        "list": rows_of(call, view),
        "detail": detail_of(call, view),
        "drawer": drawer_of(call, view),
        "drawers": DRAWERS,
        "addresses": {
            "API": call.api,
            "Company address": f"{call.base}/access-token",
            "Control API": f"{call.base}/control",
            "Sign-in page": f"{call.base}{SIGN_IN}",
        },
        "companies": companies(call),
        "replaying": call.sandbox.pacer.waiting(),
    }


def parts(call: Call) -> Reply:
    """GET /console/parts: the live parts of a view, and the time, as JSON."""
    context = _context(call, View.of(call.query))
    drawn = {name: PAGES.get_template(f"{name}.html").render(context) for name in PARTS}
    return Reply(200, {"now": call.now, "parts": drawn}, headers=dict(HEADERS))


def page(call: Call) -> Reply:
    """GET /console."""
    view = View.of(call.query)
    return _html(call, 200, view, _composed(composing.template(view.template)), None)


def show_problem(call: Call, status: int, form: Form, problem: str) -> Reply:
    """Draw the page with what was wrong, and what was typed still in it."""
    if form.get("message") is None or call.path["action"] != "send":
        composed = _composed(composing.template(""))
    else:
        composed = _typed(form)
    return _html(call, status, View(), composed, problem)


def act(call: Call) -> Reply:
    """POST /console/do/{action}."""
    return actions.perform(call, show_problem)


def _html(
    call: Call, status: int, view: View, composed: dict[str, object], problem: str | None
) -> Reply:
    text = PAGES.get_template("console.html").render(
        _context(call, view),
        composed=composed,
        templates=[(each.name, _composed(each)) for each in composing.TEMPLATES],
        lives=LIVES,
        counts=COUNTS,
        problem=problem,
    )
    return Reply(status, text=text, media_type="text/html", headers=dict(HEADERS))


def _composed(template: composing.Template) -> dict[str, object]:
    return {
        "template": template.name,
        "message": template.message,
        "fields": list(template.fields),
        "hidden": list(template.hidden_details.items()),
        "expires_in": template.expires_in,
        "count": 1,
    }


def _typed(form: Form) -> dict[str, object]:
    return {
        "template": "",
        "message": form.get("message"),
        "fields": list(zip(form.all("label"), form.all("value"), strict=False)),
        "hidden": list(zip(form.all("hidden_name"), form.all("hidden_value"), strict=False)),
        "expires_in": form.get("expires_in"),
        "count": form.get("count"),
    }
