"""An account's details: its two names, whom it is at, and what those who help ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Signal
from PySide6.QtWidgets import QFormLayout, QLabel
from typing_extensions import override

from countersign.desktop.account.checks import Checks
from countersign.desktop.account.remove import LOW, RemoveAccountDialog
from countersign.desktop.account.saving import SavedField
from countersign.desktop.account.technical import Technical, fingerprint, read_only
from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.language.errors import message_of
from countersign.desktop.silent.section import SilentSection
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device import accounts
from countersign.device.enrolment import checked_name
from countersign.push.address import host_of
from countersign.push.errors import KeyStorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.silent.silent import Silent
    from countersign.device.device import Device
    from countersign.device.polling import Watch
    from countersign.device.records import Account


class AccountDetails(PanelDialog):
    """`accountDetails`; use `open()`. It deletes itself when it is closed.

    `renamed` and `removed` bring the account's sid; after `removed` it is closed. `offline` is
    whether the company's host can't be reached, as the last poll saw it; `watch` gives what is
    known of its polls whenever it is asked.
    """

    renamed = Signal(str)
    removed = Signal(str)

    def __init__(  # noqa: PLR0913 - an account and all that is known of it
        self,
        device: Device,
        account: Account,
        parent: QWidget | None,
        *,
        offline: bool = False,
        watch: Callable[[], Watch | None] = lambda: None,
        silent: Silent | None = None,
    ) -> None:
        super().__init__(
            parent,
            "accountDetails",
            QCoreApplication.translate("AccountDetails", "Account details"),
        )
        self._device = device
        self._account = account
        self._offline = offline
        self._closing = False
        self.checks = Checks(watch, self)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(bug_error)
        self.silent = None if silent is None else SilentSection(device, account, silent, self)
        self._make_fields()
        self.technical = Technical(account, self)
        self.moving = label(
            self,
            self.tr("New computer? Keys can't move. Add the account there, then remove it here."),
            scale=Type.SMALL,
            look="quiet",
        )
        self.remove_button = button(
            self, self.tr("Remove account…"), name="removeAccountButton", look="deny"
        )
        self.remove_button.setStyleSheet(LOW)
        self.close_button = button(self, self.tr("Close"), look="primary")
        self._lay_out()
        self.technical.changed.connect(self.fit)
        self.checks.resized.connect(self.fit)
        self.remove_button.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.accept)
        self.label_field.edit.setFocus()
        self._tasks.start(self._find_fingerprint(), "the key's fingerprint")

    async def settled(self) -> None:
        """Wait for what is being saved, for an app that quits; HTTP's timeouts bound that."""
        for field in self.fields:
            await field.settled()

    @override
    def done(self, result: int) -> None:
        """Close, after what is being saved: half a change is worse than a moment's wait."""
        if any(field.saving for field in self.fields):
            self._closing = True
            self.close_button.setEnabled(False)
            return
        super().done(result)

    @override
    def reject(self) -> None:
        """Close without what was typed and not saved: that is what Esc is for."""
        for field in self.fields:
            if not field.saving:
                field.restore()
        super().reject()

    def _make_fields(self) -> None:
        self.label_field = SavedField(
            self,
            self.tr("Account name"),
            "accountNameEdit",
            self.tr("Only you see this"),
            check=checked_name,
            save=self._relabel,
        )
        self.computer_field = SavedField(
            self,
            self.tr("Name of this computer"),
            "friendlyNameEdit",
            self.tr("Your company sees this"),
            check=checked_name,
            save=self._rename,
        )
        self.label_field.show_name(self._account.label)
        self.computer_field.show_name(self._account.friendly_name)
        self.fields: tuple[SavedField, ...] = (self.label_field, self.computer_field)
        if self.silent is not None:
            self.fields += (self.silent.address,)
            self.silent.changed.connect(self.fit)
            self.silent.left.connect(self.accept)
            self.silent.saved.connect(self._take)
        for field in self.fields:
            field.resized.connect(self.fit)
            field.saved.connect(self._field_saved)

    def _lay_out(self) -> None:
        account = self._account
        when = QDateTime.fromSecsSinceEpoch(round(account.date_created.timestamp()))
        added = QLocale().toString(when.date(), QLocale.FormatType.LongFormat)
        facts = QFormLayout()
        facts.setVerticalSpacing(Space.XS)
        facts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, text in (
            (self.tr("Address"), host_of(account.backend_url)),
            (self.tr("Your ID"), account.identity),
            (self.tr("Added on"), added),
            (self.tr("Last checked"), self.checks.last),
            (self.tr("Next check"), self.checks.next),
        ):
            line = read_only(self, text, title) if isinstance(text, str) else text
            name = QLabel(title, self)
            name.setProperty("look", "quiet")
            name.setBuddy(line)
            facts.addRow(name, line)
        facts.addRow(self.checks.why)
        column = self.column
        for field in (self.label_field, self.computer_field):
            column.addWidget(field)
        column.addLayout(facts)
        if self.silent is not None:
            column.addWidget(self.silent)
        column.addWidget(self.technical)
        column.addWidget(self.moving)
        column.addStretch()
        self.foot.addWidget(self.remove_button)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)

    def _take(self, account: Account) -> None:
        self._account = account

    async def _relabel(self, name: str) -> str:
        self._account = await accounts.relabel(self._device, self._account, name)
        self.renamed.emit(self._account.sid)
        return self._account.label

    async def _rename(self, name: str) -> str:
        self._account = await accounts.rename(self._device, self._account, name)
        self.renamed.emit(self._account.sid)
        return self._account.friendly_name

    async def _find_fingerprint(self) -> None:
        try:
            key = await self._device.keys.public_key(self._account.key_id)
        except KeyStorageError as error:
            self.technical.show_fingerprint(message_of(error))
        else:
            self.technical.show_fingerprint(fingerprint(key))

    def _field_saved(self) -> None:
        if self._closing:
            self._closing = False
            self.accept()

    def _remove(self) -> None:
        asking = RemoveAccountDialog(self._device, self._account, self, offline=self._offline)
        asking.removed.connect(self._removed)
        asking.open()

    def _removed(self, sid: str) -> None:
        self.removed.emit(sid)
        self.accept()
