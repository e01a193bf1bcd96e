"""The search over the list, the words under it, and what scrolling asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from countersign.desktop.lists.inbox_view import SEARCH_FROM, InboxView
from countersign.desktop.lists.roles import SidRole
from countersign.device.paging import Extent
from countersign.push.errors import NetworkError
from tests.desktop.lists.lists_support import account, now, request, sid_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.device.inbox import Request

MORE = Extent(more=True, certain=True)
FEW, MANY = range(SEARCH_FROM - 1), range(SEARCH_FROM + 30)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[InboxView]:
    """Give the list with its surroundings, with room for some five rows."""
    host = QWidget()
    qtbot.addWidget(host)
    made = InboxView(theme, host)
    made.list.set_now(now)
    for widget in (host, made):
        widget.resize(400, 500)
    with qtbot.waitExposed(host):
        host.show()
    made.list.setFocus()
    point(made, at_it=False)
    yield made
    host.hide()  # also keeps it until here


def requests(numbers: Iterable[int]) -> list[Request]:
    """Return requests of which a higher number is newer, and which only their number tells."""
    return [request(number, f"Message {number}", [], age=20_000 - number) for number in numbers]


def fill(view: InboxView, numbers: Iterable[int]) -> None:
    """Show requests, and lay them out as the next turn of Qt's loop would."""
    view.list.set_requests(requests(numbers))
    view.list.doItemsLayout()


def place(view: InboxView, number: int) -> QPoint:
    """Return where a row is on the screen."""
    rect = view.list.visualRect(view.list.index_of(sid_of(number)))
    return view.list.viewport().mapToGlobal(rect.topLeft())


def point(view: InboxView, *, at_it: bool) -> None:
    """Bring the pointer over the list, or away from the window."""
    viewport = view.list.viewport()
    QCursor.setPos(viewport.mapToGlobal(QPoint(100, 200)) if at_it else QPoint(790, 790))
    if at_it:
        QTest.mouseMove(viewport, QPoint(100, 200))
    else:
        QApplication.sendEvent(view.list, QEvent(QEvent.Type.Leave))
    viewport.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, at_it)  # it comes late on this platform


def shown(view: InboxView) -> list[str]:
    """Return the rows' messages."""
    model = view.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def wants(view: InboxView) -> list[bool]:
    """Return where it will be noted that more is wanted."""
    found: list[bool] = []
    view.moreWanted.connect(lambda: found.append(True))
    return found


# --- The search ----------------------------------------------------------------------------------


def test_few_requests_need_no_search_and_many_bring_it(view: InboxView) -> None:
    fill(view, FEW)
    assert not view.search.isVisible()
    fill(view, MANY)
    assert view.search.isVisible()
    fill(view, FEW)
    assert view.search.isVisible()  # no to and fro around one number
    fill(view, range(2))
    assert not view.search.isVisible()


def test_a_search_in_use_stays(view: InboxView) -> None:
    fill(view, MANY)
    view.search.setText("message")
    fill(view, range(2))
    assert view.search.isVisible()
    view.search.clear()
    fill(view, range(1))
    assert not view.search.isVisible()


def test_a_shortcut_brings_it_however_few_there_are(view: InboxView, qtbot: QtBot) -> None:
    fill(view, [13, 14])
    with qtbot.waitActive(view.window()):
        view.activateWindow()
    view.start_search()
    qtbot.waitUntil(view.search.hasFocus)
    QTest.keyClicks(view.search, "message 13")
    assert shown(view) == ["Message 13"]
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert len(shown(view)) == 2
    assert view.list.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_from_the_search_to_the_list_without_choosing(
    view: InboxView, qtbot: QtBot, key: Qt.Key
) -> None:
    fill(view, MANY)
    with qtbot.waitActive(view.window()):
        view.activateWindow()
    found: list[str] = []
    view.list.requestChosen.connect(found.append)
    view.start_search()
    QTest.keyClick(view.search, key)
    assert view.list.hasFocus()
    assert found == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [3, 2, 1]),
        ("  ", [3, 2, 1]),
        ("payroll", [3]),
        ("BERLIN sign", [2, 1]),
        ("berlin payroll", []),
        ("label", [3, 2, 1]),
        ("acme", [2]),
        ("zürich", [3]),
        ("straße", [1]),
    ],
)
def test_all_words_must_be_in_message_fields_or_account(
    view: InboxView, text: str, numbers: list[int]
) -> None:
    acme = account(2, "Acme Travel")
    view.list.set_requests(
        [
            request(1, "Sign in, STRASSE 5", age=3),
            request(2, "Sign in", age=2, of=acme),
            request(3, "Payroll", ["ZÜRICH"], age=1),
        ]
    )
    view.search.setText(text)
    model = view.list.model()
    found = [model.index(row, 0).data(SidRole) for row in range(model.rowCount())]
    assert found == [sid_of(number) for number in numbers]
    assert view.nothing.isVisible() == (not numbers)


