"""The demo without a display: the real window on a screen of its own, with real clicks and keys.

Each step is saved as a picture, and what is printed behind it is what the service says.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from countersign.cli.demo_stage import IDENTITY, LABEL, failed, messages
from countersign.push.errors import InitializationError
from countersign.testing.x_session import XSession, XSessionUnavailable
from countersign.testing.x_session_app import WAIT, AppDriver
from countersign.testing.x_session_parts import Late, until

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.cli.demo_stage import Stage

_LIVES: Final = (300.0, 300.0, 20.0)
_PATIENCE: Final = 60.0


class _Film:
    """The window, its pictures, and how far the show is."""

    def __init__(self, stage: Stage, app: AppDriver, folder: Path) -> None:
        self.stage = stage
        self.app = app
        self._folder = folder
        self._taken = 0

    def take(self, name: str, what: str) -> None:
        """Save a picture, once the window has answered: what it shows is drawn by then."""
        self._taken += 1
        self.app.controls()
        file = self._folder / f"{self._taken:02}-{name}.png"
        self.app.screen.screenshot(file)
        self.stage.line(f"{self._taken:2} {what}  [{file}]")


def play(stage: Stage, screenshots: Path) -> bool:
    """Go through it all; tell whether the service agreed at each step."""
    _empty(screenshots)
    with contextlib.ExitStack() as stack:
        try:
            screen = stack.enter_context(XSession())
        except XSessionUnavailable as error:
            raise InitializationError("no_screen", str(error)) from error
        stage.line("No display is used: the window is on a screen of the demo's own.")
        app = stack.enter_context(AppDriver(screen, stage.profile, {}, stage.root / "log"))
        film = _Film(stage, app, screenshots)
        try:
            factor_sid = _add_account(film)
            agreed = _answer(film, factor_sid)
            agreed &= _close(film)
        except Late as error:
            film.take("failed", "This is where it went wrong.")
            raise failed(str(error)) from error
    return agreed


def _empty(folder: Path) -> None:
    """Take away what an earlier show left: its pictures would pass for this one's."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9]-*.png"):
        old.unlink()


def _add_account(film: _Film) -> str:
    app, stage = film.app, film.stage
    app.find("typeInButton")
    film.take("first-start", "The first start.")
    app.click("typeInButton")
    app.fill_in("backendUrlEdit", stage.ready["backend_url"])
    app.fill_in("identityEdit", IDENTITY)
    app.fill_in("accountNameEdit", LABEL)
    film.take("typed", "An account is typed in.")
    app.click("continueButton")
    app.find("enrollConfirmHost")
    film.take("confirm", "Its address is to be confirmed.")
    app.click("enrollButton")
    app.says("enrollDone", LABEL)
    film.take("added", "The account is added.")
    app.click("doneButton")
    (factor,) = stage.service.factors()
    stage.says(f"{factor['sid']} is {factor['status']}")
    if factor["status"] != "verified":
        raise failed("the service hasn't verified the account")
    return factor["sid"]


def _answer(film: _Film, factor_sid: str) -> bool:
    app, stage = film.app, film.stage
    approved, denied, expired = stage.ask(factor_sid, _LIVES)
    until(lambda: app.title == "Countersign (3)", "three requests in the window", WAIT)
    sign_in, transfer, payroll = messages()
    film.take("three-requests", "Three requests wait.")
    app.click_on(app.row(sign_in))
    app.says("requestMessage", sign_in)
    film.take("request", "The first one is read,")
    app.click("approveButton")
    app.says("requestResult", "Approved")
    film.take("approved", "and approved.")
    agreed = stage.agrees(approved, "approved")
    app.click_on(app.row(transfer))
    app.says("requestMessage", transfer)
    app.click("denyButton")
    app.says("requestResult", "Denied")
    film.take("denied", "The second one is denied.")
    agreed &= stage.agrees(denied, "denied")
    app.click_on(app.row(payroll))
    app.says("requestMessage", payroll)
    film.take("left-alone", "The third one is left alone.")
    app.says("requestResult", "Nothing was approved")
    film.take("expired", "It has expired.")
    return _expires(stage, expired) and agreed


def _expires(stage: Stage, sid: str) -> bool:
    """Give the service a moment: the window may be a blink ahead of it."""
    ends = time.monotonic() + _PATIENCE
    while stage.service.challenge(sid)["status"] == "pending" and time.monotonic() < ends:
        time.sleep(0.1)
    return stage.agrees(sid, "expired")


def _close(film: _Film) -> bool:
    """See the history, close the window, and see that both answers are kept."""
    app, stage = film.app, film.stage
    app.click(name="History", role="page tab")
    app.row(messages()[1])
    film.take("history", "The history knows both answers.")
    if status := app.quit():
        raise failed(f"the window ended with status {status}")
    decisions = stage.run("history")["decisions"]
    return sorted(decision["server_status"] for decision in decisions) == ["approved", "denied"]
