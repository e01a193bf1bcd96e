"""The app with an account that lets silent approval be turned on, and a browser that is none."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtWidgets import QLabel

from countersign.device import accounts
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from countersign.device.records import Account, Mode
    from countersign.sandbox.client_types import ChallengeJson
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest

TEMPLATE = "http://127.0.0.1:9/start?id={transaction}&factor={factor}"


@dataclass
class Browser:
    """Remembers what it was to open, and opens it only if `works`."""

    opened: list[str] = field(default_factory=list)
    works: bool = True

    def open(self, address: str) -> bool:
        """Stand in for `open_in_browser`."""
        self.opened.append(address)
        return self.works

    @property
    def transaction(self) -> str:
        """The id in the address that was opened last."""
        return parse_qs(urlsplit(self.opened[-1]).query)["id"][0]


@dataclass
class Desk:
    """The window, the company that sends requests, and the browser."""

    app: AppUnderTest
    sandbox: Running
    qtbot: QtBot
    account: Account
    browser: Browser

    def ask(self, message: str = "Sign in?", transaction: str = "") -> str:
        """Let the company ask; the sid."""
        hidden = {"transaction": transaction} if transaction else {}
        sent: ChallengeJson = self.sandbox.client.create_challenge(
            self.account.sid, message=message, hidden_details=hidden
        )
        return str(sent["sid"])

    def status(self, sid: str) -> str:
        """Return a request's status at the service."""
        return str(self.sandbox.client.challenge(sid)["status"])

    def until(self, done: Callable[[], object]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(done()), timeout=TIMEOUT)

    def next_second(self) -> None:
        """Wait until what is sent is surely newer than the look that came before.

        Services tell of whole seconds, and what may have been there already isn't approved.
        """
        begun = math.ceil(time.time())
        self.until(lambda: time.time() > begun)

    def says(self, name: str, part: str) -> None:
        """Wait for a text that can be seen."""
        self.until(lambda: part in self.text(name))

    def text(self, name: str) -> str:
        """Return what can be read there now."""
        found = self.app.window.findChildren(QLabel, name)
        return "\n".join(one.text() for one in found if one.isVisible())

    def allow(self, *modes: Mode) -> None:
        """Let these be turned on, as the switches in the details do."""
        for mode in modes:
            work = accounts.allow_silent(self.app.device, self.account, mode, allowed=True)
            self.account = self.app.run(work)
        self.app.run(self.app.controller.refresh_accounts())


@pytest.fixture
def desk(countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot) -> Desk:
    app = countersign_app
    account = app.enrol(countersign_sandbox.backend_url, "northwind-1", "Northwind Bank")
    account = app.run(accounts.set_sign_in_address(app.device, account, TEMPLATE))
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    desk = Desk(app, countersign_sandbox, qtbot, account, Browser())
    app.controller.silent.open_url = desk.browser.open
    return desk