def test_nothing_found_offers_to_clear(view: InboxView) -> None:
    fill(view, MANY)
    view.search.setText("paperclips")
    assert view.nothing.isVisible()
    assert not view.list.isVisible()
    view._clear()
    assert view.list.isVisible()
    assert len(shown(view)) == len(MANY)


def test_what_is_read_stays_through_a_search_and_new_polls_are_searched(view: InboxView) -> None:
    fill(view, [1, 2, 13])
    view.list.select(sid_of(2))
    view.search.setText("message 13")
    assert shown(view) == ["Message 13", "Message 2"]
    assert view.list.selected() == sid_of(2)
    fill(view, [1, 13, 40, 130])
    assert shown(view) == ["Message 130", "Message 13", "Message 2"]  # gone, and still read
    view.search.clear()
    assert shown(view) == [f"Message {number}" for number in (130, 40, 13, 2, 1)]


def test_no_row_moves_under_the_pointer_when_the_search_appears(view: InboxView) -> None:
    fill(view, FEW)
    point(view, at_it=True)
    before = place(view, 5)
    fill(view, MANY)
    assert view.search.isVisible()
    assert place(view, 5) == before
    fill(view, range(3, 6))
    assert view.search.isVisible()  # going, it would move them
    point(view, at_it=False)
    fill(view, range(3, 5))
    assert not view.search.isVisible()


def test_at_the_top_without_a_pointer_the_newest_is_seen_below_the_search(view: InboxView) -> None:
    fill(view, FEW)
    fill(view, MANY)
    assert view.list.verticalScrollBar().value() == 0
    assert view.list.indexAt(QPoint(20, 20)).data(SidRole) == sid_of(MANY[-1])


# --- What the foot says --------------------------------------------------------------------------

UNREACHABLE = NetworkError("unreachable", "Can't reach verify.example.")


@pytest.mark.parametrize(
    ("extent", "words", "button"),
    [
        (Extent(), "", None),
        (Extent(more=True), "Showing 40. There may be more.", "Load more"),
        (MORE, "Showing 40. There are more.", "Load more"),
        (Extent(more=True, loading=True), "Loading more…", "Load more"),
        (
            Extent(more=True, error=UNREACHABLE),
            "Couldn't load more. Can't reach verify.example.",
            "Try again",
        ),
        (Extent(full=True), "Showing the newest 40.", None),
    ],
)
def test_the_foot_is_honest(
    view: InboxView, extent: Extent, words: str, button: str | None
) -> None:
    fill(view, MANY)
    view.set_extent(extent)
    assert view.foot.text.text() == words
    assert view.foot.isVisible() == bool(words)
    assert view.foot.load.isVisible() == (button is not None)
    assert button in {None, view.foot.load.text()}


def test_a_search_says_in_how_many_it_looked(view: InboxView) -> None:
    fill(view, MANY)
    view.set_extent(MORE)
    view.search.setText("message 13")
    assert view.foot.text.text() == "1 found, of 40. There may be more."
    view.set_extent(Extent())
    assert view.foot.text.text() == "1 found, of 40."
    view.search.clear()
    assert not view.foot.isVisible()


def test_the_button_asks_and_asks_again(view: InboxView) -> None:
    found = wants(view)
    fill(view, MANY)
    view.set_extent(MORE)
    view.foot.load.click()
    view.set_extent(Extent(more=True, error=UNREACHABLE))
    view.foot.load.click()
    assert len(found) == 2


# --- Scrolling -----------------------------------------------------------------------------------


def test_scrolling_to_near_the_end_asks_for_more_once_there_is_more(view: InboxView) -> None:
    found = wants(view)
    fill(view, range(100))
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert found == []  # there is none
    bar.setValue(0)
    view.set_extent(MORE)
    assert found == []  # nobody has scrolled
    bar.setValue(bar.maximum() // 2)
    assert found == []
    bar.setValue(bar.maximum() - 10)
    assert found == [True]


@pytest.mark.parametrize(
    "extent", [Extent(more=True, loading=True), Extent(more=True, error=UNREACHABLE)]
)
def test_it_is_not_asked_for_while_it_comes_nor_by_itself_after_a_failure(
    view: InboxView, extent: Extent
) -> None:
    found = wants(view)
    fill(view, range(100))
    view.set_extent(extent)
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert found == []


def test_a_search_fetches_nothing_by_scrolling(view: InboxView) -> None:
    found = wants(view)
    fill(view, range(100))
    view.set_extent(MORE)
    view.search.setText("message 1")
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert found == []


def test_older_ones_come_below_and_nothing_moves(view: InboxView) -> None:
    fill(view, range(100, 200))
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = view.list.visualRect(view.list.index_of(sid_of(100)))
    fill(view, range(200))
    assert view.list.visualRect(view.list.index_of(sid_of(100))) == before
    assert bar.maximum() > bar.value()
