"""A pane in a window, and the ways of a user with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.desktop.request.world import SID, challenge, listed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from countersign.desktop.request.pane import RequestPane


class Screen:
    """Finds things by their names or words, as the user and UI tests do.

    `spoken` is what screen readers were told, and whether it was urgent.
    """

    def __init__(
        self,
        window: QWidget,
        pane: RequestPane,
        qtbot: QtBot,
        spoken: list[tuple[str, bool]],
    ) -> None:
        self.window = window
        self.pane = pane
        self.qtbot = qtbot
        self.spoken = spoken

    def open(self, *, chosen: bool = True, sid: str = SID) -> None:
        """Open a request and wait until it is ready."""
        with self.qtbot.waitSignal(self.pane.requestReady):
            self.pane.open(listed(challenge(sid=sid)), chosen=chosen)

    def label(self, name: str) -> QLabel:
        """Find a label by its name."""
        found = self.pane.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found

    def button(self, name: str) -> QPushButton:
        """Find a button by its name."""
        found = self.pane.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        return found

    def saying(self, text: str) -> QPushButton:
        """Find a button by its words."""
        found = [one for one in self.pane.findChildren(QPushButton) if one.text() == text]
        assert len(found) == 1
        return found[0]

    def click(self, button: QPushButton | str) -> None:
        """Click a button, given or named."""
        target = self.button(button) if isinstance(button, str) else button
        self.qtbot.mouseClick(target, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]

    def press(self, key: Qt.Key, *, control: bool = False, on: QWidget | None = None) -> None:
        """Press a key."""
        modifiers = Qt.KeyboardModifier.ControlModifier
        if not control:
            modifiers = Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(on or self.pane, key, modifiers)  # type: ignore[no-untyped-call]

    def shows(self, text: str) -> None:
        """Wait until some visible label has these words."""
        self.qtbot.waitUntil(lambda: text in self.words())

    def words(self) -> str:
        """Return all that can be read."""
        labels = [one for one in self.pane.findChildren(QLabel) if one.isVisible()]
        return "\n".join(label.text() for label in labels)
