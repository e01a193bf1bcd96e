"""Adding an account in the window, to the end, against a real sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from countersign.desktop.enroll.dialog import EnrollDialog
    from tests.desktop.enroll.desk import Desk

# Qt's platform for tests says so whenever the least size of a dialog that is open changes.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def host(desk: Desk) -> str:
    return desk.sandbox.backend_url.split("/")[2]


def type_in(dialog: EnrollDialog, name: str, text: str) -> None:
    edit = find(dialog, QLineEdit, name)
    edit.setFocus()
    QTest.keyClicks(edit, text)


def test_an_account_is_added_by_typing(desk: Desk) -> None:
    dialog = desk.dialog()
    desk.click(dialog, "typeInsteadButton")
    assert not find(dialog, QPushButton, "continueButton").isEnabled()
    type_in(dialog, "backendUrlEdit", desk.sandbox.backend_url)
    type_in(dialog, "identityEdit", desk.identity)
    type_in(dialog, "friendlyNameEdit", "Desk by the window")
    assert find(dialog, QLineEdit, "accountNameEdit").placeholderText() == host(desk)
    desk.click(dialog, "continueButton")
    assert find(dialog, QLabel, "enrollConfirmHost").text() == host(desk)
    assert desk.http.sent == []
    with desk.qtbot.waitSignal(dialog.enrolled) as blocker:
        desk.click(dialog, "enrollButton")
    done = find(dialog, QLabel, "enrollDone").text()
    assert done == f"✓ {host(desk)} is ready. New requests show up here."
    (account,) = desk.accounts()
    assert blocker.args == [account.sid]
    assert account.verified
    assert (account.friendly_name, account.label) == ("Desk by the window", host(desk))
    with desk.qtbot.waitSignal(dialog.finished):
        desk.click(dialog, "doneButton")


def test_an_account_is_added_by_a_link_that_was_clicked(desk: Desk) -> None:
    dialog = desk.dialog(desk.link(name="Laptop"))
    assert find(dialog, QLabel, "enrollConfirmHost").text() == host(desk)
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "enrollButton")
    assert [account.friendly_name for account in desk.accounts()] == ["Laptop"]


def test_a_pasted_link_that_is_whole_goes_on_to_the_question(desk: Desk) -> None:
    dialog = desk.dialog()
    QGuiApplication.clipboard().setText(f"  {desk.link()}\n")
    desk.click(dialog, "pasteButton")
    assert find(dialog, QLabel, "enrollConfirmHost").text() == host(desk)
    desk.click(dialog, "backButton")
    assert find(dialog, QLineEdit, "enrollLinkEdit").text() == desk.link()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("countersign://enroll?backend=x", "This link isn't complete. Ask for a new one."),
        ("countersign://enroll?backend=https://a.example&identity=b&api=c", "This link isn't"),
        ("countersign://enroll?backend=http://a.example&identity=b", "must start with https://"),
    ],
)
def test_a_bad_link_is_told_and_can_be_pasted_again(desk: Desk, link: str, words: str) -> None:
    dialog = desk.dialog(link)
    assert words in dialog.link_page.link.below.text()
    assert dialog.link_page.paste_button.text() == "Paste again"
    assert not find(dialog, QPushButton, "continueButton").isEnabled()
    QGuiApplication.clipboard().setText(desk.link())
    desk.click(dialog, "pasteButton")
    assert find(dialog, QLabel, "enrollConfirmHost").isVisible()


def test_a_field_says_what_is_wrong_when_it_is_left(desk: Desk) -> None:
    dialog = desk.dialog()
    dialog.type_in()
    type_in(dialog, "backendUrlEdit", "http://company.example/token")
    below = dialog.typed_page.backend.below
    assert below.text() == "Starts with https://"
    QTest.keyClick(dialog.typed_page.backend.edit, Qt.Key.Key_Return)
    assert below.text() == "The address must start with https://. Nothing was sent."
    type_in(dialog, "identityEdit", "abcdefgh")
    assert not find(dialog, QPushButton, "continueButton").isEnabled()
    type_in(dialog, "backendUrlEdit", "x")
    assert below.text() == "Starts with https://"


@pytest.mark.parametrize(
    ("identity", "warned"), [("jane@example.com", True), ("0b5b4f6e-7a35", False)]
)
def test_an_id_like_an_address_is_warned_of_before_it_is_sent(
    desk: Desk,
    identity: str,
    warned: bool,  # noqa: FBT001 - a row of the table
) -> None:
    desk.identity = identity
    dialog = desk.dialog(desk.link())
    assert dialog.confirm_page.personal.isVisible() is warned
    assert dialog.confirm_page.loopback.isVisible()
    assert desk.http.sent == []


def test_enter_does_not_agree_to_an_address(desk: Desk) -> None:
    dialog = desk.dialog(desk.link())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.http.sent == []
    assert not dialog.confirm_page.add_account_button.isDefault()


def test_hidden_characters_in_a_name_from_outside_are_shown(desk: Desk) -> None:
    dialog = desk.dialog()
    dialog.end_page.show_account("North\u202ewind")
    assert "⟨U+202E⟩" in dialog.end_page.sentence.text()
    assert dialog.end_page.sentence.textFormat() is Qt.TextFormat.PlainText


def test_what_a_screen_reader_hears(desk: Desk) -> None:
    dialog = desk.dialog()
    dialog.type_in()
    for field in dialog.typed_page.fields:
        assert field.edit.accessibleName() == field.title.text()
    assert dialog.typed_page.backend.edit.hasFocus() or not dialog.isActiveWindow()


def test_on_a_low_screen_the_fields_scroll_and_the_buttons_stay(desk: Desk) -> None:
    dialog = desk.dialog()
    dialog.type_in()
    bar = dialog.scroller.verticalScrollBar()
    desk.qtbot.waitUntil(lambda: bar.maximum() == 0)  # as high as what is in it
    dialog.resize(dialog.width(), 300)
    desk.qtbot.waitUntil(lambda: bar.maximum() > 0)
    cancel = find(dialog, QPushButton, "cancelEnrollButton")
    assert dialog.rect().contains(cancel.geometry())
    fields = [field.edit for field in dialog.typed_page.fields]
    for edit in fields[:-1]:
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not fields[-1].visibleRegion().isEmpty()
    assert bar.value() > 0
