from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from countersign.desktop.history.detail import HistoryDetail
from countersign.desktop.request.scroller import Scroller
from countersign.desktop.request.text_label import TextLabel
from countersign.push.values import Field
from tests.desktop.request.world import ACCOUNT, APPROVED, START, decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme

ANSWER = decision(
    message="Sign in to Northwind online banking",
    fields=(Field("Location", "Berlin, Germany"), Field("IP address", "203.0.113.24")),
    finished_at=START,
    server_status=APPROVED,
)
LONG = replace(
    ANSWER,
    id="long",
    message="x" * 256,
    fields=tuple(Field(f"{i:02} " + "L" * 33, "v" * 128) for i in range(20)),
)


@pytest.fixture
def detail(qtbot: QtBot, theme: Theme) -> Iterator[HistoryDetail]:
    """Return a pane that is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(480, 520)
    made = HistoryDetail(theme, window, now=START.timestamp)
    made.resize(480, 520)
    window.show()
    yield made
    window.hide()


def words(detail: HistoryDetail) -> str:
    """Return all that can be read."""
    labels = [one for one in detail.findChildren(QLabel) if one.isVisible()]
    return "\n".join(label.text() for label in labels)


def named(detail: HistoryDetail, name: str) -> QWidget:
    found = detail.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def test_it_begins_and_ends_with_nothing(detail: HistoryDetail) -> None:
    assert detail.objectName() == "historyDetail"
    assert words(detail) == "Choose an answer to read it."
    detail.show_decision(ANSWER, ACCOUNT)
    assert (detail.shown, "Choose" in words(detail)) == ("id", False)
    detail.show_empty()
    assert (detail.shown, words(detail)) == ("", "Choose an answer to read it.")


def test_it_shows_what_was_shown_then_and_what_became_of_it(detail: HistoryDetail) -> None:
    detail.show_decision(replace(ANSWER, suspicious=True), ACCOUNT)
    for text in (
        "Northwind Bank",
        "auth.northwind.example",
        "Sign in to Northwind online banking",
        "What Northwind Bank says",
        "203.0.113.24",
        "Approved",
        "not me",
        "Answered 23:10:04 by you on this computer",
        "Confirmed 23:10:04",
    ):
        assert text in words(detail).split("\n")
    for never in ("left", "Asked", "Expires", "gave no details"):
        assert never not in words(detail)


def test_no_details_say_so_without_advice(detail: HistoryDetail) -> None:
    detail.show_decision(replace(ANSWER, fields=()), ACCOUNT)
    assert "Northwind Bank gave no details." in words(detail).split("\n")
    assert not named(detail, "requestFields").isVisible()
    detail.show_decision(replace(ANSWER, id="2"), ACCOUNT)
    assert "gave no details" not in words(detail)


def test_tags_of_another_answer_are_gone(detail: HistoryDetail) -> None:
    detail.show_decision(replace(ANSWER, suspicious=True), ACCOUNT)
    detail.show_decision(replace(ANSWER, id="2"), ACCOUNT)
    assert "not me" not in words(detail)


def test_all_text_is_plain_and_all_that_matters_selectable(detail: HistoryDetail) -> None:
    bold = replace(ANSWER, message="<b>Hi</b>", fields=(Field("<i>l</i>", "<img src=x>"),))
    detail.show_decision(bold, replace(ACCOUNT, label="<u>N</u>"))
    labels = [label for label in detail.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    for text in ("<b>Hi</b>", "<i>l</i>", "<img src=x>", "<u>N</u>", "Approved"):
        [label] = [one for one in labels if one.text() == text]
        assert isinstance(label, TextLabel)


@pytest.mark.parametrize(
    ("changes", "look"),
    [
        ({}, ""),
        ({"server_status": None}, "warning"),
        ({"error": "not_arrived", "server_status": None}, "warning"),
        ({"error": "answered_elsewhere"}, "danger"),
    ],
)
def test_trouble_stands_in_a_box(
    detail: HistoryDetail, changes: dict[str, object], look: str
) -> None:
    detail.show_decision(replace(ANSWER, error="busy"), ACCOUNT)
    detail.show_decision(replace(ANSWER, **changes), ACCOUNT)  # type: ignore[arg-type]  # its members
    box = named(detail, "historyResult").parentWidget()
    assert box is not None
    assert box.property("look") == look


def test_copy_takes_all_of_it(detail: HistoryDetail, qtbot: QtBot) -> None:
    detail.show_decision(ANSWER, ACCOUNT)
    button = detail.findChild(QPushButton, "copyAnswerButton")
    assert isinstance(button, QPushButton)
    assert button.text() == "Copy"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # pytest-qt
    text = QGuiApplication.clipboard().text()
    assert ANSWER.challenge_sid in text
    assert text.endswith("Answered 23:10:04 by you on this computer\nConfirmed 23:10:04")


def test_news_of_the_same_answer_leave_a_selection_alone(detail: HistoryDetail) -> None:
    detail.show_decision(replace(ANSWER, server_status=None), ACCOUNT)
    value = next(one for one in detail.findChildren(TextLabel) if one.text() == "203.0.113.24")
    value.setSelection(0, 3)
    detail.show_decision(ANSWER, ACCOUNT)
    assert value.selectedText() == "203"
    assert "Confirmed 23:10:04" in words(detail)


def test_long_texts_scroll_and_another_answer_begins_at_its_top(
    detail: HistoryDetail, qtbot: QtBot
) -> None:
    detail.show_decision(LONG, ACCOUNT)
    more = detail.findChild(QPushButton, "moreButton")
    assert isinstance(more, QPushButton)
    qtbot.waitUntil(lambda: "more below" in more.text())
    copy = named(detail, "copyAnswerButton")
    assert detail.rect().contains(copy.mapTo(detail, copy.rect().bottomRight()))
    [area] = detail.findChildren(Scroller)
    bar = area.verticalScrollBar()
    more.click()
    assert bar.value() > 0
    detail.show_decision(replace(LONG, suspicious=True), ACCOUNT)
    assert bar.value() > 0
    detail.show_decision(replace(LONG, id="other"), ACCOUNT)
    assert bar.value() == 0


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_it_fits_where_it_was_filled_before_it_was_seen(
    qtbot: QtBot, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setLayoutDirection(direction)
    made = HistoryDetail(theme, window, now=START.timestamp)
    made.resize(420, 500)
    made.show_decision(ANSWER, ACCOUNT)
    window.resize(420, 500)
    window.show()
    fields, result = named(made, "requestFields"), named(made, "historyResult")
    qtbot.waitUntil(lambda: not fields.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: fields.visibleRegion().boundingRect() == fields.rect())
    below = fields.mapTo(made, fields.rect().bottomLeft()).y()
    assert result.mapTo(made, result.rect().topLeft()).y() > below
    assert made.minimumSizeHint().width() <= 360
