"""What stands where accounts can't be added: the password store can't be used, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ErrorDetails, breakable, button, label
from countersign.desktop.enroll.store_help import how_to_fix
from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.theme import Space, Type
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

_CLOSED = frozenset({"locked", "dismissed"})


class StorePage(QWidget):
    """Screen 10. `tryRequested` comes when the user asks: a store is never bothered otherwise."""

    tryRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passwordStorePage")
        self._locked = False
        self._hint = ""
        self.sentence = label(self, scale=Type.TITLE)
        self.sentence.setObjectName("passwordStoreMessage")
        self.note = label(self, look="quiet")
        self.try_button = button(self, self.tr("Try again"), look="primary")
        self.try_button.setObjectName("tryPasswordStoreButton")
        self.how_button = button(self, self.tr("How to fix"), name="howToFixButton")
        self.details = ErrorDetails(self)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.how_button)
        row.addWidget(self.try_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self.sentence)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addWidget(self.details)
        self.how_button.clicked.connect(self._explain)
        self.try_button.clicked.connect(self.tryRequested)

    def show_error(self, error: CountersignError) -> None:
        """Say why the store can't be used."""
        self._locked = error.name in _CLOSED
        sentence = self._sentence(error)
        self.sentence.setText(breakable(visible(sentence)))
        self._hint = visible(self._how_to_fix(error))
        missing = error.name == "missing"
        self._note("" if missing or self._locked else self._hint)
        self.how_button.setVisible(missing)
        self.try_button.setText(self.tr("Unlock") if self._locked else self.tr("Try again"))
        self.try_button.setEnabled(True)
        self.details.show_error(error, sentence)

    def show_waiting(self) -> None:
        """Say that the store is being asked."""
        self.try_button.setEnabled(False)
        if self._locked:
            self._note(self.tr("Waiting for your password…"))

    def _sentence(self, error: CountersignError) -> str:
        if error.name == "dismissed":
            return self.tr("Still locked.")
        if error.name == "missing":
            return self.tr(
                "No password store is running on this computer. Countersign needs one for its keys."
            )
        if error.name == "refused":
            return self.tr(
                "The password store here keeps secrets unprotected, so Countersign won't use it."
            )
        return message_of(error)  # it names the store, which nobody else knows

    def _how_to_fix(self, error: CountersignError) -> str:
        if error.name == "missing":
            return how_to_fix()
        if error.name == "refused":
            return self.tr(
                "Use GNOME Keyring, KWallet, Keychain or Credential Manager, then try again."
            )
        return hint_of(error)

    def _explain(self) -> None:
        self._note(self._hint)

    def _note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
