"""What was answered from this computer, newest first, under a heading for each day."""

from __future__ import annotations

import enum
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from typing_extensions import override

from countersign.desktop.lists.keyed_model import KeyedModel
from countersign.desktop.lists.paint import shown
from countersign.desktop.lists.roles import AccountRole, RowRole, SidRole, StatusRole
from countersign.desktop.lists.times import clock_text, day_text, local_day
from countersign.device.records import Mode
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from countersign.device.records import Account, Decision

translate = QCoreApplication.translate

_SILENT: Final = {Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW}

_BY_OTHERS: Final = {"already_answered", "answered_elsewhere"}


class Result(enum.StrEnum):
    """What became of an answer, and what StatusRole says of it."""

    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    FAILED = "failed"
    UNKNOWN = "unknown"


def result_of(decision: Decision) -> Result:
    """Return what became of an answer: the service's word, not the user's wish."""
    if decision.open:
        return Result.UNKNOWN
    if decision.server_status is ChallengeStatus.EXPIRED or decision.error == "expired":
        return Result.EXPIRED
    if decision.error is not None or decision.server_status is not decision.answer:
        return Result.FAILED
    approved = decision.answer is ChallengeStatus.APPROVED
    return Result.APPROVED if approved else Result.DENIED


def result_text(decision: Decision) -> str:
    """Return it as a word or two."""
    result = result_of(decision)
    if result is not Result.FAILED:
        return {
            Result.APPROVED: translate("History", "Approved"),
            Result.DENIED: translate("History", "Denied"),
            Result.EXPIRED: translate("History", "Expired"),
            Result.UNKNOWN: translate("History", "Not known"),
        }[result]
    if decision.error in _BY_OTHERS:
        # Neither "Approved" nor "Not approved": it may well be, but not by this answer.
        return translate("History", "Already answered")
    if decision.answer is ChallengeStatus.APPROVED:
        return translate("History", "Not approved")
    return translate("History", "Not denied")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which answers to show; what is empty lets all by. `silent` asks for silent ones only."""

    text: str = ""
    account: str = ""
    result: Result | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One answer, or a day's heading where `decision` is None.

    Its texts are made when they are asked for: of thousands of rows, a dozen are seen.
    """

    key: str
    heading: str = ""
    decision: Decision | None = None
    account: str = ""

    @property
    def title(self) -> str:
        """Return the message or the day."""
        return shown(self.decision.message) if self.decision else self.heading

    @property
    def time(self) -> str:
        """Return when it was answered, without the day."""
        return clock_text(self.decision.decided_at.timestamp()) if self.decision else ""

    @property
    def result(self) -> Result | None:
        """Return what became of it."""
        return result_of(self.decision) if self.decision else None

    @property
    def word(self) -> str:
        """Return what became of it in words."""
        return result_text(self.decision) if self.decision else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return what else is to be said of it."""
        return tags_of(self.decision) if self.decision else ()


class HistoryModel(KeyedModel[HistoryRow]):
    """Rows of answers and days; a heading can't be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: Callable[[], float] = time.time
        self._all: list[Decision] = []
        self._names: dict[str, str] = {}
        self._filter = Filter()
        self.readers = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.title,
            Qt.ItemDataRole.AccessibleTextRole: _spoken,
            SidRole: lambda row: row.decision.challenge_sid if row.decision else "",
            StatusRole: lambda row: row.result.value if row.result else "",
            AccountRole: lambda row: row.decision.factor_sid if row.decision else "",
            RowRole: lambda row: row,
        }

    @override
    def key(self, row: HistoryRow) -> str:
        return row.key

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Leave headings out of what can be reached."""
        row = self._rows[index.row()] if index.isValid() else None
        return super().flags(index) if row and row.decision else Qt.ItemFlag.NoItemFlags

    def set_now(self, now: Callable[[], float]) -> None:
        """Tell by this what "Today" is: POSIX seconds."""
        self._now = now
        self._show()

    def set_decisions(self, decisions: Sequence[Decision], accounts: Mapping[str, Account]) -> None:
        """Show these answers; an account that is gone from here is shown by its factor's sid."""
        self._names = {sid: shown(account.label) for sid, account in accounts.items()}
        self._all = sorted(decisions, key=lambda each: each.decided_at, reverse=True)
        self._show()

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes this."""
        self._filter = wanted
        self._show()

    @property
    def anything(self) -> bool:
        """True where there is any answer, shown or filtered out."""
        return bool(self._all)

    def decisions(self) -> list[Decision]:
        """Return the answers that are shown, newest first."""
        return [row.decision for row in self._rows if row.decision]

    def accounts(self) -> dict[str, str]:
        """Return the names of all accounts that answers are of, by sid."""
        return {each.factor_sid: self._name(each) for each in self._all}

    def _show(self) -> None:
        self.set_rows(self._with_days(each for each in self._all if self._passes(each)))

    def _passes(self, decision: Decision) -> bool:
        wanted = self._filter
        if wanted.account and decision.factor_sid != wanted.account:
            return False
        if wanted.result is not None and result_of(decision) is not wanted.result:
            return False
        if wanted.silent and decision.mode not in _SILENT:
            return False
        needle = wanted.text.casefold().strip()
        if not needle:
            return True
        texts = [decision.message, self._name(decision)]
        texts += [field.value for field in decision.fields]
        return any(needle in text.casefold() for text in texts)

    def _with_days(self, decisions: Iterable[Decision]) -> Iterable[HistoryRow]:
        today, last = local_day(self._now()), None
        for decision in decisions:
            day = local_day(decision.decided_at.timestamp())
            if day != last:
                yield HistoryRow(f"day:{day.toJulianDay()}", day_text(day, today))
                last = day
            yield HistoryRow(decision.id, "", decision, self._name(decision))

    def _name(self, decision: Decision) -> str:
        return self._names.get(decision.factor_sid) or shown(decision.factor_sid)


def tags_of(decision: Decision) -> tuple[str, ...]:
    """Return what else is to be said of an answer."""
    tags = []
    if decision.mode in _SILENT:
        tags.append(translate("History", "silent"))
    if decision.suspicious:
        tags.append(translate("History", "not me"))
    return tuple(tags)


def _spoken(row: HistoryRow) -> str:
    return ", ".join(
        part for part in (row.title, row.word, row.account, row.time, *row.tags) if part
    )
