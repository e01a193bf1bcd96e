"""Renaming, removing and finishing accounts, against a real sandbox."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.desktop.account.unfinished import UnfinishedPane
from countersign.device.inbox import AccountView
from countersign.device.polling import Watch
from countersign.push.errors import ApiError, KeyStorageError, NetworkError
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NO_NETWORK = NetworkError("unreachable", "Can't reach it.")


def details(desk: Desk, account: Account) -> AccountDetails:
    made = AccountDetails(desk.device, account, desk.window)
    made.open()
    return made


def removal(desk: Desk, account: Account, *, offline: bool = False) -> RemoveAccountDialog:
    made = RemoveAccountDialog(desk.device, account, desk.window, offline=offline)
    made.open()
    return made


def write(dialog: AccountDetails, name: str, text: str) -> None:
    edit = find(dialog, QLineEdit, name)
    edit.setText(text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def at_the_service(desk: Desk) -> list[str]:
    return [each["friendly_name"] for each in desk.sandbox.client.factors()]


def test_the_computer_is_renamed_at_the_company(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    with desk.qtbot.waitSignals([dialog.renamed, dialog.computer_field.saved]):
        write(dialog, "friendlyNameEdit", "Blue laptop")
        assert dialog.computer_field.below.text() == "Saving…"
    assert dialog.computer_field.below.text() == "Saved"
    assert at_the_service(desk) == ["Blue laptop"]
    assert [account.friendly_name for account in desk.accounts()] == ["Blue laptop"]


def test_the_account_is_renamed_here_alone(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    desk.http.faults["POST"] = NO_NETWORK
    with desk.qtbot.waitSignals([dialog.renamed, dialog.label_field.saved]):
        write(dialog, "accountNameEdit", "Work")
    assert [account.label for account in desk.accounts()] == ["Work"]


def test_a_name_that_was_not_saved_is_tried_again(desk: Desk) -> None:
    account = desk.enrol()
    dialog = details(desk, account)
    desk.http.faults["POST"] = NO_NETWORK
    with desk.qtbot.waitSignal(dialog.computer_field.saved):
        write(dialog, "friendlyNameEdit", "Blue laptop")
    sentence = dialog.computer_field.problem_box.sentence.text()
    assert sentence == f"Couldn't save. Still called {account.friendly_name}."
    desk.http.faults.clear()
    with desk.qtbot.waitSignal(dialog.renamed):
        QTest.keyClick(find(dialog, QLineEdit, "friendlyNameEdit"), Qt.Key.Key_Return)
    assert not dialog.computer_field.problem_box.isVisible()


def test_a_name_that_cannot_be_is_refused(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    write(dialog, "accountNameEdit", "x" * 65)
    assert "Still called Northwind." in dialog.label_field.problem_box.sentence.text()
    assert [account.label for account in desk.accounts()] == ["Northwind"]


def test_closing_waits_for_what_is_being_saved(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    with desk.qtbot.waitSignals([dialog.renamed, dialog.finished]):
        write(dialog, "friendlyNameEdit", "Blue laptop")
        dialog.close()
        assert dialog.isVisible()
    assert at_the_service(desk) == ["Blue laptop"]


def test_escape_saves_nothing(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    find(dialog, QLineEdit, "accountNameEdit").setText("Not this")
    with desk.qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert [account.label for account in desk.accounts()] == ["Northwind"]


def test_technical_details_can_be_copied(desk: Desk) -> None:
    account = desk.enrol()
    dialog = details(desk, account)
    key = desk.wait(desk.device.keys.public_key(account.key_id))
    desk.qtbot.waitUntil(lambda: bool(dialog.technical.fingerprint.text()))
    shown = dialog.technical.fingerprint.text()
    assert shown.replace(" ", "") == hashlib.sha256(key).hexdigest()
    desk.click(dialog, "technicalButton")
    desk.click(dialog, "copyAllButton")
    copied = QGuiApplication.clipboard().text()
    assert account.sid in copied
    assert account.service_sid in copied
    assert shown in copied


def test_an_account_is_removed_here_and_there(desk: Desk) -> None:
    account = desk.enrol()
    dialog = details(desk, account)
    desk.click(dialog, "removeAccountButton")
    asking = dialog.findChild(RemoveAccountDialog)
    assert asking is not None
    assert asking.everywhere.isChecked()
    with desk.qtbot.waitSignals([dialog.removed, dialog.finished]):
        desk.click(asking, "confirmRemoveButton")
    assert desk.accounts() == []
    assert at_the_service(desk) == []
    assert len(desk.keys.memory) == 0


def test_an_account_is_removed_only_here(desk: Desk) -> None:
    account = desk.enrol()
    dialog = removal(desk, account)
    desk.click(dialog, "removeOnlyHereRadio")
    with desk.qtbot.waitSignal(dialog.removed) as blocker:
        desk.click(dialog, "confirmRemoveButton")
    assert blocker.args == [account.sid]
    assert desk.accounts() == []
    assert len(at_the_service(desk)) == 1


@pytest.mark.parametrize("how", ["retryRemoveButton", "removeOnlyHereButton"])
def test_nothing_is_removed_where_the_company_cannot_be_reached(desk: Desk, how: str) -> None:
    account = desk.enrol()
    dialog = removal(desk, account)
    desk.http.faults["DELETE"] = NO_NETWORK
    desk.click(dialog, "confirmRemoveButton")
    desk.qtbot.waitUntil(dialog.problem.isVisible)
    host = desk.sandbox.backend_url.split("/")[2]
    words = f"{host} couldn't be reached. Nothing was removed."
    assert find(dialog, QLabel, "removeError").text() == words
    assert desk.accounts() == [account]
    assert len(desk.keys.memory) == 1
    if how == "retryRemoveButton":
        desk.http.faults.clear()
    with desk.qtbot.waitSignal(dialog.removed):
        desk.click(dialog, how)
    assert len(at_the_service(desk)) == (0 if how == "retryRemoveButton" else 1)


def test_a_refusal_says_that_nothing_was_removed(desk: Desk) -> None:
    dialog = removal(desk, desk.enrol())
    desk.http.faults["DELETE"] = ApiError("forbidden", "No.", code=20403, status=403)
    desk.click(dialog, "confirmRemoveButton")
    desk.qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.problem.sentence.text() == "No. Nothing was removed."


def test_offline_only_here_is_chosen_with_the_reason(desk: Desk) -> None:
    dialog = removal(desk, desk.enrol(), offline=True)
    assert dialog.only_here.isChecked()
    assert "can't be reached" in dialog.note.text()
    assert dialog.note.isVisible()
    assert not removal(desk, desk.accounts()[0]).note.isVisible()


def test_removing_cannot_be_stopped_half_way(desk: Desk) -> None:
    dialog = removal(desk, desk.enrol())
    with desk.qtbot.waitSignal(dialog.removed):
        desk.click(dialog, "confirmRemoveButton")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert dialog.note.text() == "Wait a moment, this step can't be stopped."
    assert desk.accounts() == []


@pytest.mark.expect_log("ValueError at ")
def test_a_bug_of_ours_leaves_the_dialog_usable(desk: Desk) -> None:
    dialog = removal(desk, desk.enrol())
    desk.http.faults["DELETE"] = ValueError("oops")
    desk.click(dialog, "confirmRemoveButton")
    desk.qtbot.waitUntil(dialog.problem.isVisible)
    assert "Something went wrong inside Countersign." in dialog.problem.sentence.text()
    with desk.qtbot.waitSignal(dialog.finished):
        desk.click(dialog, "cancelRemoveButton")


def test_a_name_with_an_ampersand_is_whole(desk: Desk) -> None:
    account = replace(desk.enrol(), label="R&D\u202e")
    texts = [each.text() for each in removal(desk, account).findChildren(QLabel)]
    assert "Remove R&D⟨U+202E⟩?" in texts


def test_enter_removes_nothing(desk: Desk) -> None:
    account = desk.enrol()
    dialog = removal(desk, account)
    with desk.qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.accounts() == [account]


def unfinished(desk: Desk) -> UnfinishedPane:
    pane = UnfinishedPane(desk.device, desk.window)
    pane.show_account(desk.enrol_unfinished())
    pane.show()
    return pane


def test_an_unfinished_account_is_finished(desk: Desk) -> None:
    pane = unfinished(desk)
    with desk.qtbot.waitSignal(pane.enrollmentFinished):
        desk.click(pane, "finishButton")
    assert [account.verified for account in desk.accounts()] == [True]


def test_an_unfinished_account_may_fail_once_more(desk: Desk) -> None:
    pane = unfinished(desk)
    desk.http.faults["POST"] = NO_NETWORK
    with desk.qtbot.waitSignal(pane.failed):
        desk.click(pane, "finishButton")
    words = "Almost done: the last check failed. You can finish later."
    assert find(pane, QLabel, "unfinishedError").text() == words
    assert pane.finish_button.text() == "Try again"


def test_it_may_be_too_late_to_finish(desk: Desk) -> None:
    pane = unfinished(desk)
    desk.sandbox.client.reset(everything=True)
    with desk.qtbot.waitSignal(pane.failed):
        desk.click(pane, "finishButton")
    assert pane.problem.sentence.text() == "Too late to finish. Add it again."
    assert not pane.finish_button.isVisible()
    with desk.qtbot.waitSignal(pane.addRequested) as asked:
        desk.click(pane, "addUnfinishedAgainButton")
    (account,) = desk.accounts()
    assert asked.args == [account.sid]
    pane.show_account(account)  # chosen once more: it may be that it works now
    assert not pane.add_button.isVisible()
    assert pane.finish_button.isVisible()


def test_an_unfinished_account_is_removed(desk: Desk) -> None:
    pane = unfinished(desk)
    desk.click(pane, "removeUnfinishedButton")
    asking = pane.findChild(RemoveAccountDialog)
    assert asking is not None
    with desk.qtbot.waitSignal(pane.removed):
        desk.click(asking, "confirmRemoveButton")
    assert desk.accounts() == []


def test_details_tell_when_requests_were_and_are_looked_for(desk: Desk) -> None:
    account = desk.enrol()
    watch = Watch(account, AccountView(account))
    watch.next_at = time.monotonic() + 40.5
    dialog = AccountDetails(desk.device, account, desk.window, watch=lambda: watch)
    dialog.open()
    assert (dialog.checks.last.text(), dialog.checks.next.text()) == ("Not yet", "In 40 s")
    watch.checked_at, watch.next_at = time.monotonic(), time.monotonic() + 125
    dialog.checks.refresh()
    assert re.fullmatch(r"\d\d:\d\d:\d\d", dialog.checks.last.text())
    assert dialog.checks.next.text() == "In 2 min"
    watch.view = AccountView(account, error=KeyStorageError("locked", "Locked."))
    dialog.checks.refresh()
    assert dialog.checks.next.text() == "When the password store is unlocked"
    assert dialog.checks.next.accessibleName() == "Next check"
    dialog.close()


def test_details_tell_why_requests_are_not_looked_for_sooner(desk: Desk) -> None:
    account = desk.enrol()
    watch = Watch(account, AccountView(account), next_at=time.monotonic() + 40)
    known = [watch]
    dialog = AccountDetails(desk.device, account, desk.window, watch=lambda: known[0])
    dialog.open()
    low = dialog.height()
    assert dialog.checks.why.isHidden()
    failed = AccountView(account, error=NO_NETWORK)
    known[0] = Watch(account, failed, next_at=watch.next_at)  # polling began anew
    desk.qtbot.waitUntil(dialog.checks.why.isVisible)  # by itself
    assert dialog.checks.why.text() == "Can't reach it. Tried less and less often."
    assert dialog.height() > low
    known[0] = watch
    desk.qtbot.waitUntil(dialog.checks.why.isHidden)
    dialog.close()


def test_a_check_keeps_its_time_of_day_when_the_clock_is_set(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = desk.enrol()
    watch = Watch(account, AccountView(account), checked_at=time.monotonic() - 2)
    dialog = AccountDetails(desk.device, account, desk.window, watch=lambda: watch)
    shown, before = dialog.checks.last.text(), time.time
    for hours in (7, -7):
        monkeypatch.setattr(time, "time", lambda ahead=hours * 3600: before() + ahead)
        dialog.checks.refresh()
        assert dialog.checks.last.text() == shown
        assert dialog.checks.next.text() == "Now"
    dialog.close()


def test_a_new_computer_is_told_that_keys_stay_here(desk: Desk) -> None:
    dialog = details(desk, desk.enrol())
    assert "Keys can't move. Add the account there" in dialog.moving.text()
    assert dialog.moving.isVisible()
