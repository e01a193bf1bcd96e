"""Removing an account: there and here, or here alone, and nothing where the first can't be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout
from typing_extensions import override

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import Problem, breakable, button, label
from countersign.desktop.language.errors import message_of
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device import accounts
from countersign.device.plain_text import visible
from countersign.push.address import host_of
from countersign.push.errors import CountersignError, NetworkError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.device.device import Device
    from countersign.device.records import Account

_HOST: Final = 44
# The look `deny` is made for a request's big buttons; among others it is as low as they are.
LOW: Final = """
QPushButton { padding: 6px 14px; }
QPushButton:focus { padding: 5px 13px; }
"""


class RemoveAccountDialog(PanelDialog):
    """`removeAccountDialog`; use `open()`. It deletes itself when it is closed.

    `removed` brings the account's sid.
    """

    removed = Signal(str)

    def __init__(
        self, device: Device, account: Account, parent: QWidget | None, *, offline: bool = False
    ) -> None:
        super().__init__(
            parent,
            "removeAccountDialog",
            QCoreApplication.translate("RemoveAccountDialog", "Remove account"),
        )
        self._device = device
        self._account = account
        self._host = visible(host_of(account.backend_url), _HOST)  # a radio button never wraps
        self._working = False
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda error: self._fail(bug_error(error)))
        self._make(offline)
        self._lay_out()
        self.cancel_button.setFocus()

    async def settled(self) -> None:
        """Wait for what is being removed, for an app that quits; HTTP's timeouts bound that."""
        await self._tasks.done()

    @override
    def reject(self) -> None:
        """Close; not while it is being removed, which can't be stopped half way."""
        if self._working:
            self.note.setText(self.tr("Wait a moment, this step can't be stopped."))
            self.fit()
            return
        super().reject()

    @override
    def fit(self) -> None:
        """Leave no room for a note that isn't there."""
        self.note.setVisible(bool(self.note.text()))
        super().fit()

    def _make(self, offline: bool) -> None:  # noqa: FBT001 - private
        self.everywhere = QRadioButton(self.tr("Here and at {host}"), self)
        self.only_here = QRadioButton(
            self.tr("Only here: {host} will still list this computer"), self
        )
        for radio in (self.everywhere, self.only_here):
            # An ampersand would become a shortcut and vanish.
            radio.setText(radio.text().replace("{host}", self._host.replace("&", "&&")))
        self.everywhere.setObjectName("removeEverywhereRadio")
        self.only_here.setObjectName("removeOnlyHereRadio")
        (self.only_here if offline else self.everywhere).setChecked(True)
        self.note = label(self, look="quiet")
        if offline:
            reason = self.tr("{host} can't be reached now.").replace("{host}", self._host)
            self.note.setText(reason)
        self.problem = Problem(self, "removeError")
        self.problem.changed.connect(self.fit)
        self._make_buttons()

    def _make_buttons(self) -> None:
        self.cancel_button = button(self, self.tr("Cancel"), name="cancelRemoveButton")
        self.cancel_button.setDefault(True)  # Enter must not remove anything
        self.retry_button = button(self, self.tr("Try again"), name="retryRemoveButton")
        self.remove_button = button(
            self, self.tr("Remove account"), name="confirmRemoveButton", look="deny"
        )
        self.here_button = button(
            self, self.tr("Remove only here"), name="removeOnlyHereButton", look="deny"
        )
        for each in (self.remove_button, self.here_button):
            each.setStyleSheet(LOW)
        self.retry_button.hide()
        self.here_button.hide()
        self.cancel_button.clicked.connect(self.reject)
        self.remove_button.clicked.connect(self._chosen)
        self.retry_button.clicked.connect(self._chosen)
        self.here_button.clicked.connect(self._here)

    def _lay_out(self) -> None:
        name = breakable(visible(self._account.label))
        question = label(self, self.tr("Remove {account}?"), scale=Type.TITLE)
        question.setText(question.text().replace("{account}", name))
        what = label(self, self.tr("You won't be able to approve its requests on this computer."))
        column = self.column
        column.setSpacing(Space.M)
        choices = QVBoxLayout()
        for widget in (self.everywhere, self.only_here, self.note):
            choices.addWidget(widget)
        column.addWidget(question)
        column.addWidget(what)
        column.addLayout(choices)
        column.addWidget(self.problem)
        column.addStretch()
        self.foot.addWidget(self.cancel_button)
        self.foot.addStretch()
        for each in (self.retry_button, self.here_button, self.remove_button):
            self.foot.addWidget(each)

    def _chosen(self) -> None:
        self._start(local_only=self.only_here.isChecked())

    def _here(self) -> None:
        self.only_here.setChecked(True)
        self._start(local_only=True)

    def _start(self, *, local_only: bool) -> None:
        if self._working:
            return
        self._enable(working=True)
        self.problem.hide()
        self.note.setText(self.tr("Removing…"))
        self.fit()
        self._tasks.start(self._work(local_only=local_only), "removing an account")

    async def _work(self, *, local_only: bool) -> None:
        try:
            await accounts.remove(self._device, self._account, local_only=local_only)
        except CountersignError as error:
            self._fail(error)
        else:
            self._working = False
            self.removed.emit(self._account.sid)
            self.accept()

    def _fail(self, error: CountersignError) -> None:
        self._enable(working=False)
        self.note.setText("")
        if isinstance(error, NetworkError):
            sentence = self.tr("{host} couldn't be reached. Nothing was removed.")
            sentence = sentence.replace("{host}", self._host)
        else:
            sentence = " ".join((message_of(error), self.tr("Nothing was removed.")))
        tried_everywhere = self.everywhere.isChecked()
        self.remove_button.hide()
        self.retry_button.show()
        self.here_button.setVisible(tried_everywhere)
        self.problem.show_error(error, sentence)
        self.retry_button.setFocus()

    def _enable(self, *, working: bool) -> None:
        self._working = working
        for widget in (
            self.everywhere,
            self.only_here,
            self.retry_button,
            self.remove_button,
            self.here_button,
        ):
            widget.setEnabled(not working)
