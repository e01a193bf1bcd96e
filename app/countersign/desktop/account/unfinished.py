"""The pane of an account whose last step is missing: finish it, or remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from countersign.desktop.account.in_place import lay_out
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.parts import Problem, breakable, button, label
from countersign.desktop.enroll.words import words_for
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Type
from countersign.device.enrolment import UnfinishedError, finish
from countersign.device.plain_text import visible
from countersign.push.address import host_of
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.records import Account


class UnfinishedPane(QWidget):
    """Shows one account at a time; `enrollmentFinished` and `removed` bring its sid.

    `addRequested` brings it too, where it is too late to finish it.
    """

    enrollmentFinished = Signal(str)
    removed = Signal(str)
    addRequested = Signal(str)
    failed = Signal(int)

    def __init__(self, device: Device, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinishedPane")
        self._device = device
        self._account: Account | None = None
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._broke)
        self.title = label(self, scale=Type.TITLE)
        self.sentence = label(
            self,
            self.tr("This account isn't finished. Your company forgets it within 1 to 24 hours."),
        )
        self.problem = Problem(self, "unfinishedError")
        self.finish_button = button(self, self.tr("Finish"), name="finishButton", look="primary")
        self.add_button = button(
            self, self.tr("Add again"), name="addUnfinishedAgainButton", look="primary"
        )
        self.add_button.hide()
        self.remove_button = button(self, self.tr("Remove"), name="removeUnfinishedButton")
        texts = (self.title, self.sentence, self.problem)
        lay_out(self, texts, (self.finish_button, self.add_button, self.remove_button))
        self.finish_button.clicked.connect(self._finish)
        self.add_button.clicked.connect(self._add_again)
        self.remove_button.clicked.connect(self._remove)

    def show_account(self, account: Account) -> None:
        """Show an account; work on another one goes on, and its outcome is told by the signals."""
        self._account = account
        self.title.setText(breakable(visible(account.label)))
        self.problem.hide()
        self.finish_button.setText(self.tr("Finish"))
        self.finish_button.show()
        self.add_button.hide()
        self.sentence.show()
        self._enable(working=False)

    def _finish(self) -> None:
        if self._account is not None:
            self._enable(working=True)
            self.problem.hide()
            self._tasks.start(self._work(self._account), "finishing an account")

    async def _work(self, account: Account) -> None:
        try:
            await finish(self._device, account)
        except CountersignError as error:
            if self._shows(account):
                self._fail(account, error)
            self.failed.emit(error.code)
        else:
            self.enrollmentFinished.emit(account.sid)

    def _fail(self, account: Account, error: CountersignError) -> None:
        self._enable(working=False)
        self.finish_button.setText(self.tr("Try again"))
        over = error.name == "too_late"
        self.finish_button.setVisible(not over)
        self.add_button.setVisible(over)
        self.sentence.setVisible(not over)
        sentence = words_for(error, host_of(account.api_url)).sentence
        cause = error.cause if isinstance(error, UnfinishedError) else error
        self.problem.show_error(cause, sentence)

    def _broke(self, bug: BaseException) -> None:
        if self._account is not None:
            self._fail(self._account, bug_error(bug))

    def _add_again(self) -> None:
        if self._account is not None:
            self.addRequested.emit(self._account.sid)

    def _remove(self) -> None:
        if self._account is not None:
            asking = RemoveAccountDialog(self._device, self._account, self)
            asking.removed.connect(self.removed)
            asking.open()

    def _shows(self, account: Account) -> bool:
        return self._account is not None and self._account.sid == account.sid

    def _enable(self, *, working: bool) -> None:
        self.finish_button.setEnabled(not working)
        self.remove_button.setEnabled(not working)
