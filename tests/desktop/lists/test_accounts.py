"""The accounts at the left: their numbers, their trouble, their menu."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from countersign.desktop.lists.accounts import AccountList, AllRequestsButton
from countersign.desktop.lists.accounts_model import AccountRow, AccountsModel, badge_text
from countersign.desktop.lists.roles import AccountRole, BadgeRole, SidRole, StatusRole
from countersign.device.inbox import AccountView
from countersign.device.polling import Watch
from countersign.push.errors import MappingError, NetworkError
from tests.desktop.lists.lists_support import account, watch

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.push.errors import CountersignError

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def accounts(qtbot: QtBot, theme: Theme) -> AccountList:
    """Return a list as wide as the side bar."""
    made = AccountList(theme)
    qtbot.addWidget(made)
    made.resize(216, 400)
    made.show()
    return made


@pytest.mark.parametrize(
    ("count", "text"), [(-1, ""), (0, ""), (1, "1"), (99, "99"), (100, "99+"), (12_000, "99+")]
)
def test_a_number_is_written_the_same_everywhere(count: int, text: str) -> None:
    assert badge_text(count) == text


def test_it_is_a_sound_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    assert qtbot is not None
    model = AccountsModel()
    model.set_accounts([watch(account(1), 2)], [account(2, verified=False)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # its types are partial


def test_a_row_says_name_host_and_number(accounts: AccountList) -> None:
    accounts.set_accounts([watch(account(), 100)])
    index = accounts.model().index(0, 0)
    assert index.data() == "Northwind Bank"
    assert index.data(SPOKEN) == "Northwind Bank, auth.northwind.example, 99+"
    assert index.data(BadgeRole) == 100
    assert index.data(StatusRole) == "ok"
    assert index.data(SidRole) == index.data(AccountRole) == account().sid


def test_in_the_order_in_which_they_were_added(accounts: AccountList) -> None:
    accounts.set_accounts(
        [watch(account(3, "C")), watch(account(1, "A"))], [account(2, "B", verified=False)]
    )
    assert [accounts.model().index(row, 0).data() for row in range(3)] == ["A", "B", "C"]
    assert accounts.model().index(1, 0).data(SPOKEN) == "B, Not finished"
    assert accounts.model().index(1, 0).data(StatusRole) == "unfinished"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NetworkError("offline", "No."), "Offline since "),
        (MappingError("bad_answer", "No."), "Can't check since "),
    ],
)
def test_what_is_wrong_is_told_in_words(
    accounts: AccountList, error: CountersignError, words: str
) -> None:
    one = account()
    failing = Watch(one, AccountView(one, error=error), failing_since=time.monotonic())
    accounts.set_accounts([failing])
    index = accounts.model().index(0, 0)
    assert words in index.data(SPOKEN)
    assert index.data(StatusRole) == "failing"
    accounts.set_accounts([watch(one)])
    assert index.data(StatusRole) == "ok"


def test_trouble_makes_room_for_its_words(accounts: AccountList) -> None:
    accounts.set_accounts([watch(account(1)), watch(account(2))])
    height = accounts.visualRect(accounts.model().index(0, 0)).height()
    accounts.set_accounts(
        [watch(account(1)), watch(account(2))], notes={account(1).sid: "Trouble " * 40}
    )
    accounts.doItemsLayout()
    assert accounts.visualRect(accounts.model().index(0, 0)).height() > height
    assert accounts.visualRect(accounts.model().index(1, 0)).height() == height


def test_names_are_plain_text_in_tool_tips_too(accounts: AccountList) -> None:
    accounts.set_accounts([watch(account(1, "<b>Bank</b>\u202e"))])
    tip = accounts.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Bank&lt;/b&gt;⟨U+202E⟩" in tip


@pytest.mark.parametrize(
    ("name", "letter"), [("acme", "A"), ("  (7) x", "7"), ("…", "?"), ("", "?"), ("éa", "É")]
)
def test_a_letter_stands_for_each(name: str, letter: str) -> None:
    assert AccountRow("sid", name, "host").letter == letter


def test_a_click_chooses_and_nothing_else_does(accounts: AccountList) -> None:
    accounts.set_accounts([watch(account(1)), watch(account(2))])
    found: list[str] = []
    accounts.accountChosen.connect(found.append)
    accounts.select(account(2).sid)
    accounts.set_accounts([watch(account(2), 4)])
    assert accounts.selected() == account(2).sid
    accounts.select("")
    assert found == []
    place = accounts.visualRect(accounts.model().index(0, 0)).center()
    QTest.mouseClick(
        accounts.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert found == [account(2).sid]


def test_a_menu_is_asked_for_by_mouse_and_by_key(accounts: AccountList) -> None:
    accounts.set_accounts([watch(account(1)), watch(account(2))])
    asked: list[str] = []
    chosen: list[str] = []
    accounts.menuRequested.connect(lambda sid, _place: asked.append(sid))
    accounts.accountChosen.connect(chosen.append)
    place = accounts.visualRect(accounts.model().index(1, 0)).center()
    QTest.mousePress(
        accounts.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place
    )
    reasons = QContextMenuEvent.Reason
    where = accounts.viewport().mapToGlobal(place)
    QApplication.sendEvent(accounts.viewport(), QContextMenuEvent(reasons.Mouse, place, where))
    assert asked == [account(2).sid]
    accounts.select(account(1).sid)
    QApplication.sendEvent(
        accounts.viewport(), QContextMenuEvent(reasons.Keyboard, QPoint(1, 1), QPoint(1, 1))
    )
    assert asked == [account(2).sid, account(1).sid]
    assert chosen == []


def test_the_button_for_all_has_the_total(qtbot: QtBot, theme: Theme) -> None:
    button = AllRequestsButton(theme)
    qtbot.addWidget(button)
    button.set_badge(130)
    assert button.accessibleName() == "All requests, 99+"
    button.set_badge(0)
    assert button.accessibleName() == "All requests"
    for direction in list(Qt.LayoutDirection)[:2]:
        button.setLayoutDirection(direction)
        button.setChecked(not button.isChecked())
        button.resize(160, 44)
        assert not button.grab().isNull()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_any_name_is_painted(accounts: AccountList, direction: Qt.LayoutDirection) -> None:
    accounts.setLayoutDirection(direction)
    accounts.set_accounts(
        [watch(account(1, "W" * 300), 100), watch(account(2, "שלום")), watch(account(3, ""))],
        [account(4, verified=False)],
        {account(2).sid: "Removed by your company"},
    )
    accounts.select(account(1).sid)
    assert not accounts.grab().isNull()
