"""Specimens: Qt's messages, timers and widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, qDebug, qWarning
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

_kept: list[QObject] = []


def test_bad_message() -> None:
    qWarning("a specimen of a message")


@pytest.fixture
def _late() -> Iterator[None]:
    yield
    qWarning("a message in teardown")


@pytest.mark.usefixtures("_late")
def test_bad_message_in_teardown() -> None:
    pass


def test_bad_timer_left(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    timer.setObjectName("specimen")
    timer.start(60_000)


def test_bad_single_shot_left(qapp: QApplication) -> None:
    del qapp
    QTimer.singleShot(60_000, lambda: None)


def test_bad_raw_timer_left(qapp: QApplication) -> None:
    del qapp
    owner = QObject(objectName="raw")
    _kept.append(owner)
    owner.startTimer(60_000)


def test_bad_window_left(qapp: QApplication) -> None:
    del qapp
    window = QWidget()
    window.setObjectName("specimen")
    _kept.append(window)
    window.show()


def test_bad_exception_in_a_slot(qtbot: QtBot) -> None:
    timer = QTimer(singleShot=True)
    timer.timeout.connect(lambda: 1 / 0)
    with qtbot.waitSignal(timer.timeout):
        timer.start(0)


def test_good_debug() -> None:
    qDebug("fine")


def test_good_timer_stopped(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    timer.start(60_000)
    timer.stop()


def test_good_window_closed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()


def test_good_window_dropped(qapp: QApplication) -> None:
    del qapp
    QWidget().show()


def test_good_window_deleted_later(qapp: QApplication) -> None:
    del qapp
    window = QWidget()
    window.show()
    window.deleteLater()
