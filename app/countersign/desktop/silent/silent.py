"""Silent approval as the window runs it: begun by a click alone, told of whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from countersign.desktop.silent.words import ended_text, failed_text, refused_text
from countersign.device.policy import barred, sign_in_address
from countersign.device.records import Mode
from countersign.device.schedule import Presence
from countersign.device.silent.approval import SilentApproval
from countersign.device.silent.arming import Ended
from countersign.device.silent.events import (
    Barred,
    Origin,
    SilentApproved,
    SilentBegan,
    SilentEnded,
    SilentFailed,
)
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.device.decisions import Decisions
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.device.silent.events import SilentEvent, SilentStatus
    from countersign.device.silent.period import Terms

_SILENT: Final = (Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW)


def open_in_browser(address: str) -> bool:
    """Open an address in the user's browser; False where there is none."""
    return QDesktopServices.openUrl(QUrl(address))


class Silent(QObject):
    """One for the window's whole life; `run` it. Nothing of it is remembered across starts.

    `changed`: something began or ended. `approved` brings a SilentApproved, `told` a sentence and
    whether it is good news, which need not be read. `open_url` replaces the browser in tests.
    """

    changed = Signal()
    approved = Signal(object)
    told = Signal(str, bool)

    def __init__(
        self,
        device: Device,
        decisions: Decisions,
        parent: QObject,
        *,
        open_url: Callable[[str], bool] = open_in_browser,
    ) -> None:
        super().__init__(parent)
        self.open_url = open_url
        self.asks_pin: Callable[[], bool] = lambda: False
        self._device = device
        self._accounts: dict[str, Account] = {}
        self._most: dict[tuple[str, Mode], int] = {}
        self._approval = SilentApproval(device, decisions, self._bar, self._heed)

    def set_accounts(self, accounts: Sequence[Account]) -> None:
        """Follow the accounts and their switches: what is switched off ends at once."""
        self._accounts = {account.sid: account for account in accounts}
        for status in self.status():
            if self._bar(status.account, status.mode) is not None:
                self._approval.stop(status.account.sid)

    def take(self, account: Account) -> None:
        """Follow one account that has just been changed."""
        self.set_accounts([*(self._accounts | {account.sid: account}).values()])

    def account(self, sid: str) -> Account | None:
        """Return an account as it is now."""
        return self._accounts.get(sid)

    def set_presence(self, presence: Presence) -> None:
        """Follow the user: a locked or sleeping computer ends it, another window lets it rest."""
        self._approval.set_active(active=presence is Presence.ACTIVE)
        self._approval.set_locked(locked=presence is Presence.AWAY)

    def window_closed(self) -> None:
        """Follow the window: without it nobody sees what is approved."""
        self._approval.window_closed()

    async def run(self) -> None:
        """Carry out what is begun, until cancelled; then all of it is over."""
        await self._approval.run()

    def address(self, account: Account) -> str:
        """Return where an account's sign-ins start, by the company or the user; "" for nowhere."""
        return sign_in_address(self._device.policy, account) or account.sign_in_address

    def forbidden(self, mode: Mode) -> Barred | None:
        """Return what stands against a way for all accounts: the company, or its broken policy."""
        return barred(self._device.policy, mode, pin_each_time=self.asks_pin())

    def can_sign_in(self, account: Account) -> bool:
        """Tell whether "Sign in" is offered for an account."""
        return bool(self.address(account)) and self._bar(account, Mode.SILENT_SIGN_IN) is None

    def can_approve_everything(self, account: Account) -> bool:
        """Tell whether "Everything for a while" is offered for an account."""
        return self._bar(account, Mode.SILENT_WINDOW) is None

    def sign_in(self, account: Account) -> None:
        """Begin a sign-in in the browser, and wait for its request."""
        template = self.address(account)
        try:
            address = self._approval.sign_in(account, template, Origin.CLICK)
        except InputError as error:
            self.told.emit(refused_text(error), False)  # noqa: FBT003 - a signal's have no names
            return
        if not self.open_url(address):
            self._approval.stop(account.sid)
            self.told.emit(self.tr("No browser could be opened. Nothing was begun."), False)  # noqa: FBT003 - as above

    async def everything(self, account: Account, terms: Terms) -> None:
        """Approve what comes for a while; raises what `SilentApproval.everything` raises."""
        await self._approval.everything(account, terms, Origin.CLICK)

    def stop_all(self) -> None:
        """End all of it; what is being signed isn't sent."""
        self._approval.stop()

    def status(self) -> list[SilentStatus]:
        """Return what is on."""
        return self._approval.status()

    def expects(self, request: Request) -> bool:
        """Tell whether a request is about to be approved, so that nobody need be asked."""
        return self._approval.expects(request)

    def _bar(self, account: Account, mode: Mode) -> Barred | None:
        """Return what stands against it now; the account may have changed since it began."""
        current = self._accounts.get(account.sid)
        if current is None or not current.verified or mode not in _SILENT:
            return Barred.UNFINISHED
        switch = {
            Mode.SILENT_SIGN_IN: current.silent_sign_in,
            Mode.SILENT_WINDOW: current.silent_everything,
        }
        return self.forbidden(mode) if switch[mode] else Barred.ACCOUNT

    def _heed(self, event: SilentEvent) -> None:
        match event:
            case SilentBegan(status):
                self._most[status.account.sid, status.mode] = status.most
            case SilentApproved():
                self.approved.emit(event)
            case SilentFailed():
                self.told.emit(failed_text(event), False)  # noqa: FBT003 - as above
            case SilentEnded():
                self._ended(event)
        self.changed.emit()

    def _ended(self, event: SilentEnded) -> None:
        most = self._most.pop((event.account.sid, event.mode), 0)
        if text := ended_text(event, most):
            self.told.emit(text, event.reason is Ended.APPROVED)
