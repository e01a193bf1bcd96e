"""The pane of an account that the company has removed: nothing can be approved there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from countersign.desktop.account.in_place import lay_out
from countersign.desktop.enroll.parts import breakable, button, label
from countersign.desktop.language.support import support
from countersign.desktop.theme import Type
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from countersign.device.records import Account


class RemovedPane(QWidget):
    """Shows one account at a time; `addRequested` and `removeRequested` bring its sid."""

    addRequested = Signal(str)
    removeRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("removedPane")
        self._sid = ""
        self.title = label(self, scale=Type.TITLE)
        self.sentence = label(self)
        self._support = label(
            self,
            self.tr(
                "If you didn't expect that, ask {support}. What you answered stays in History."
            ).format(support=support()),
            look="quiet",
        )
        self.add_button = button(self, self.tr("Add again"), name="addAgainButton", look="primary")
        self.remove_button = button(
            self, self.tr("Remove from this computer"), name="removeRemovedButton"
        )
        texts = (self.title, self.sentence, self._support)
        lay_out(self, texts, (self.add_button, self.remove_button))
        self.add_button.clicked.connect(lambda: self.addRequested.emit(self._sid))
        self.remove_button.clicked.connect(lambda: self.removeRequested.emit(self._sid))

    def show_account(self, account: Account) -> None:
        """Show an account."""
        self._sid = account.sid
        name = visible(account.label)
        self.title.setText(breakable(name))
        self.sentence.setText(removed_text(name))


def removed_text(name: str) -> str:
    """Return what it means that a company has removed an account; `name` is safe to show."""
    text = QCoreApplication.translate(
        "RemovedPane", "{account} no longer knows this computer. You can't approve here."
    )
    return breakable(text.format(account=name))
