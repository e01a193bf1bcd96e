"""What was answered from this computer, newest first, under a heading for each day."""

from __future__ import annotations

import time
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Qt
from typing_extensions import override

from countersign.desktop.lists.history_row import (
    Filter,
    HistoryRow,
    Result,
    result_of,
    result_text,
    tags_of,
)
from countersign.desktop.lists.keyed_model import KeyedModel
from countersign.desktop.lists.paint import shown
from countersign.desktop.lists.roles import AccountRole, RowRole, SidRole, StatusRole
from countersign.desktop.lists.sameness import difference
from countersign.desktop.lists.times import day_text, local_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from countersign.device.records import Account, Decision

__all__ = ["Filter", "HistoryModel", "HistoryRow", "Result", "result_of", "result_text", "tags_of"]

_KEY: Final = attrgetter("key")
_WHEN: Final = attrgetter("decided_at")
_WHOSE: Final = attrgetter("factor_sid")


class HistoryModel(KeyedModel[HistoryRow]):
    """Rows of answers and days; a heading can't be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: Callable[[], float] = time.time
        self._answers: list[Decision] = []
        self._all: list[HistoryRow] = []  # one for each of them
        self._headings: dict[str, HistoryRow] = {}
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
    def keys(self, rows: Sequence[HistoryRow]) -> list[str]:
        return [*map(_KEY, rows)]

    @override
    def begins(self, row: HistoryRow, folded: str) -> bool:
        return row.text.startswith(folded)

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
        names = {sid: shown(account.label) for sid, account in accounts.items()}
        if names != self._names:
            self._names, self._answers, self._all = names, [], []
        answers = sorted(decisions, key=_WHEN, reverse=True)
        apart = difference(self._answers, answers)
        self._all = apart.replaced(self._all, [*map(self._row, answers[apart.new])])
        self._answers = answers
        self._show()

    def add_older(self, decisions: Sequence[Decision]) -> None:
        """Show these as well, all of them older than what there is, newest first."""
        rows = [*map(self._row, decisions)]
        last = self._rows[-1].day if self._rows else 0
        self._all += rows
        self._answers += decisions
        self.append_rows(self._with_days(self._passing(rows), last))

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
        sids = {*map(_WHOSE, self._answers)}
        return {sid: self._names.get(sid) or shown(sid) for sid in sids}

    def _show(self) -> None:
        self.set_rows(self._with_days(self._passing(self._all)))

    def _passing(self, rows: list[HistoryRow]) -> list[HistoryRow]:
        wanted = self._filter
        for word in wanted.text.casefold().split():
            rows = [row for row in rows if word in row.text]
        if wanted.account or wanted.silent or wanted.result is not None:
            rows = [row for row in rows if row.decision and wanted.passes(row.decision)]
        return rows

    def _with_days(self, rows: list[HistoryRow], last: int = 0) -> list[HistoryRow]:
        today, found = local_day(self._now()), []
        for row in rows:
            if row.day != last:
                last = row.day
                found.append(self._heading(last, today))
            found.append(row)
        return found

    def _heading(self, day: int, today: QDate) -> HistoryRow:
        """Return a day's row: the very same one, as long as it says the same."""
        made = HistoryRow(f"day:{day}", day_text(QDate.fromJulianDay(day), today), day=day)
        if self._headings.get(made.key) != made:
            self._headings[made.key] = made
        return self._headings[made.key]

    def _row(self, decision: Decision) -> HistoryRow:
        name = self._names.get(decision.factor_sid) or shown(decision.factor_sid)
        texts = [decision.message, name, *(field.value for field in decision.fields)]
        day = local_day(decision.decided_at.timestamp()).toJulianDay()
        return HistoryRow(decision.id, "", decision, name, "\n".join(texts).casefold(), day)


def _spoken(row: HistoryRow) -> str:
    return ", ".join(
        part for part in (row.title, row.word, row.account, row.time, *row.tags) if part
    )
