"""Adding an account again: what was typed before is filled in, as far as it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.device.enrolment import Step
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def again(desk: Desk, account: Account) -> EnrollDialog:
    made = EnrollDialog(desk.device, desk.window)
    made.add_again(account)
    made.open()
    return made


def test_only_the_id_has_to_be_typed_again(desk: Desk) -> None:
    account = desk.enrol()
    dialog = again(desk, account)
    typed = [field.text for field in dialog.typed_page.fields]
    assert typed == [account.backend_url, "", "", account.friendly_name, account.label]
    identity = find(dialog, QLineEdit, "identityEdit")
    assert dialog.focusWidget() is identity
    assert not dialog.typed_page.continue_button.isEnabled()
    QTest.keyClicks(identity, desk.identity)
    desk.click(dialog, "continueButton")
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "enrollButton")
    assert [one.label for one in desk.accounts()] == [account.label] * 2
    dialog.close()


@pytest.mark.parametrize(
    ("backend", "api", "kept"),
    [
        ("https://auth.example/token", "https://verify.example/v2", True),
        ("https://auth.example/token", "https://verify.twilio.com/v2", False),
        ("http://127.0.0.1:1/access-token", "http://127.0.0.1:1/v2", False),  # it names its own
    ],
)
def test_an_api_that_the_user_chose_is_chosen_again(
    desk: Desk, backend: str, api: str, *, kept: bool
) -> None:
    account = replace(desk.enrol(), backend_url=backend, api_url=api)
    dialog = again(desk, account)
    QTest.keyClicks(find(dialog, QLineEdit, "identityEdit"), desk.identity)
    asked = dialog.typed_page.request(dialog._api_url)
    assert asked.api_url == (api if kept else None)
    dialog.close()


def test_too_late_in_the_dialog_leads_back_to_what_was_typed(desk: Desk) -> None:
    dialog = EnrollDialog(desk.device, desk.window)
    dialog.type_in()
    dialog.open()
    QTest.keyClicks(find(dialog, QLineEdit, "backendUrlEdit"), desk.sandbox.backend_url)
    QTest.keyClicks(find(dialog, QLineEdit, "identityEdit"), desk.identity)
    desk.click(dialog, "continueButton")

    def forget(step: Step) -> None:
        if step is Step.CHECK:
            desk.sandbox.client.reset(everything=True)

    dialog._flow.stepped.connect(forget)
    with desk.qtbot.waitSignal(dialog._flow.failed):
        desk.click(dialog, "enrollButton")
    assert dialog.steps_page.problem.sentence.text() == "Too late to finish. Add it again."
    desk.click(dialog, "add_againErrorButton")
    assert dialog.typed_page.isVisible()
    assert dialog.typed_page.identity.text == desk.identity
    dialog.close()
