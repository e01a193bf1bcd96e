"""What a test of these dialogs works with."""

from __future__ import annotations

import ssl
import uuid
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from typing_extensions import override

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.device.device import Device
from countersign.device.enrolment import EnrolmentRequest, Step, UnfinishedError, enrol
from countersign.push.errors import NetworkError
from countersign.push.http import Http
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.records import Account
    from countersign.push.http import Reply
    from countersign.sandbox.serve import Running

_T = TypeVar("_T")
W = TypeVar("W", bound=QWidget)


class FaultyHttp(Http):
    """Real HTTP that fails instead wherever a test puts an error, by the method and path's end."""

    def __init__(self) -> None:
        # No certificates: plain HTTP over loopback needs none, and reads no disk.
        super().__init__(verify=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self.faults: dict[str, Exception] = {}
        self.sent: list[str] = []

    @override
    async def send(self, method: str, url: str, **more: Any) -> Reply:
        """Send, or fail."""
        self.sent.append(f"{method} {url}")
        fault = next((each for key, each in self.faults.items() if key in self.sent[-1]), None)
        if fault is not None:
            raise fault
        return await super().send(method, url, **more)


@dataclass
class Desk:
    """A device, a sandbox, and a window; `wait` runs a coroutine inside Qt's loop."""

    qtbot: QtBot
    loop: Loop
    theme: Theme
    window: QWidget
    sandbox: Running
    keys: FailingKeyStore = field(default_factory=lambda: FailingKeyStore("locked", on=()))
    http: FaultyHttp = field(default_factory=FaultyHttp)
    identity: str = field(default_factory=lambda: uuid.uuid4().hex)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _device: Device | None = None

    @property
    def device(self) -> Device:
        """The device."""
        assert self._device is not None
        return self._device

    async def open(self, folder: Path) -> None:
        """Open the profile."""
        database = Database(folder)
        self.stack.push_async_callback(database.aclose)
        await database.open()
        self.stack.push_async_callback(self.http.aclose)
        self._device = Device(AccountTable(database), DecisionTable(database), self.keys, self.http)

    async def aclose(self) -> None:
        """Close the profile."""
        await self.stack.aclose()

    def wait(self, work: Coroutine[object, object, _T]) -> _T:
        """Run a coroutine to its end while Qt's loop goes on."""
        task: asyncio.Task[_T] = self.loop.create_task(work)
        self.qtbot.waitUntil(task.done)
        return task.result()

    def accounts(self) -> list[Account]:
        """Return the accounts on this computer."""

        async def read() -> list[Account]:
            return list(await self.device.accounts.all())

        return self.wait(read())

    def enrol(self) -> Account:
        """Add an account without a window."""
        request = EnrolmentRequest(self.sandbox.backend_url, self.identity, label="Northwind")
        return self.wait(enrol(self.device, request))

    def enrol_unfinished(self) -> Account:
        """Add an account whose check fails."""

        def fail_the_check(step: Step) -> None:
            if step is Step.CHECK:
                self.http.faults["POST"] = NetworkError("unreachable", "No network.")

        async def work() -> Account:
            request = EnrolmentRequest(self.sandbox.backend_url, self.identity, label="Northwind")
            try:
                return await enrol(self.device, request, fail_the_check)
            except UnfinishedError as error:
                return error.account

        account = self.wait(work())
        self.http.faults.clear()
        return account

    def link(self, **more: str) -> str:
        """Return a link to the sandbox."""
        values = {"backend": self.sandbox.backend_url, "identity": self.identity} | more
        return f"countersign://enroll?{urlencode(values)}"

    def dialog(self, link: str | None = None) -> EnrollDialog:
        """Open the dialog."""
        made = EnrollDialog(self.device, self.window, link=link)
        made.open()
        return made

    def confirmed(self) -> EnrollDialog:
        """Open the dialog by link and agree to its address."""
        made = self.dialog(self.link())
        self.click(made, "enrollButton")
        return made

    def click(self, dialog: QWidget, name: str) -> None:
        """Press a button that can be pressed."""
        button = find(dialog, QAbstractButton, name)
        assert button.isEnabled(), name
        button.click()

    def close_dialogs(self) -> None:
        """End what a test left open, at once."""
        for dialog in self.window.findChildren(QDialog):
            dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def find(parent: QWidget, kind: type[W], name: str) -> W:
    """Return the visible widget of that name."""
    found = [each for each in parent.findChildren(kind, name) if each.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]
