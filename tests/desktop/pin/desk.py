"""What the lock's tests work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from countersign.device.records import Account
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest
    from tests.unit.storage.keys.keys_support import Entries

PIN = "730915"
OTHER = "918273"


@dataclass
class Desk:
    """The window, a company, and the keyring."""

    app: AppUnderTest
    sandbox: Running
    qtbot: QtBot
    account: Account
    entries: Entries

    def set_pin(self) -> None:
        """Set the PIN, past the dialog."""
        self.app.run(self.app.device.pin.choose(PIN))

    def show(self) -> None:
        """Show the window, and wait for the first poll."""
        with self.qtbot.waitSignal(self.app.window.pollFinished, timeout=TIMEOUT):
            self.app.show()

    def show_locked(self) -> None:
        """Show the window over a PIN that nobody has entered."""
        with self.qtbot.waitSignal(self.app.window.lockedChanged, timeout=TIMEOUT):
            self.app.show()

    def ask(self, message: str) -> str:
        """Let the company ask; the sid."""
        return str(self.sandbox.client.create_challenge(self.account.sid, message=message)["sid"])

    def status(self, sid: str) -> str:
        """Return a request's status at the service."""
        return str(self.sandbox.client.challenge(sid)["status"])

    def lock(self) -> None:
        """Lock, and wait until the keys are gone."""
        with self.qtbot.waitSignal(self.app.window.lockedChanged, timeout=TIMEOUT):
            self.app.controller.lock()

    def unlock(self, pin: str = PIN) -> None:
        """Enter the PIN as its user does."""
        with self.qtbot.waitSignal(self.app.window.lockedChanged, timeout=TIMEOUT):
            self.enter(pin)

    def enter(self, pin: str) -> None:
        """Type a PIN and press the button."""
        self.until(lambda: not self.app.find("pinEdit", QLineEdit).isReadOnly())
        self.app.type_text("pinEdit", pin)
        self.app.click("unlockButton")

    def until(self, done: Callable[[], object]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(done()), timeout=TIMEOUT)

    def says(self, name: str) -> str:
        """Return what a label says that can be seen."""
        return self.app.find(name, QLabel).text()

    def seen(self) -> str:
        """Return every text that can be seen in the window, and its title."""
        window = self.app.window
        texts = [window.windowTitle()]
        texts += [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
        texts += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisible()]
        texts += [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
        texts += [one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible()]
        return "\n".join(texts)
