"""A toy site to sign in at: what a company's own page does with Countersign, in both ways.

Somebody names himself and confirms in the app, or comes from the app's "Sign in" with an id that
only the app knows. The site hands that id on in the request's hidden details: by it the app tells
the sign-in that it began from any other (docs/silent-approval.md). Opening an address begins
nothing; pressing the button does. Being signed in gives nothing: a real site would bind the
outcome to the browser's own session.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.routing import Route

from countersign.sandbox import backend, control, jsonbody, render, sending, strictjson
from countersign.sandbox.call import Reply, refuse
from countersign.sandbox.console.accounts import SCHEME
from countersign.sandbox.console.pages import HEADERS, PAGES
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form, is_sid
from countersign.sandbox.guard import SIGN_IN

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler
    from countersign.sandbox.models import Challenge, Factor

MESSAGE: Final = "Sign in to Sandbox site"
LIFE: Final = 120
"""Seconds in which a sign-in is to be confirmed."""
MEMBER: Final = "transaction"
"""The member of hidden_details that gives the app its own id back."""
_MADE_BY: Final = "site"
"""The member of hidden_details that tells this page's requests from all others."""
_HERE: Final = "sandbox"
_TRANSACTION: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_IDENTITY: Final = 64
_OFFERED: Final = 50
_BROWSERS: Final = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS: Final = ("Windows", "Android", "iPhone", "Mac OS", "Linux")
_CALLED: Final = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who signs in, as the address or the form says it."""

    identity: str
    """As it was typed; empty where the app named its factor."""
    factor: Factor | None
    transaction: str
    """The app's own id; empty where the sign-in wasn't begun there."""

    @classmethod
    def of(cls, call: Call, form: Form) -> Asked:
        """Read it; what is there must be right (60306), and the factor verified (20404)."""
        transaction, sid = form.get(MEMBER) or "", form.get("factor") or ""
        if transaction and not _TRANSACTION.fullmatch(transaction):
            raise ApiError(60306, "This address isn't complete. Start again from Countersign.")
        if sid and not is_sid(sid, "YF"):
            raise ApiError(60306, "This address isn't complete. Start again from Countersign.")
        identity = (form.text("identity", _IDENTITY) or "").strip()
        factor = sending.factor(call, sid) if sid else None
        if factor is not None and factor.status != "verified":
            raise ApiError(20404, "The account isn't finished.")
        return cls(identity, factor, transaction)

    def found(self, call: Call) -> Factor:
        """Give the factor to ask; the identity counts as stored or as it was given to enrol."""
        if self.factor is not None:
            return self.factor
        if not self.identity:
            raise ApiError(60306, "Type your ID.")
        try:
            return sending.newest_factor(call, {self.identity, backend.hashed(self.identity)})
        except ApiError as error:
            raise ApiError(20404, "Nobody here has that ID and a finished account.") from error


def page(call: Call) -> Reply:
    """GET /sign-in: who are you? With `factor` and `transaction` it was opened by the app."""
    try:
        return _start(call, Asked.of(call, call.query))
    except ApiError as error:
        return _start(call, Asked("", None, ""), error)


def begin(call: Call) -> Reply:
    """POST /sign-in: send the request, and lead to the page that waits for its answer."""
    try:
        jsonbody.permit(call)
    except ApiError as error:
        return refuse(error)  # of somebody else's making: it gets no page
    asked = Asked("", None, "")
    try:
        asked = Asked.of(call, call.form())
        with call.session.begin_nested():
            row = _sent(call, asked, asked.found(call))
    except ApiError as error:
        return _start(call, asked, error)
    return Reply(303, headers={"Location": f"{SIGN_IN}/{row.sid}"})


def waiting(call: Call) -> Reply:
    """GET /sign-in/{sid}: what has become of it."""
    row = _ours(call)
    query = urlencode({"factor_sid": row.factor_sid, "challenge_sid": row.sid})
    shown = {
        "sid": row.sid,
        "status": render.status(row, call.now),
        "name": sending.factor_name(call, row.factor_sid),
        "link": f"{SCHEME}://challenge?{query}",
        "from_app": MEMBER in (row.hidden_details or {}),
    }
    return _html(200, "sign_in_waiting.html", shown)


def status(call: Call) -> Reply:
    """GET /sign-in/{sid}/status: pending, approved, denied or expired, for the page's script."""
    return Reply(200, {"status": render.status(_ours(call), call.now)})


def _ours(call: Call) -> Challenge:
    row = sending.challenge(call, call.path["sid"])
    if (row.hidden_details or {}).get(_MADE_BY) != _HERE:
        raise ApiError(20404, "The sign-in was not found")
    return row


def _sent(call: Call, asked: Asked, to: Factor) -> Challenge:
    """Send the request; a second press on the button leads to the first one's.

    Of two requests with one id the app approves neither.
    """
    for row in sending.recent(call) if asked.transaction else ():
        hidden = row.hidden_details or {}
        if hidden.get(MEMBER) == asked.transaction and hidden.get(_MADE_BY) == _HERE:
            if row.factor_sid != to.sid:
                raise ApiError(60306, "This sign-in was begun already. Start again.")
            return row
    fields = [
        {"label": "Location", "value": "This computer"},
        {"label": "Device", "value": device(call.headers.get("user-agent", ""))},
    ]
    hidden = {_MADE_BY: _HERE}
    if asked.transaction:
        hidden[MEMBER] = asked.transaction
    form = Form.of(
        {
            "FactorSid": to.sid,
            "Details.Message": MESSAGE,
            "Details.Fields": strictjson.dumps(fields),
            "HiddenDetails": strictjson.dumps(hidden),
            "ExpirationDate": control.expiration(call, LIFE),
        }
    )
    return sending.send(call, to, form)


def device(user_agent: str) -> str:
    """Say which browser asks, by what it says of itself: one of our words, never its own."""
    found = [
        next((name for name in names if name in user_agent), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(_CALLED.get(name, name) for name in found if name) or "Unknown browser"


def _start(call: Call, asked: Asked, problem: ApiError | None = None) -> Reply:
    verified = [row for row in reversed(sending.factors(call)) if row.status == "verified"]
    shown = {
        "asked": asked,
        "factors": verified[:_OFFERED],
        "typed": asked.identity or (verified[0].identity if len(verified) == 1 else ""),
        "problem": problem.message if problem else "",
        "longest": _IDENTITY,
    }
    return _html(problem.status if problem else 200, "sign_in.html", shown)


def _html(code: int, template: str, shown: dict[str, object]) -> Reply:
    text = PAGES.get_template(template).render(shown)
    return Reply(code, text=text, media_type="text/html", headers=dict(HEADERS))


def _refusal(error: ApiError) -> Reply:
    shown: dict[str, object] = {"problem": error.message}
    return _html(error.status, "sign_in_gone.html", shown)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", SIGN_IN, page),
        ("POST", SIGN_IN, begin),
        ("GET", f"{SIGN_IN}/{{sid}}/status", status),
    )
    gone = dispatcher.endpoint(waiting, refusal=_refusal)
    return [
        *(
            Route(path, dispatcher.endpoint(handler), methods=[method])
            for method, path, handler in table
        ),
        Route(f"{SIGN_IN}/{{sid}}", gone, methods=["GET"]),
    ]
