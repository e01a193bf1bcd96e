"""A small window and the ways of a user with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.desktop.request.world import challenge, listed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from countersign.desktop.compact.window import CompactWindow
    from countersign.device.inbox import Request


def sid(number: int) -> str:
    """Return the sid of a request by its number."""
    return f"YC{number:032d}"


def request(number: int, message: str = "Sign in to Northwind online banking") -> Request:
    """Return a request that waits."""
    return listed(challenge(sid=sid(number), message=message))


class Small:
    """The window with what it told, and its parts by the names that UI tests use."""

    def __init__(self, window: CompactWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.closings = 0
        window.closed.connect(self._count)

    def _count(self) -> None:
        self.closings += 1

    def show(self, *numbers: int, chosen: bool = True) -> None:
        """Let these wait, show the first, and wait until it is read."""
        self.window.set_requests([request(number) for number in numbers])
        with self.qtbot.waitSignal(self.window.requestReady):
            assert self.window.show_request(sid(numbers[0]), chosen=chosen)

    def button(self, name: str) -> QPushButton:
        """Find a button by its name."""
        found = self.window.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        return found

    def label(self, name: str) -> str:
        """Return what a label says."""
        found = self.window.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text() if found.isVisible() else ""

    def click(self, name: str) -> None:
        """Click a button."""
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key."""
        self.qtbot.keyClick(self.window.pane, key, modifier)  # type: ignore[no-untyped-call]  # pytest-qt

    def answer(self, name: str = "approveButton") -> None:
        """Answer, and wait until that is confirmed."""
        with self.qtbot.waitSignal(self.window.decisionConfirmed):
            self.click(name)

    @property
    def reading(self) -> str:
        """The sid of what is read, or nothing."""
        return self.window.reading.challenge.sid if self.window.reading else ""
