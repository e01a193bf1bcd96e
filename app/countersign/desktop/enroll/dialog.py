"""The dialog that adds an account: nothing is sent before the user has seen whom it goes to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from typing_extensions import override

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.flow import Enrolment
from countersign.desktop.enroll.pages import ConfirmPage, EndPage, LinkPage, TypedPage
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, set_look
from countersign.desktop.enroll.steps import StepsPage
from countersign.desktop.enroll.words import Action, action_words, field_words, words_for
from countersign.desktop.tasks import Tasks
from countersign.device.enrolment import Step, UnfinishedError
from countersign.push.address import DEFAULT_API_URL, host_of, is_loopback
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from countersign.desktop.enroll.page import Page
    from countersign.device.device import Device
    from countersign.device.enrolment import EnrolmentRequest
    from countersign.device.policy import Company
    from countersign.device.records import Account
    from countersign.push.errors import CountersignError

_NAME = 64
"""Characters of an account's name."""
_CLOSING = frozenset({Action.CLOSE, Action.LATER})


class EnrollDialog(PanelDialog):
    """`enrollDialog`; use `open()`. It deletes itself when it is closed.

    With a `link` it begins where the user is asked about its address. `enrolled` brings the sid
    of an account that is ready, `keptUnfinished` comes where one is there that isn't, and
    `showAccountRequested` brings the sid of one that was there before. With `login` the user is
    offered to have the app started with his session; `loginRequested` comes where he takes it.
    """

    enrolled = Signal(str)
    keptUnfinished = Signal()
    showAccountRequested = Signal(str)
    loginRequested = Signal()

    def __init__(
        self,
        device: Device,
        parent: QWidget | None,
        *,
        link: str | None = None,
        api_url: str | None = None,
        login: bool = False,
    ) -> None:
        super().__init__(
            parent, "enrollDialog", QCoreApplication.translate("EnrollDialog", "Add account")
        )
        self._api_url = api_url
        self._login = login
        self._hardware = device.hardware
        self._request: EnrolmentRequest | None = None
        self._unlocking = False
        self._flow = Enrolment(device, self)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(bug_error)
        self.link_page = LinkPage(self)
        self.typed_page = TypedPage(self)
        self.confirm_page = ConfirmPage(self)
        self.steps_page = StepsPage(self)
        self.end_page = EndPage(self)
        self._pages: tuple[Page, ...] = (
            self.link_page,
            self.typed_page,
            self.confirm_page,
            self.steps_page,
            self.end_page,
        )
        self._asked_from: Page = self.link_page
        self._lay_out()
        self._connect()
        self._show(self.link_page)
        if link is not None:
            self.link_page.take(link)

    def paste(self) -> None:
        """Begin with what the clipboard holds."""
        self.link_page.paste()

    def type_in(self) -> None:
        """Begin with the fields to type in."""
        self._show(self.typed_page)

    def add_again(self, account: Account) -> None:
        """Begin with what is known of an account that is of no use any more; see `TypedPage`."""
        self.typed_page.fill_in(account.backend_url, account.friendly_name, account.label)
        if account.api_url != DEFAULT_API_URL and not is_loopback(account.backend_url):
            self._api_url = account.api_url  # as the user chose it then
        self.type_in()

    def continue_with(self, company: Company) -> None:
        """Begin with a company that the policy names."""
        self.typed_page.fill_in(company.backend, "", company.name[:_NAME])
        self.typed_page.fix_backend()
        self.type_in()

    async def settled(self) -> None:
        """End in order, for an app that quits: see `Enrolment.settled`."""
        await self._flow.settled()

    @override
    def reject(self) -> None:
        """Close, unless work is going on: then stop it first, or say why that can't be."""
        if not self._flow.running:
            super().reject()
        elif self._flow.cancel():
            self._cancel.setEnabled(False)  # closes when it has cleaned up
        else:
            self.steps_page.say(
                Step.REGISTER, self.tr("Wait a moment, this step can't be stopped.")
            )

    def _lay_out(self) -> None:
        column = self.column
        for page in self._pages:
            column.addWidget(page, 1)
            page.hide()
            page.resized.connect(self.fit)
        self._cancel = button(self, self.tr("Cancel"), name="cancelEnrollButton")
        self.foot.addWidget(self._cancel)
        self.foot.addStretch()
        for page in self._pages:
            for each in page.buttons:
                self.foot.addWidget(each)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self.link_page.typeRequested.connect(self.type_in)
        self.link_page.pasted.connect(partial(self._ask, self.link_page))
        for page in (self.link_page, self.typed_page):
            page.continue_button.clicked.connect(partial(self._ask, page))
        self.confirm_page.back_button.clicked.connect(self._back)
        self.confirm_page.add_account_button.clicked.connect(self._add)
        self.end_page.done_button.clicked.connect(self._done)
        self._flow.stepped.connect(self._stepped)
        self._flow.failed.connect(self._failed)
        self._flow.finished.connect(self._finished)
        self._flow.stopped.connect(self._stopped)

    def _show(self, page: Page) -> None:
        for each in self._pages:
            each.setVisible(each is page)
            for owned in each.buttons:
                owned.setVisible(each is page)
                owned.setDefault(False)
        self._cancel.setVisible(page is not self.end_page)
        self._cancel.setEnabled(True)
        if page.buttons and page is not self.confirm_page:
            page.buttons[-1].setDefault(True)
        page.start()
        self.fit()

    def _ask(self, page: LinkPage | TypedPage) -> None:
        try:
            request = page.request(self._api_url)
            host_of(request.backend_url)
        except InputError as error:
            page_field = page.link if isinstance(page, LinkPage) else page.backend
            page_field.say(field_words(error))
            return
        self._request = request
        self.confirm_page.offer_hardware(offered=self._hardware)
        self._asked_from = page
        self.confirm_page.ask_about(request)
        self._show(self.confirm_page)

    def _back(self) -> None:
        self._show(self._asked_from)

    def _add(self) -> None:
        if self._request is None or self._flow.running:
            return
        self.steps_page.begin(host_of(self._request.backend_url))
        self._offer(())
        self._show(self.steps_page)
        self._cancel.setFocus()
        hardware = self._hardware and self.confirm_page.hardware.isChecked()
        self._flow.start(replace(self._request, hardware=hardware))

    def _stepped(self, step: Step) -> None:
        self.steps_page.show_step(step)
        if step is Step.REGISTER and is_loopback(self._flow.api_url):
            text = self.tr("At {host}, on your own computer.").format(host=self._flow.host)
            self.steps_page.say(step, text, keep=True)
        if self._unlocking and step is Step.KEY:
            self.steps_page.say(step, self.tr("Waiting for your password…"))

    def _failed(self, error: CountersignError) -> None:
        words = words_for(error, self._flow.host, step=self._flow.step)
        self.steps_page.fail(self._flow.step or Step.KEY, error, words.sentence)
        self._offer(words.actions)
        # Read out with the button, which has the focus.
        self.steps_page.buttons[-1].setAccessibleDescription(words.sentence)

        if isinstance(error, UnfinishedError):
            self.keptUnfinished.emit()

    def _stopped(self) -> None:
        if self._flow.step is Step.CHECK:
            self.keptUnfinished.emit()
        self.reject()

    def _finished(self, account: Account) -> None:
        self.end_page.show_account(account.label)
        # A test address comes and goes: nobody misses its requests after the next sign-in.
        self.end_page.offer_login(offered=self._login and not is_loopback(account.backend_url))
        self._show(self.end_page)
        self.enrolled.emit(account.sid)

    def _done(self) -> None:
        if self.end_page.login.isChecked():
            self.loginRequested.emit()
        self.accept()

    def _offer(self, actions: tuple[Action, ...]) -> None:
        """Put an error's buttons at the foot; none while there is no error."""
        for old in self.steps_page.buttons:
            self.foot.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.steps_page.buttons = [self._action(each) for each in actions]
        self._cancel.setVisible(not _CLOSING & set(actions))
        self._cancel.setEnabled(True)
        if actions:
            last = self.steps_page.buttons[-1]
            set_look(last, "primary")
            last.setDefault(True)
            last.setFocus()
        self.fit()

    def _action(self, action: Action) -> QPushButton:
        made = button(self, action_words(action), name=f"{action.name.lower()}ErrorButton")
        made.clicked.connect(partial(self._act, action))
        self.foot.addWidget(made)
        made.show()
        return made

    def _act(self, action: Action) -> None:
        if action in {Action.TRY_AGAIN, Action.UNLOCK}:
            self._unlocking = action is Action.UNLOCK
            self.steps_page.problem.hide()
            self._offer(())
            self._cancel.setFocus()
            self._flow.again()
        elif action in {Action.BACK, Action.ADD_AGAIN}:
            self._back()
        elif action is Action.SHOW_ACCOUNT:
            self._tasks.start(self._show_account(), "finding the account that is there")
        else:
            self.reject()

    async def _show_account(self) -> None:
        sid = await self._flow.account_to_show()
        self.reject()
        if sid:  # it may have been added by somebody else's profile on this computer
            self.showAccountRequested.emit(sid)
