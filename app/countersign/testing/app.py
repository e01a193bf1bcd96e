"""The app as a test drives it: the real window on a real device, keys in memory, a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget
from shiboken6 import isValid

from countersign.desktop.lists.roles import SidRole
from countersign.desktop.main_window.controller import Controller
from countersign.desktop.main_window.window import MainWindow
from countersign.device.device import Device
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.push.http import Http
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.records import Account

TIMEOUT: Final = 20_000
"""Milliseconds that anything may take; all of it takes a few."""

_T = TypeVar("_T")
_Widget = TypeVar("_Widget", bound=QWidget)


class AppUnderTest:
    """`window` and what is behind it; made by the fixture `countersign_app`.

    Nothing is shown before `show`. `keys` is a password store that can be made to fail. Object
    names and signals to wait on are listed in docs/automation.md.
    """

    def __init__(self, qtbot: QtBot, loop: Loop, theme: Theme, profile: Path) -> None:
        self._qtbot, self._loop, self._theme = qtbot, loop, theme
        self.keys = FailingKeyStore("locked", on=())
        self.database = Database(profile)
        self.run(self.database.open())
        self.device = Device(
            AccountTable(self.database), DecisionTable(self.database), self.keys, Http()
        )
        self.window = MainWindow(theme)
        self._controller: Controller | None = None

    @property
    def controller(self) -> Controller:
        """What runs the window, once it is shown."""
        if self._controller is None:
            raise RuntimeError("show() the window first")
        return self._controller

    def run(self, work: Coroutine[object, object, _T]) -> _T:
        """Wait for a coroutine while the window lives on."""
        task = self._loop.create_task(work)
        self._qtbot.waitUntil(task.done, timeout=TIMEOUT)
        result: _T = task.result()
        return result

    def enrol(self, backend_url: str, identity: str = "test-user-1", label: str = "") -> Account:
        """Add an account as the dialog does it, without the dialog."""
        return self.run(enrol(self.device, EnrolmentRequest(backend_url, identity, label=label)))

    def show(self) -> None:
        """Show the window, and begin to poll."""
        self._controller = Controller(self.window, self._theme, self.device)
        self.window.show()
        self._controller.start()

    def find(self, name: str, kind: type[_Widget]) -> _Widget:
        """Return the one widget of that object name that can be seen; AssertionError if not one."""
        found = self._visible(name, kind)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} visible widgets are called {name}")
        return found[0]

    def click(self, name: str) -> None:
        """Click a button with the mouse, as soon as it is there and can be clicked."""
        self._qtbot.waitUntil(lambda: self._clickable(name), timeout=TIMEOUT)
        self._qtbot.mouseClick(self.find(name, QWidget), Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt

    def type_text(self, name: str, text: str) -> None:
        """Type into a field."""
        self._qtbot.keyClicks(self.find(name, QLineEdit), text)  # type: ignore[no-untyped-call]  # pytest-qt

    def select(self, list_name: str, sid: str) -> None:
        """Click the row of a request or an account, as soon as it is there."""
        view = self.find(list_name, QAbstractItemView)
        self._qtbot.waitUntil(lambda: self._row(view, sid) >= 0, timeout=TIMEOUT)
        index = view.model().index(self._row(view, sid), 0)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        self._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)  # type: ignore[no-untyped-call]  # pytest-qt

    def close(self) -> None:
        """End in order, as the app does: qtbot would delete the window before its work ends."""
        if self._controller is not None:
            self.run(self._controller.stop())
        self.run(self.device.http.aclose())
        self.run(self.database.aclose())
        self.window.close()
        self.window.deleteLater()
        self._qtbot.waitUntil(lambda: not isValid(self.window))

    def _visible(self, name: str, kind: type[_Widget]) -> list[_Widget]:
        return [one for one in self.window.findChildren(kind, name) if one.isVisible()]

    def _clickable(self, name: str) -> bool:
        found = self._visible(name, QAbstractButton)
        return bool(found) and found[0].isEnabled()

    @staticmethod
    def _row(view: QAbstractItemView, sid: str) -> int:
        model = view.model()
        rows = range(model.rowCount())
        return next((row for row in rows if model.index(row, 0).data(SidRole) == sid), -1)
