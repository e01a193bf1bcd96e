"""What an account's details say and let be chosen of silent approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout
from typing_extensions import override

from countersign.desktop.account.saving import SavedField
from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.parts import Fold, Problem, button, label
from countersign.desktop.language.errors import message_of
from countersign.desktop.silent.dialog import EverythingDialog
from countersign.desktop.silent.words import barred_text
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device import accounts
from countersign.device.policy import sign_in_address
from countersign.device.records import Mode
from countersign.device.silent.address import checked_template
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.silent.silent import Silent
    from countersign.device.device import Device
    from countersign.device.records import Account


class SilentSection(Fold):
    """The fold "Silent approval": a switch and a button for each of its two ways.

    `saved` brings the account as it is now. `left`: something has begun that the window shows.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, device: Device, account: Account, silent: Silent, parent: QWidget) -> None:
        super().__init__("", parent)
        self.link.setText(self.tr("Silent approval"))
        self.link.setObjectName("silentApprovalButton")
        self._device, self._account, self._silent = device, account, silent
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda error: self._failed(bug_error(error)))
        self._managed = sign_in_address(device.policy, account) is not None
        self._make_sign_in()
        self._make_everything()
        self.problem = Problem(self, "silentSettingsError")
        self.problem.changed.connect(self.changed)
        self._lay_out()
        self._follow()

    def _make_sign_in(self) -> None:
        self.sign_in_switch = _switch(
            self, self.tr("Sign-ins that I start here"), "silentSignInToggle"
        )
        self.address = _SavedAddress(
            self,
            self.tr("Sign-in address"),
            "signInAddressEdit",
            self._address_hint(),
            check=self._checked,
            save=self._save_address,
        )
        self.address.show_name(self._silent.address(self._account))
        self.address.edit.setReadOnly(self._managed)
        self.sign_in_button = button(self, self.tr("Sign in"), name="signInButton")
        self.sign_in_switch.toggled.connect(lambda on: self._allow(Mode.SILENT_SIGN_IN, allowed=on))
        self.address.resized.connect(self.changed)
        self.sign_in_button.clicked.connect(self._begin_sign_in)

    def _make_everything(self) -> None:
        self.everything_switch = _switch(
            self, self.tr("Everything for a while"), "silentApprovalToggle"
        )
        self.everything_button = button(
            self, self.tr("Turn on for a while…"), name="everythingButton"
        )
        self.everything_switch.toggled.connect(
            lambda on: self._allow(Mode.SILENT_WINDOW, allowed=on)
        )
        self.everything_button.clicked.connect(self._ask_everything)

    def _address_hint(self) -> str:
        if self._managed:
            return self.tr("Set by your company")
        return self.tr("From your company; {transaction} stands for the number of the sign-in.")

    def _lay_out(self) -> None:
        inside = self.inside
        inside.setSpacing(Space.S)
        inside.addWidget(self.sign_in_switch)
        inside.addLayout(self._under(self._why(Mode.SILENT_SIGN_IN, self._about_sign_in())))
        inside.addLayout(self._under(self.address))
        inside.addLayout(self._under(self.sign_in_button, fill=False))
        inside.addWidget(self.everything_switch)
        inside.addLayout(self._under(self._why(Mode.SILENT_WINDOW, self._about_everything())))
        inside.addLayout(self._under(self.everything_button, fill=False))
        inside.addWidget(self.problem)

    def _under(self, widget: QWidget, *, fill: bool = True) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addSpacing(Space.XXL)  # under the switch's words, not under its box
        row.addWidget(widget, 1 if fill else 0)
        if not fill:
            row.addStretch()
        return row

    def _why(self, mode: Mode, about: str) -> QWidget:
        barred = self._silent.forbidden(mode)
        text = about if barred is None else barred_text(barred)
        return label(self, text, scale=Type.SMALL, look="quiet")

    def _about_sign_in(self) -> str:
        return self.tr(
            "“Sign in” opens your company's page, and Countersign approves that one sign-in by "
            "itself: nothing else, and for one minute at most."
        )

    def _about_everything(self) -> str:
        return self.tr(
            "For tests: approves whatever comes, for 15 minutes and 10 requests at most. "
            "It is turned on anew each time."
        )

    def _checked(self, text: str) -> str:
        return checked_template(text, self._account.api_url) if text else ""

    async def _save_address(self, text: str) -> str:
        self._take(await accounts.set_sign_in_address(self._device, self._account, text))
        return self._account.sign_in_address

    def _allow(self, mode: Mode, *, allowed: bool) -> None:
        self._tasks.start(self._save_switch(mode, allowed=allowed), "a switch")

    async def _save_switch(self, mode: Mode, *, allowed: bool) -> None:
        self.problem.hide()
        try:
            self._take(
                await accounts.allow_silent(self._device, self._account, mode, allowed=allowed)
            )
        except CountersignError as error:
            self._failed(error)
        finally:
            self._follow()

    def _take(self, account: Account) -> None:
        self._account = account
        self._silent.take(account)
        self.saved.emit(account)
        self._follow()

    def _follow(self) -> None:
        """Show what is so: a switch that couldn't be saved goes back."""
        account, silent = self._account, self._silent
        for box, on in (
            (self.sign_in_switch, account.silent_sign_in),
            (self.everything_switch, account.silent_everything),
        ):
            with QSignalBlocker(box):  # this is no user
                box.setChecked(on)
        for box, mode in self._switches():
            box.setEnabled(silent.forbidden(mode) is None and account.verified)
        self.address.setEnabled(self.sign_in_switch.isEnabled() and account.silent_sign_in)
        self.sign_in_button.setEnabled(silent.can_sign_in(account))
        self.everything_button.setEnabled(silent.can_approve_everything(account))

    def _switches(self) -> Sequence[tuple[QCheckBox, Mode]]:
        return (
            (self.sign_in_switch, Mode.SILENT_SIGN_IN),
            (self.everything_switch, Mode.SILENT_WINDOW),
        )

    def _begin_sign_in(self) -> None:
        self._silent.sign_in(self._account)
        self.left.emit()

    def _ask_everything(self) -> None:
        dialog = EverythingDialog(self._silent, self._account, self)
        dialog.accepted.connect(self.left)
        dialog.open()

    def _failed(self, error: CountersignError) -> None:
        self.problem.show_error(error, message_of(error))


class _SavedAddress(SavedField):
    @override
    def not_saved(self, current: str) -> str:
        if not current:
            return self.tr("Couldn't save the address.")
        return self.tr("Couldn't save. The address is still {address}.").format(address=current)


def _switch(parent: QWidget, text: str, name: str) -> QCheckBox:
    made = QCheckBox(text, parent)
    made.setObjectName(name)
    made.setAccessibleName(text)
    return made
