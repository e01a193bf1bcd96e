"""The list of what waits: what it says, what stays in its place, what counts as a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from countersign.desktop.lists.inbox import InboxList
from countersign.desktop.lists.requests_delegate import InboxDelegate
from countersign.desktop.lists.requests_model import InboxModel
from countersign.desktop.lists.roles import AccountRole, RowRole, SidRole, StatusRole
from tests.desktop.lists.lists_support import NOW, account, now, request, requests, sid_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def inbox(qtbot: QtBot, theme: Theme) -> InboxList:
    """Return a list that is shown, with room for some four rows."""
    made = InboxList(theme)
    qtbot.addWidget(made)
    made.set_now(now)
    made.resize(400, 400)
    made.show()
    return made


def choices(inbox: InboxList) -> list[str]:
    """Return where the sids of what gets chosen will be."""
    found: list[str] = []
    inbox.requestChosen.connect(found.append)
    return found


def point(inbox: InboxList, *, at_it: bool) -> None:
    """Bring the pointer over the list or away, wherever this platform thinks that it is."""
    inbox.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse, at_it)


def click(inbox: InboxList, sid: str) -> None:
    """Click on a row."""
    place = inbox.visualRect(inbox.index_of(sid)).center()
    QTest.mouseClick(
        inbox.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )


# --- What rows say -------------------------------------------------------------------------------


def test_it_is_a_sound_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    assert qtbot is not None
    model = InboxModel()
    model.set_now(now)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # its types are partial
    model.set_requests(requests(range(5)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # its types are partial


def test_newest_first_whatever_the_order_it_comes_in(inbox: InboxList) -> None:
    inbox.set_requests(requests([2, 9, 4]))
    shown = [inbox.model().index(row, 0).data() for row in range(3)]
    assert shown == ["Message 9", "Message 4", "Message 2"]


def test_a_row_is_read_out_as_it_is_seen_message_first(inbox: InboxList) -> None:
    inbox.set_requests([request(age=79)])
    text = inbox.model().index(0, 0).data(SPOKEN)
    assert text == (
        "Sign in to Northwind, Berlin · 203.0.113.24, Northwind Bank, 3 min 41 s, 1 min"
    )


@pytest.mark.parametrize(
    ("age", "unknown", "gone", "status", "words"),
    [
        (8, False, False, "pending", "4 min 52 s"),
        (8, True, False, "unknown", "Checking answer"),
        (301, False, False, "expired", "Expired"),
        (301, False, True, "expired", "Expired"),
        (8, False, True, "gone", "No longer waiting"),
    ],
)
def test_roles_and_words_of_each_state(  # noqa: PLR0913 - one row of the table
    inbox: InboxList, *, age: float, unknown: bool, gone: bool, status: str, words: str
) -> None:
    inbox.set_requests([request(age=age)])
    inbox.set_unknown([sid_of(1)] if unknown else [])
    if gone:
        inbox.select(sid_of(1))
        inbox.set_requests([])
    index = inbox.model().index(0, 0)
    assert index.data(SidRole) == sid_of(1)
    assert index.data(AccountRole) == account().sid
    assert index.data(StatusRole) == status
    assert words in index.data(SPOKEN)


def test_hidden_characters_are_seen_and_length_is_bounded(inbox: InboxList) -> None:
    inbox.set_requests([request(1, "a\u202eb\nc", ["x\u200by"]), request(2, "long " * 800)])
    texts = {index.data(SidRole): index.data(SPOKEN) for index in inbox._visible()}
    assert "a⟨U+202E⟩b⟨U+000A⟩c" in texts[sid_of(1)]
    assert "x⟨U+200B⟩y" in texts[sid_of(1)]
    assert len(texts[sid_of(2)]) < 500


def test_fields_in_two_scripts_keep_their_order(inbox: InboxList) -> None:
    inbox.set_requests([request(1, fields=["תל אביב", "203.0.113.9"])])
    index = inbox.model().index(0, 0)
    assert index.data(RowRole).fields == "\u2068תל אביב\u2069 · \u2068203.0.113.9\u2069"
    assert "תל אביב · 203.0.113.9" in index.data(SPOKEN)


def test_offline_dims_without_changing_a_word(inbox: InboxList) -> None:
    inbox.set_requests(requests([1]))
    before = inbox.model().index(0, 0).data(SPOKEN)
    inbox.set_offline(offline=True)
    assert not inbox.model().index(0, 0).data(RowRole).live
    assert inbox.model().index(0, 0).data(SPOKEN) == before


# --- What stays ----------------------------------------------------------------------------------


def test_selection_stays_on_its_request(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2, 3]))
    inbox.select(sid_of(2))
    found = choices(inbox)
    inbox.set_requests(requests([2, 3, 7, 8]))
    assert inbox.selected() == sid_of(2)
    assert found == []


def test_what_is_read_stays_though_it_no_longer_waits_until_left(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2, 3]))
    inbox.select(sid_of(2))
    inbox.set_requests(requests([1, 3]))
    assert [row.data() for row in inbox._visible()] == ["Message 3", "Message 2", "Message 1"]
    inbox.set_requests(requests([1, 3]))
    assert inbox.selected() == sid_of(2)
    inbox.select(sid_of(3))
    inbox.set_requests(requests([1, 3]))
    assert [row.data() for row in inbox._visible()] == ["Message 3", "Message 1"]


@pytest.mark.parametrize(
    ("status", "tag"), [("approved", "Approved"), ("denied", "Denied"), ("expired", "Expired")]
)
def test_what_was_answered_says_how_until_it_is_left(
    inbox: InboxList, status: str, tag: str
) -> None:
    inbox.set_requests([request(1), request(2)])
    inbox.select(sid_of(1))
    inbox.set_outcome(sid_of(1), status)
    inbox.set_outcome("another", status)
    for waiting in ([request(1), request(2)], [request(2)]):
        inbox.set_requests(waiting)
        row = inbox.index_of(sid_of(1))
        assert row.data(StatusRole) == status
        assert tag in str(row.data(SPOKEN))
        assert not row.data(RowRole).live
    inbox.select(sid_of(2))
    inbox.set_requests([request(2)])
    assert not inbox.index_of(sid_of(1)).isValid()


def test_another_accounts_list_keeps_nothing_and_selects_nothing(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2]))
    inbox.select(sid_of(2))
    found = choices(inbox)
    inbox.set_requests(requests([1]), keep_selected=False)
    assert inbox.selected() == ""
    assert found == []


def test_a_scrolled_list_stays_where_it_is_when_requests_come_and_go(inbox: InboxList) -> None:
    inbox.set_requests(requests(range(10, 60)))
    inbox.scrollTo(inbox.index_of(sid_of(30)), InboxList.ScrollHint.PositionAtTop)
    inbox.verticalScrollBar().setValue(inbox.verticalScrollBar().value() + 7)
    before = inbox.visualRect(inbox.index_of(sid_of(30)))
    inbox.set_requests(requests(range(5, 75)))
    assert inbox.visualRect(inbox.index_of(sid_of(30))) == before
    inbox.set_requests(requests([*range(5, 50), 61]))
    assert inbox.visualRect(inbox.index_of(sid_of(30))) == before


def test_at_the_top_the_newest_comes_into_view(inbox: InboxList) -> None:
    inbox.set_requests(requests(range(50)))
    point(inbox, at_it=False)
    inbox.set_requests(requests(range(51)))
    assert inbox.indexAt(QPoint(20, 20)).data(SidRole) == sid_of(50)


def test_nothing_moves_under_the_pointer(inbox: InboxList) -> None:
    inbox.set_requests(requests(range(50)))
    point(inbox, at_it=True)
    inbox.set_requests(requests(range(51)))
    assert inbox.indexAt(QPoint(20, 20)).data(SidRole) == sid_of(49)
    inbox.set_requests(requests(range(52)))
    assert inbox.indexAt(QPoint(20, 20)).data(SidRole) == sid_of(49)
    point(inbox, at_it=False)
    QApplication.sendEvent(inbox, QEvent(QEvent.Type.Leave))
    assert inbox.indexAt(QPoint(20, 20)).data(SidRole) == sid_of(51)


def test_who_has_scrolled_meanwhile_stays_there(inbox: InboxList) -> None:
    inbox.set_requests(requests(range(50)))
    point(inbox, at_it=True)
    inbox.set_requests(requests(range(51)))
    inbox.scrollTo(inbox.index_of(sid_of(20)))
    where = inbox.verticalScrollBar().value()
    point(inbox, at_it=False)
    QApplication.sendEvent(inbox, QEvent(QEvent.Type.Leave))
    assert inbox.verticalScrollBar().value() == where


# --- What counts as a choice ---------------------------------------------------------------------


def test_a_click_chooses_once_and_again(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2]))
    found = choices(inbox)
    click(inbox, sid_of(1))
    assert found == [sid_of(1)]
    click(inbox, sid_of(1))  # a narrow window went back to the list
    assert found == [sid_of(1)] * 2


def test_arrows_and_enter_choose(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2]))
    found = choices(inbox)
    inbox.setFocus()
    QTest.keyClick(inbox, Qt.Key.Key_Down)
    QTest.keyClick(inbox, Qt.Key.Key_Return)
    assert len(set(found)) == 1
    assert found[-1] == inbox.selected()
    QTest.keyClick(inbox, Qt.Key.Key_End)
    assert found[-1] == sid_of(1)


def test_enter_with_ctrl_is_not_the_lists(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2]))
    inbox.select(sid_of(1))
    found = choices(inbox)
    QTest.keyClick(inbox, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert found == []


def test_focus_and_code_choose_nothing(inbox: InboxList) -> None:
    inbox.set_requests(requests([1, 2]))
    found = choices(inbox)
    inbox.setFocus(Qt.FocusReason.TabFocusReason)
    inbox.select(sid_of(1))
    assert inbox.selected() == sid_of(1)
    inbox.select("")
    inbox.select("not there")
    assert inbox.selected() == ""
    assert found == []


# --- What it costs -------------------------------------------------------------------------------


class Counted(InboxDelegate):
    """Counts how often it is asked; patching a method that Qt has called already would crash."""

    measured = painted = 0

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        self.measured += 1
        return super().sizeHint(option, index)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.painted += 1
        super().paint(painter, option, index)


def test_ten_thousand_rows_are_neither_measured_nor_painted_one_by_one(
    inbox: InboxList, theme: Theme
) -> None:
    counted = Counted(theme, inbox)
    inbox.setItemDelegate(counted)
    inbox.set_requests(requests(range(10_000)))
    inbox.grab()
    assert 0 < counted.measured < 50
    assert 0 < counted.painted < 50
    assert len(inbox.requests._words) < 50  # words are made for what is seen


def test_a_tick_paints_only_what_is_in_view(inbox: InboxList, qtbot: QtBot) -> None:
    assert qtbot is not None
    inbox.set_requests(requests(range(1000)))
    rows = list(inbox._visible())
    assert 0 < len(rows) < 10
    assert inbox._timer.interval() == 1000
    assert inbox._timer.isActive()
    inbox.hide()
    assert not inbox._timer.isActive()


def test_a_poll_that_brings_nothing_new_paints_nothing(inbox: InboxList) -> None:
    told: list[int] = []
    inbox.set_requests(requests(range(10)))
    inbox.model().dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    inbox.model().rowsInserted.connect(lambda _parent, first, _last: told.append(first))
    inbox.set_requests(requests(range(10)))
    assert told == []


# --- How it looks --------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("width", [120, 280, 400])
def test_any_text_in_any_width_is_painted_within_its_row(
    inbox: InboxList, direction: Qt.LayoutDirection, width: int
) -> None:
    inbox.setLayoutDirection(direction)
    inbox.resize(width, 600)
    inbox.set_requests(
        [
            request(1, "W" * 4096, ["i" * 4096] * 20),
            request(2, "שלום " * 100, ["תל אביב"], of=account(2, "בנק")),
            request(3, "", []),
            request(4, "Long " * 100, [], age=500),
            request(5, "\U0001f469\u200d\U0001f680" * 50, [], life=0),
        ]
    )
    inbox.set_unknown([sid_of(2)])
    inbox.select(sid_of(1))
    image = inbox.grab().toImage()
    ratio = image.devicePixelRatio()
    margin = image.pixelColor(int(3 * ratio), int(60 * ratio))
    for y in range(0, image.height(), 7):  # nothing reaches the margins at either side
        assert image.pixelColor(int(3 * ratio), y) == margin
        assert image.pixelColor(image.width() - 1 - int(3 * ratio), y) == margin


def test_right_to_left_mirrors_the_card(inbox: InboxList, theme: Theme) -> None:
    inbox.resize(400, 200)
    inbox.set_requests([request(1)])
    inbox.select(sid_of(1))
    place = inbox.visualRect(inbox.index_of(sid_of(1)))
    accent = theme.color("accent").rgb()

    def bar_at_left() -> bool:
        image = inbox.grab().toImage()
        return image.pixelColor(place.left() + 14, place.center().y()).rgb() == accent

    assert bar_at_left()
    inbox.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not bar_at_left()


def test_rows_grow_with_the_systems_font(
    inbox: InboxList, qapp: QApplication, qtbot: QtBot
) -> None:
    inbox.set_requests([request(1)])

    def height() -> int:
        return inbox.visualRect(inbox.index_of(sid_of(1))).height()

    before, usual = height(), qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * 2)
    try:
        qapp.setFont(larger)
        qtbot.waitUntil(lambda: height() > before * 1.3)
    finally:
        qapp.setFont(usual)
    qtbot.waitUntil(lambda: height() == before)


def test_a_screen_reader_gets_the_whole_row(inbox: InboxList) -> None:
    inbox.set_requests([request(1)])
    row = QAccessible.queryAccessibleInterface(inbox).child(0)
    assert row.text(QAccessible.Text.Name).startswith("Sign in to Northwind, Berlin")


def test_time_goes_by_the_clock_that_it_is_given(inbox: InboxList) -> None:
    inbox.set_requests([request(1)])
    inbox.set_now(lambda: NOW + 120)
    assert "3 min 0 s" in inbox.model().index(0, 0).data(SPOKEN)
