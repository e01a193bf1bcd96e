"""The accounts on this computer: how many requests each has waiting, and what is wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from typing_extensions import override

from countersign.desktop.lists.keyed_model import KeyedModel
from countersign.desktop.lists.paint import shown
from countersign.desktop.lists.roles import AccountRole, BadgeRole, RowRole, SidRole, StatusRole
from countersign.desktop.lists.times import clock_text
from countersign.push.address import host_of
from countersign.push.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QObject

    from countersign.device.polling import Watch
    from countersign.device.records import Account

translate = QCoreApplication.translate

_MOST: Final = 99
"""Polls ask for 100 requests; more than this can't be told apart."""


def badge_text(count: int) -> str:
    """Return a number of waiting requests as all places show it: "" for none, "99+" above 99."""
    if count <= 0:
        return ""
    return str(count) if count <= _MOST else f"{_MOST}+"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as its row shows it; `trouble` is empty where all is well."""

    sid: str
    name: str
    host: str
    pending: int = 0
    trouble: str = ""
    status: str = "ok"

    @property
    def letter(self) -> str:
        """Return what stands for it in a square: the first letter or digit of its name."""
        return next((char.upper() for char in self.name if char.isalnum()), "?")

    @property
    def badge(self) -> str:
        """Return its number as it is shown."""
        return badge_text(self.pending)


class AccountsModel(KeyedModel[AccountRow]):
    """Rows of accounts, in the order in which they were added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readers = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.name,
            Qt.ItemDataRole.AccessibleTextRole: _spoken,
            Qt.ItemDataRole.ToolTipRole: _tip,
            SidRole: self.key,
            StatusRole: lambda row: row.status,
            AccountRole: self.key,
            BadgeRole: lambda row: row.pending,
            RowRole: lambda row: row,
        }

    @override
    def key(self, row: AccountRow) -> str:
        return row.sid

    def set_accounts(
        self,
        watches: Iterable[Watch],
        unfinished: Iterable[Account] = (),
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Show watched accounts and unfinished ones; `notes` has words for a second line."""
        notes = notes or {}
        found = [
            *((watch.account, _watched(watch)) for watch in watches),
            *((account, _unfinished(account)) for account in unfinished),
        ]
        found.sort(key=lambda each: each[0].date_created)
        self.set_rows(_noted(row, notes.get(row.sid, "")) for _, row in found)


def _watched(watch: Watch) -> AccountRow:
    account = watch.account
    trouble = _trouble(watch)
    return AccountRow(
        account.sid,
        shown(account.label),
        shown(host_of(account.backend_url)),
        watch.pending,
        trouble,
        "failing" if trouble else "ok",
    )


def _unfinished(account: Account) -> AccountRow:
    words = translate("Accounts", "Not finished")
    host = shown(host_of(account.backend_url))
    return AccountRow(account.sid, shown(account.label), host, 0, words, "unfinished")


def _noted(row: AccountRow, note: str) -> AccountRow:
    if not note:
        return row
    return AccountRow(row.sid, row.name, row.host, row.pending, note, row.status)


def _trouble(watch: Watch) -> str:
    if watch.failing_since is None:
        return ""
    # A watch counts by a clock that only knows differences.
    since = clock_text(time.time() - (time.monotonic() - watch.failing_since))
    if isinstance(watch.view.error, NetworkError):
        return translate("Accounts", "Offline since {time}").format(time=since)  # one line
    return translate("Accounts", "Can't check since {time}").format(time=since)


def _tip(row: AccountRow) -> str:
    # Escaped and marked as rich text: a tool tip guesses, and a name could look like markup.
    parts = (row.name, row.host, row.trouble)
    return "<qt>" + "<br>".join(escape(part) for part in parts if part) + "</qt>"


def _spoken(row: AccountRow) -> str:
    return ", ".join(part for part in (row.name, row.trouble or row.host, row.badge) if part)
