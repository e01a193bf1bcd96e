"""What was answered: words and tags, days, filters, and what is offered when nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from countersign.desktop.lists.history import HistoryPane
from countersign.desktop.lists.history_delegate import HistoryDelegate
from countersign.desktop.lists.history_model import Filter, HistoryModel, Result
from countersign.desktop.lists.roles import AccountRole, SidRole, StatusRole
from countersign.device.records import Mode
from countersign.push.values import ChallengeStatus
from tests.desktop.lists.lists_support import APPROVED, DENIED, account, decision, now, sid_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
    from PySide6.QtWidgets import QStyleOptionViewItem
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.device.records import Decision

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
"""What the platform without a screen says of a window with a smallest size."""

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
DAY = 86_400
ACME = account(2, "Acme Payroll")
KNOWN = {account().sid: account(), ACME.sid: ACME}


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> HistoryPane:
    """Return the pane, shown."""
    made = HistoryPane(theme)
    qtbot.addWidget(made)
    made.set_now(now)
    made.resize(400, 600)
    made.show()
    return made


def some() -> list[Decision]:
    """Return four answers over three days."""
    return [
        decision(1, APPROVED),
        decision(2, DENIED, status=DENIED, age=60, of=ACME, message="Approve payroll run"),
        decision(3, APPROVED, age=DAY, mode=Mode.SILENT_WINDOW),
        decision(4, APPROVED, status=None, age=3 * DAY),
    ]


def texts(pane: HistoryPane) -> list[str]:
    """Return what each row says to a screen reader."""
    model = pane.list.model()
    return [model.index(row, 0).data(SPOKEN) for row in range(model.rowCount())]


def visible_words(pane: HistoryPane) -> list[str]:
    """Return the words of the labels that can be seen."""
    return [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]


def test_it_is_a_sound_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    assert qtbot is not None
    model = HistoryModel()
    model.set_now(now)
    model.set_decisions(some(), KNOWN)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # its types are partial


def test_rows_are_grouped_by_day_newest_first(pane: HistoryPane) -> None:
    pane.set_decisions(list(reversed(some())), KNOWN)
    said = texts(pane)
    assert said[:3] == [
        "Today",
        "Sign in to Northwind, Approved, Northwind Bank, 23:10",
        "Approve payroll run, Denied, Acme Payroll, 23:09",
    ]
    assert said[3] == "Yesterday"
    assert said[4].endswith("23:10, silent")
    assert "2026" in said[5]
    assert len(said) == 7


def test_a_heading_is_no_row_to_choose(pane: HistoryPane) -> None:
    pane.set_decisions(some(), KNOWN)
    heading = pane.list.model().index(0, 0)
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    assert heading.data(SidRole) == heading.data(StatusRole) == heading.data(AccountRole) == ""
    found: list[str] = []
    pane.list.decisionChosen.connect(found.append)
    QTest.mouseClick(
        pane.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        pane.list.visualRect(heading).center(),
    )
    assert found == []
    for _ in range(4):  # over the headings
        QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert found[-1] == "decision-4"
    assert "" not in found


@pytest.mark.parametrize(
    ("answer", "status", "error", "result", "word"),
    [
        (APPROVED, APPROVED, None, Result.APPROVED, "Approved"),
        (DENIED, DENIED, None, Result.DENIED, "Denied"),
        (APPROVED, ChallengeStatus.EXPIRED, "expired", Result.EXPIRED, "Expired"),
        (APPROVED, None, None, Result.UNKNOWN, "Not known"),
        (APPROVED, None, "not_arrived", Result.FAILED, "Not approved"),
        (DENIED, None, "changed", Result.FAILED, "Not denied"),
        (APPROVED, APPROVED, "answered_elsewhere", Result.FAILED, "Already answered"),
        (DENIED, APPROVED, None, Result.FAILED, "Not denied"),
    ],
)
def test_the_result_is_the_services_word(  # noqa: PLR0913, PLR0917 - one row of the table
    pane: HistoryPane,
    answer: ChallengeStatus,
    status: ChallengeStatus | None,
    error: str | None,
    result: Result,
    word: str,
) -> None:
    pane.set_decisions([decision(1, answer, status=status, error=error)], KNOWN)
    index = pane.list.model().index(1, 0)
    assert index.data(StatusRole) == result.value
    assert index.data(SidRole) == sid_of(1)
    assert f", {word}, " in index.data(SPOKEN)


def test_tags_say_silent_and_not_me(pane: HistoryPane) -> None:
    pane.set_decisions([decision(mode=Mode.SILENT_SIGN_IN, suspicious=True)], KNOWN)
    assert texts(pane)[1].endswith(", silent, not me")


def test_an_account_that_is_gone_is_named_by_its_sid(pane: HistoryPane) -> None:
    pane.set_decisions([decision()], {})
    assert account().sid in texts(pane)[1]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), {1, 2, 3, 4}),
        (Filter(text=" PAYROLL "), {2}),
        (Filter(text="acme"), {2}),
        (Filter(text="berlin"), {1, 2, 3, 4}),
        (Filter(account=ACME.sid), {2}),
        (Filter(result=Result.APPROVED), {1, 3}),
        (Filter(result=Result.UNKNOWN), {4}),
        (Filter(silent=True), {3}),
        (Filter(silent=True, account=ACME.sid), set()),
    ],
)
def test_filters(qtbot: QtBot, wanted: Filter, ids: set[int]) -> None:
    assert qtbot is not None
    model = HistoryModel()
    model.set_now(now)
    model.set_decisions(some(), KNOWN)
    model.set_filter(wanted)
    assert {each.id for each in model.decisions()} == {f"decision-{i}" for i in ids}


def test_the_users_way_through_the_filters(pane: HistoryPane) -> None:
    pane.set_decisions(some(), KNOWN)
    search = pane.search
    chooser = pane.result
    QTest.keyClicks(search, "northwind")
    assert len(pane.shown_decisions()) == 3
    chooser.setCurrentIndex(chooser.findText("Silent"))
    assert [each.id for each in pane.shown_decisions()] == ["decision-3"]
    chooser.setCurrentIndex(chooser.findText("Denied"))
    assert "Nothing found." in visible_words(pane)
    assert not pane.export.isEnabled()
    pane.clear.click()
    assert len(pane.shown_decisions()) == 4
    assert "Nothing found." not in visible_words(pane)


def test_new_answers_leave_filters_and_selection_alone(pane: HistoryPane) -> None:
    pane.set_decisions(some(), KNOWN)
    chooser = pane.account
    chooser.setCurrentIndex(chooser.findData(ACME.sid))
    pane.list.select("decision-2")
    newer = decision(9, of=account(3, "A third"), age=-5)
    pane.set_decisions([newer, *some()], {**KNOWN, newer.factor_sid: account(3, "A third")})
    assert chooser.currentData() == ACME.sid
    assert pane.list.selected() == "decision-2"
    pane.set_decisions([newer], KNOWN)  # the chosen account has no answers left
    assert [each.id for each in pane.shown_decisions()] == ["decision-9"]


def test_empty_says_so_and_offers_nothing(pane: HistoryPane) -> None:
    words = visible_words(pane)
    assert "No answers yet." in words
    assert "Kept for 90 days." in words
    assert not pane.export.isEnabled()


def test_its_parts_have_the_names_that_tests_of_the_window_use(pane: HistoryPane) -> None:
    names = {
        pane: "historyView",
        pane.list: "historyList",
        pane.search: "historySearch",
        pane.export: "exportCsvButton",
    }
    for part, name in names.items():
        assert part.objectName() == name


def test_export_is_asked_for(pane: HistoryPane, qtbot: QtBot) -> None:
    pane.set_decisions(some(), KNOWN)
    with qtbot.waitSignal(pane.exportRequested):
        pane.export.click()
    assert len(pane.shown_decisions()) == 4


class Counted(HistoryDelegate):
    """Counts how often it is asked; patching a method that Qt has called already would crash."""

    asked = 0

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        self.asked += 1
        return super().sizeHint(option, index)


def test_a_long_history_is_not_measured_row_by_row(pane: HistoryPane, theme: Theme) -> None:
    counted = Counted(theme, pane)
    pane.list.setItemDelegate(counted)
    pane.set_decisions([decision(i, age=i * 60.0) for i in range(10_000)], KNOWN)
    pane.grab()
    assert 0 < counted.asked < 50


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_it_fits_a_narrow_pane_in_either_direction(
    pane: HistoryPane, direction: Qt.LayoutDirection
) -> None:
    pane.setLayoutDirection(direction)
    long = account(5, "W" * 200)
    pane.set_decisions(
        [*some(), decision(5, of=long, suspicious=True, mode=Mode.SILENT_WINDOW)],
        {**KNOWN, long.sid: long},
    )
    pane.list.select("decision-5")
    assert pane.minimumSizeHint().width() <= 280
    assert not pane.grab().isNull()
