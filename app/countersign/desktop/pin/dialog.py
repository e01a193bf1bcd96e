"""Choosing, changing and removing the PIN, and what is left to do without it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit
from typing_extensions import override

from countersign.desktop.account.remove import LOW
from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import Problem, button, label
from countersign.desktop.pin.page import pin_edit
from countersign.desktop.pin.words import sentence
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device.pin import SHORTEST
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.device.pin import PinLock

translate = QCoreApplication.translate

REMOVE = "REMOVE"
"""What is typed to confirm; not translated, so that help by telephone is the same everywhere."""


class Kind(enum.Enum):
    """What a PinDialog does."""

    CHOOSE = enum.auto()
    CHANGE = enum.auto()
    REMOVE = enum.auto()


class PinDialog(PanelDialog):
    """`pinDialog`; use `open()`. It deletes itself when it is closed. `changed` once it is done."""

    changed = Signal()

    def __init__(self, pin: PinLock, kind: Kind, parent: QWidget | None) -> None:
        super().__init__(parent, "pinDialog", _title(kind))
        self._pin = pin
        self._kind = kind
        self._working = False
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda error: self._fail(bug_error(error)))
        self.current = self._edit("currentPinEdit", self.tr("PIN until now"))
        self.first = self._edit("newPinEdit", self.tr("New PIN"))
        self.again = self._edit("repeatPinEdit", self.tr("The same again"))
        self.understood = QCheckBox(self.tr("I understand"), self)
        self.understood.setObjectName("understandBox")
        self.problem = Problem(self, "pinProblem")
        self.problem.changed.connect(self.fit)
        self.cancel_button = button(self, self.tr("Cancel"), name="cancelPinButton")
        self.save_button = button(self, _verb(kind), name="savePinButton", look="primary")
        self.save_button.setDefault(True)
        self._lay_out()
        self.understood.toggled.connect(self._enable)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self._enable()

    async def settled(self) -> None:
        """Wait for what is being changed: a PIN half set would be neither."""
        await self._tasks.done()

    @override
    def reject(self) -> None:
        """Close, unless keys are being wrapped: that takes a moment and isn't stopped."""
        if not self._working:
            super().reject()

    def _lay_out(self) -> None:
        column = self.column
        column.setSpacing(Space.M)
        column.addWidget(label(self, self.windowTitle(), scale=Type.TITLE))
        column.addWidget(label(self, self._what()))
        if self._kind is not Kind.CHOOSE:
            self._row(self.current)
        if self._kind is not Kind.REMOVE:
            self._row(self.first)
            self._row(self.again)
        chooses = self._kind is Kind.CHOOSE
        if chooses:
            column.addWidget(label(self, self._warning(), look="warning"))
            column.addWidget(self.understood)
        for edit in (self.current, self.first, self.again, self.understood):
            edit.setVisible(column.indexOf(edit) >= 0)
        column.addWidget(self.problem)
        column.addStretch()
        self.foot.addWidget(self.cancel_button)
        self.foot.addStretch()
        self.foot.addWidget(self.save_button)
        (self.first if chooses else self.current).setFocus()

    def _row(self, edit: QLineEdit) -> None:
        name = label(self, edit.accessibleName())
        name.setBuddy(edit)
        self.column.addWidget(name)
        self.column.addWidget(edit)

    def _edit(self, name: str, words: str) -> QLineEdit:
        made = pin_edit(self, name, words)
        made.textChanged.connect(self._enable)
        return made

    def _what(self) -> str:
        if self._kind is Kind.REMOVE:
            return self.tr("Your accounts' keys will be kept in the password store alone.")
        return self.tr(
            "6 or more digits or letters. Countersign asks for it when it starts, and after your "
            "screen was locked."
        )

    def _warning(self) -> str:
        return self.tr("If you forget it, you must add your accounts again.")

    def _enable(self) -> None:
        chosen = self._kind is not Kind.CHOOSE or self.understood.isChecked()
        long_enough = len(self.first.text()) >= SHORTEST or self._kind is Kind.REMOVE
        there = bool(self.current.text()) or self._kind is Kind.CHOOSE
        self.save_button.setEnabled(chosen and long_enough and there and not self._working)

    def _save(self) -> None:
        if self._kind is not Kind.REMOVE and self.first.text() != self.again.text():
            self.problem.sentence.setText(self.tr("The two new ones differ."))
            self.problem.details.hide()
            self.problem.show()
            self.fit()
            self.again.setFocus()
            return
        self._set_working(working=True)
        self._tasks.start(self._work(self.current.text(), self.first.text()), "PIN")

    async def _work(self, current: str, new: str) -> None:
        try:
            match self._kind:
                case Kind.CHOOSE:
                    await self._pin.choose(new)
                case Kind.CHANGE:
                    await self._pin.change(current, new)
                case Kind.REMOVE:
                    await self._pin.remove(current)
        except CountersignError as error:
            self._fail(error)
        else:
            self._working = False
            self.changed.emit()
            self.accept()

    def _fail(self, error: CountersignError) -> None:
        self._set_working(working=False)
        self.problem.details.show()
        self.problem.show_error(error, sentence(error))
        if self._kind is not Kind.CHOOSE:
            self.current.clear()
            self.current.setFocus()

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        self.cancel_button.setEnabled(not working)
        self._enable()


class ForgotPinDialog(PanelDialog):
    """`forgotPinDialog`; use `open()`. `accepted` means to remove all accounts here."""

    def __init__(self, parent: QWidget | None) -> None:
        title = translate("ForgotPinDialog", "Forgot PIN?")
        super().__init__(parent, "forgotPinDialog", title)
        self.column.setSpacing(Space.M)
        self.column.addWidget(label(self, title, scale=Type.TITLE))
        self.column.addWidget(
            label(
                self,
                self.tr(
                    "Without it your accounts can't be used any more. You can start again: this "
                    "removes all accounts on this computer. History stays. Your company still "
                    "lists this computer."
                ),
            )
        )
        ask = self.tr("Type {word} to go on:").format(word=REMOVE)
        words = label(self, ask)
        self.edit = QLineEdit(self)
        self.edit.setObjectName("confirmForgotEdit")
        self.edit.setAccessibleName(ask)
        words.setBuddy(self.edit)
        self.cancel_button = button(self, self.tr("Cancel"), name="cancelForgotButton")
        self.cancel_button.setDefault(True)
        self.remove_button = button(
            self, self.tr("Remove all accounts"), name="confirmForgotButton", look="deny"
        )
        self.remove_button.setStyleSheet(LOW)
        self.remove_button.setEnabled(False)
        self.column.addWidget(words)
        self.column.addWidget(self.edit)
        self.column.addStretch()
        self.foot.addWidget(self.cancel_button)
        self.foot.addStretch()
        self.foot.addWidget(self.remove_button)
        self.edit.textChanged.connect(
            lambda text: self.remove_button.setEnabled(text.strip() == REMOVE)
        )
        self.cancel_button.clicked.connect(self.reject)
        self.remove_button.clicked.connect(self.accept)
        self.edit.setFocus()


def _title(kind: Kind) -> str:
    return {
        Kind.CHOOSE: translate("PinDialog", "Choose a PIN"),
        Kind.CHANGE: translate("PinDialog", "Change the PIN"),
        Kind.REMOVE: translate("PinDialog", "Remove the PIN"),
    }[kind]


def _verb(kind: Kind) -> str:
    return {
        Kind.CHOOSE: translate("PinDialog", "Set PIN"),
        Kind.CHANGE: translate("PinDialog", "Change PIN"),
        Kind.REMOVE: translate("PinDialog", "Remove PIN"),
    }[kind]
