"""The PIN among the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ButtonRow, button, label
from countersign.desktop.pin.dialog import Kind, PinDialog
from countersign.desktop.settings.rows import Tick
from countersign.desktop.theme import Space, Type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from countersign.device.pin import PinLock
    from countersign.device.settings import Settings


class PinRows(QWidget):
    """`chosen` brings the settings to change, by name; a PIN itself is changed in a dialog."""

    chosen = Signal(dict)
    resized = Signal()

    def __init__(self, parent: QWidget, pin: PinLock, managed: frozenset[str]) -> None:
        super().__init__(parent)
        self._pin = pin
        self.state = label(self)
        self.state.setObjectName("pinState")
        self.choose = self._button(self.tr("Choose a PIN…"), "choosePinButton", Kind.CHOOSE)
        self.change = self._button(self.tr("Change PIN…"), "changePinButton", Kind.CHANGE)
        self.remove = self._button(self.tr("Remove PIN…"), "removePinButton", Kind.REMOVE)
        self.each_time = Tick(
            self,
            "pinEachTimeBox",
            self.tr("Ask for the PIN before each approval"),
            managed="pin_each_time" in managed,
        )
        self.with_screen = Tick(
            self,
            "lockWithScreenBox",
            self.tr("Lock when the screen locks"),
            managed="lock_with_screen" in managed,
        )
        self.each_time.chosen.connect(lambda on: self.chosen.emit({"pin_each_time": on}))
        self.with_screen.chosen.connect(lambda on: self.chosen.emit({"lock_with_screen": on}))
        hint = self.tr("While it is locked, Countersign can't see requests.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for row in (
            self.state,
            ButtonRow([self.choose, self.change, self.remove], self),
            self.each_time,
            self.with_screen,
            label(self, hint, scale=Type.SMALL, look="quiet"),
        ):
            column.addWidget(row)

    def show_values(self, settings: Settings) -> None:
        """Show what holds."""
        there = self._pin.is_set
        self.state.setText(
            self.tr("A PIN protects your keys.") if there else self.tr("There is no PIN.")
        )
        self.choose.setVisible(not there)
        self.change.setVisible(there)
        self.remove.setVisible(there)
        self.each_time.show_value(on=settings.pin_each_time and there)
        self.with_screen.show_value(on=settings.lock_with_screen and there)
        self.each_time.offer(offered=there)
        self.with_screen.offer(offered=there)
        self.resized.emit()

    def _button(self, text: str, name: str, kind: Kind) -> QPushButton:
        made = button(self, text, name=name)
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self._open(kind))
        return made

    def _open(self, kind: Kind) -> None:
        dialog = PinDialog(self._pin, kind, self.window())
        dialog.changed.connect(lambda: self.chosen.emit({}))
        dialog.open()
