from __future__ import annotations

from PySide6.QtCore import QMargins, QRect

from countersign.desktop.compact.placing import at_the_corner, fitted
from countersign.desktop.compact.queue import Queue
from tests.desktop.compact.small import request, sid

SCREEN = QRect(0, 30, 1920, 1000)
FRAME = QMargins(2, 30, 2, 2)


def queue(*numbers: int) -> Queue:
    """Return a queue that reads the first of these."""
    made = Queue()
    made.follow([request(number) for number in numbers])
    assert made.read(sid(numbers[0])) is not None
    return made


def follow(it: Queue, *numbers: int) -> None:
    it.follow([request(number) for number in numbers])


def test_new_ones_come_last_while_one_is_read() -> None:
    it = queue(3, 2, 1)
    assert (it.position, it.others) == ((1, 3), 2)
    follow(it, 5, 4, 3, 2, 1)
    assert it.position == (1, 5)
    assert [it.beside(step) for step in range(5)] == [sid(n) for n in (3, 2, 1, 5, 4)]
    assert it.beside(-1) == it.beside(5) == ""


def test_what_is_read_keeps_its_place_until_it_is_left() -> None:
    it = queue(1, 2, 3)
    it.read(sid(2))
    follow(it, 1, 3)
    assert (it.position, it.others) == ((2, 3), 2)
    assert it.reading is not None
    assert it.following() == sid(3)
    it.read(sid(3))
    assert (it.position, it.others) == ((2, 2), 1)
    assert it.following() == sid(1)
    assert sid(2) not in it


def test_others_that_no_longer_wait_go() -> None:
    it = queue(1, 2, 3)
    follow(it, 1, 3)
    assert it.position == (1, 2)
    follow(it, 1)
    assert it.following() == ""


def test_each_poll_brings_the_newest_state_of_a_request() -> None:
    it = queue(1)
    it.follow([request(1, "Another text")])
    assert it.reading is not None
    assert it.reading.challenge.message == "Another text"


def test_while_nothing_is_read_the_polls_order_counts() -> None:
    it = queue(1, 2)
    it.close()
    assert it.reading is None
    follow(it, 3, 2, 1)
    it.read(sid(3))
    assert it.beside(1) == sid(2)
    assert it.read(sid(9)) is None
    assert it.position == (1, 3)


def test_it_lies_at_the_lower_right_with_its_frame() -> None:
    place = at_the_corner(QRect(0, 0, 400, 300), SCREEN, FRAME)
    assert place.size() == QRect(0, 0, 400, 300).size()
    outer = place.marginsAdded(FRAME)
    assert SCREEN.right() - outer.right() == SCREEN.bottom() - outer.bottom() == 16


def test_it_grows_upwards_to_a_share_of_the_screen() -> None:
    start = at_the_corner(QRect(0, 0, 400, 300), SCREEN, FRAME)
    higher = fitted(450, start, SCREEN, FRAME)
    assert (higher.height(), higher.bottom(), higher.x()) == (450, start.bottom(), start.x())
    most = fitted(5000, start, SCREEN, FRAME)
    assert most.marginsAdded(FRAME).height() == 700
    assert most.bottom() == start.bottom()


def test_it_never_grows_above_the_screen() -> None:
    near_the_top = QRect(100, 100, 400, 200)
    assert fitted(600, near_the_top, SCREEN, FRAME).marginsAdded(FRAME).top() == SCREEN.top()
