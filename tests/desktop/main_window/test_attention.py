"""New requests are spoken once, an account's trouble is told once, sleep is noticed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from countersign.desktop.bugs import heard
from countersign.desktop.lists.times import clock_text
from countersign.desktop.main_window.absence import Absence
from countersign.desktop.main_window.attention import Attention, notes
from countersign.desktop.main_window.window import MainWindow
from countersign.device.inbox import AccountView
from countersign.device.polling import Watch
from countersign.push.errors import ApiError, KeyStorageError, MappingError, NetworkError
from tests.desktop.lists.lists_support import account, request

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.push.errors import CountersignError

BUSY = ApiError("too_many", "Too many requests.", code=20429, status=429, retry_after=600)


def watch(*numbers: int, error: CountersignError | None = None, checked: float | None = 1) -> Watch:
    waiting = tuple(request(number, message=f"Request {number}") for number in numbers)
    return Watch(account(), AccountView(account(), waiting, error=error), checked_at=checked)


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> MainWindow:
    made = MainWindow(theme)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def spoken() -> list[str]:
    return []


@pytest.fixture
def attention(window: MainWindow, spoken: list[str]) -> Attention:
    def say(_widget: QWidget, text: str, /, *, urgent: bool) -> None:
        assert not urgent, "nobody is interrupted by what can wait"
        spoken.append(text)

    return Attention(window, say)


def test_each_new_request_is_spoken_once(attention: Attention, spoken: list[str]) -> None:
    attention.heed([watch(checked=None)])
    attention.heed([watch(1)])
    attention.heed([watch(1)])
    attention.heed([watch(1, 2, 3)])
    attention.heed([watch(3)])
    assert spoken == ["New request from Northwind Bank: Request 1", "2 new requests"]


def test_trouble_is_told_once_until_it_changes(attention: Attention, window: MainWindow) -> None:
    told: list[tuple[str, str]] = []
    window.accountNeedsAttention.connect(lambda sid, why: told.append((sid, why)))
    locked, gone = KeyStorageError("locked", "Locked."), KeyStorageError("gone", "Gone.")
    for error in (None, locked, locked, NetworkError("unreachable", "Nobody."), gone, None, gone):
        attention.heed([watch(error=error)])
    assert [why for _, why in told] == ["locked", "gone", "gone"]
    assert {sid for sid, _ in told} == {account().sid}


def test_a_row_says_what_is_special_about_its_trouble() -> None:
    one = watch(error=BUSY)
    one.next_at = one.not_before = time.monotonic() + 600
    (note,) = notes([one]).values()
    assert note.startswith("Asked us to check less often. Next check ")
    assert notes([watch(error=KeyStorageError("gone", "Gone."))]) == {
        account().sid: "Its key is gone"
    }
    assert notes([watch(), watch(error=NetworkError("unreachable", "Nobody."))]) == {}


def test_a_row_says_until_when_there_are_no_notices_unless_something_is_wrong() -> None:
    until = time.time() + 600
    muted = {account().sid: until}
    words = {account().sid: f"No notices until {clock_text(until)}"}
    assert notes([watch()], muted.get) == words
    assert notes([watch(error=NetworkError("unreachable", "Nobody."))], muted.get) == {}


def test_a_row_says_that_a_network_wants_a_sign_in() -> None:
    page = watch(error=MappingError("bad_answer", "A page."))
    assert notes([page]) == {account().sid: "This network wants you to sign in first"}


def test_a_long_silence_ends_with_when_it_began() -> None:
    clock = [1000.0]
    parent = QObject()
    absence = Absence(parent, lambda: clock[0])
    ended: list[float] = []
    absence.ended.connect(ended.append)
    for now in (1001.0, 1059.0, 900.0, 961.5, 962.0):  # set back once, then asleep
        clock[0] = now
        absence.tick()
    assert ended == [900.0]


@pytest.mark.usefixtures("qapp")
def test_what_a_slot_raises_is_heard() -> None:
    raised: list[BaseException] = []
    parent = QObject()
    absence = Absence(parent, lambda: 0.0)
    absence.ended.connect(lambda _: 1 // 0)
    with heard(raised.append):
        absence.ended.emit(0.0)
    assert [type(error) for error in raised] == [ZeroDivisionError]
