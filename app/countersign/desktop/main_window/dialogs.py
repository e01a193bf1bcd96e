"""The dialogs over the main window: opened, never waited for; what they did is a signal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.desktop.notify.mutes import Mutes
from countersign.desktop.pin.dialog import PinDialog
from countersign.desktop.shortcuts.dialog import ShortcutsDialog
from countersign.desktop.silent.dialog import EverythingDialog
from countersign.desktop.tasks import Tasks
from countersign.push.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from countersign.desktop.enroll.first_start import FirstStart
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.settings.login import LoginItem
    from countersign.desktop.silent.silent import Silent
    from countersign.device.device import Device
    from countersign.device.policy import Company
    from countersign.device.polling import Watch
    from countersign.device.records import Account

    ShowAccount = Callable[[Account], None]


class Dialogs(QObject):
    """Opens dialogs. `added` brings an account's sid; `changed` says that accounts changed.

    `login` starts the app with the user's session, where that can be had.
    """

    added = Signal(str)
    changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        device: Device,
        watch: Callable[[str], Watch | None],
        mutes: Mutes | None = None,
    ) -> None:
        super().__init__(window)
        self._watch = watch
        self._mutes = mutes or Mutes()
        self._window = window
        self._device = device
        self._enrolling: EnrollDialog | None = None
        self.login: LoginItem | None = None
        self.silent: Silent | None = None
        self.tasks = Tasks(self)

    def add(self, *, paste: bool = False, type_in: bool = False, link: str | None = None) -> None:
        """Add an account, beginning with a link, the clipboard's, or with fields to type in."""
        dialog = self._adding(link)
        if paste:
            dialog.paste()
        elif type_in:
            dialog.type_in()
        dialog.open()

    def begin_from(self, first: FirstStart) -> None:
        """Open what the first start's buttons ask for."""
        first.pasteRequested.connect(lambda: self.add(paste=True))
        first.typeRequested.connect(lambda: self.add(type_in=True))
        first.companyRequested.connect(self._add_from)

    def _add_from(self, company: Company) -> None:
        dialog = self._adding()
        dialog.continue_with(company)
        dialog.open()

    def add_again(self, sid: str) -> None:
        """Add an account that is of no use any more, with what is known of it filled in."""
        self.tasks.start(self._with_account(sid, self._add_again), "add an account again")

    def _add_again(self, account: Account) -> None:
        dialog = self._adding()
        dialog.add_again(account)
        dialog.open()

    def _adding(self, link: str | None = None) -> EnrollDialog:
        login = self.login
        dialog = EnrollDialog(self._device, self._window, link=link, login=login is not None)
        if login is not None:
            dialog.loginRequested.connect(
                lambda: self.tasks.start(asyncio.to_thread(login.enable), "start with the session")
            )
        dialog.enrolled.connect(self.added)
        dialog.keptUnfinished.connect(self.changed)
        dialog.showAccountRequested.connect(self.details)
        self._enrolling = dialog
        return dialog

    def shortcuts(self) -> None:
        """List what the keyboard does."""
        ShortcutsDialog(self._window).open()

    async def settled(self) -> None:
        """End in order: an account that is being added is finished or taken back first.

        What is being removed is removed, and a name that is being saved is saved.
        """
        await self.tasks.settled()
        await asyncio.gather(
            *(each.settled() for each in self._window.findChildren(AccountDetails)),
            *(each.settled() for each in self._window.findChildren(RemoveAccountDialog)),
            *(each.settled() for each in self._window.findChildren(PinDialog)),
        )
        if self._enrolling is not None and isValid(self._enrolling):
            await self._enrolling.settled()

    def details(self, sid: str) -> None:
        """Show an account's details."""
        self.tasks.start(self._with_account(sid, self._details), "account details")

    def remove(self, sid: str) -> None:
        """Ask how to remove an account."""
        self.tasks.start(self._with_account(sid, self._remove), "remove account")

    def account_menu(self, sid: str, place: QPoint) -> None:
        """Show what can be done with an account."""
        menu = QMenu(self._window)
        menu.setObjectName("accountMenu")
        if self.silent is not None:
            _offer_silent(menu, self.silent, sid, self._window)
        menu.addAction(self.tr("Details…"), lambda: self.details(sid)).setObjectName(
            "detailsAction"
        )
        if self._mutes.muted(sid):
            menu.addAction(
                self.tr("Turn notices on"), lambda: self._mutes.unmute(sid)
            ).setObjectName("unmuteAction")
        menu.addAction(self.tr("Remove…"), lambda: self.remove(sid)).setObjectName("removeAction")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    async def _with_account(self, sid: str, show: ShowAccount) -> None:
        account = await self._device.accounts.get(sid)
        if account is not None:
            show(account)

    def _details(self, account: Account) -> None:
        watch = self._watch(account.sid)
        offline = watch is not None and isinstance(watch.view.error, NetworkError)
        dialog = AccountDetails(
            self._device,
            account,
            self._window,
            offline=offline,
            watch=lambda: self._watch(account.sid),  # polling may begin anew with another one
            silent=self.silent,
        )
        dialog.renamed.connect(self.changed)
        dialog.removed.connect(self.changed)
        dialog.open()

    def _remove(self, account: Account) -> None:
        watch = self._watch(account.sid)
        offline = watch is not None and isinstance(watch.view.error, NetworkError)
        dialog = RemoveAccountDialog(self._device, account, self._window, offline=offline)
        dialog.removed.connect(self.changed)
        dialog.open()


def _offer_silent(menu: QMenu, silent: Silent, sid: str, window: MainWindow) -> None:
    """Offer what is switched on for the account, and nothing else."""
    account = silent.account(sid)
    if account is None:
        return
    if silent.can_sign_in(account):
        menu.addAction(
            QCoreApplication.translate("Dialogs", "Sign in"), lambda: silent.sign_in(account)
        ).setObjectName("signInAction")
    if silent.can_approve_everything(account):
        menu.addAction(
            QCoreApplication.translate("Dialogs", "Approve everything for a while…"),
            lambda: EverythingDialog(silent, account, window).open(),
        ).setObjectName("everythingAction")
    if not menu.isEmpty():
        menu.addSeparator()
