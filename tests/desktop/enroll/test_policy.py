"""The companies of a policy on the first start, and what the dialog says of one in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.desktop.enroll.first_start import FirstStart
from countersign.device.policy import Company, Policy, PolicyBroken
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from countersign.device.policy import PolicyState
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
SUPPORT = "the IT desk"


def first_start(desk: Desk) -> FirstStart:
    made = FirstStart(desk.device, desk.window)
    with desk.qtbot.waitSignal(made.checked):
        made.show()
    return made


def test_each_company_has_a_button(desk: Desk) -> None:
    north, south = (
        Company(name, f"https://{number}.example/access-token")
        for number, name in enumerate(("Northwind & Sons", "Southwind"))
    )
    desk.device.policy = Policy(companies=(north, south))
    page = first_start(desk)
    one, two = page.companies.buttons
    assert {one.objectName(), two.objectName()} == {"companyButton"}
    assert one.isVisible()
    assert (one.text(), one.accessibleName()) == (
        "Continue with Northwind && Sons",
        "Continue with Northwind & Sons",
    )
    with desk.qtbot.waitSignal(page.companyRequested) as asked:
        two.click()
    assert asked.args == [south]
    assert find(page, QPushButton, "pasteLinkButton").isEnabled()


def test_a_long_name_is_cut_and_read_out_whole(desk: Desk) -> None:
    desk.device.policy = Policy(companies=(Company("Northwind & Sons " * 3, "https://a.example"),))
    desk.window.resize(300, 500)
    page = first_start(desk)
    page.resize(300, 500)
    (button,) = page.companies.buttons
    desk.qtbot.waitUntil(lambda: button.text().endswith("…"))
    assert button.text().startswith("Continue with Northwind &&")
    assert button.accessibleName().endswith("& Sons ")
    assert button.sizeHint().width() <= button.width() <= 300
    page.resize(900, 500)
    desk.qtbot.waitUntil(lambda: len(button.text()) > 40)


@pytest.mark.parametrize("policy", [Policy(), PolicyBroken("It isn't one.")])
def test_without_companies_there_is_none(desk: Desk, policy: PolicyState) -> None:
    desk.device.policy = policy
    page = first_start(desk)
    assert page.companies.isHidden()
    assert page.companies.buttons == []


def test_a_company_s_address_is_filled_in_and_stays(desk: Desk) -> None:
    dialog = EnrollDialog(desk.device, desk.window)
    dialog.continue_with(Company("Northwind" * 10, desk.sandbox.backend_url))
    dialog.open()
    backend = find(dialog, QLineEdit, "backendUrlEdit")
    QTest.keyClicks(backend, "x")
    assert backend.text() == desk.sandbox.backend_url
    assert backend.accessibleDescription() == "Set by your company"
    identity = find(dialog, QLineEdit, "identityEdit")
    assert dialog.focusWidget() is identity
    QTest.keyClicks(identity, desk.identity)
    desk.click(dialog, "continueButton")
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "enrollButton")
    (account,) = desk.accounts()
    assert account.label == ("Northwind" * 10)[:64]
    dialog.close()


@pytest.mark.parametrize(
    ("policy", "words", "button"),
    [
        (
            Policy(backends=("https://other.example",), support=SUPPORT),
            "Your company doesn't allow accounts from this address. Ask the IT desk.",
            "Back",
        ),
        (
            PolicyBroken("It isn't one.", SUPPORT),
            (
                "Your company's settings for Countersign can't be used. It isn't one. "
                "You can look at requests and deny them. Ask the IT desk."
            ),
            "Close",
        ),
    ],
    ids=["not allowed", "broken"],
)
def test_what_the_policy_forbids_is_said(
    desk: Desk, policy: PolicyState, words: str, button: str
) -> None:
    desk.device.policy = policy
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(lambda: bool(dialog.steps_page.buttons))
    assert dialog.steps_page.problem.sentence.text() == words
    assert [one.text() for one in dialog.steps_page.buttons] == [button]
    assert desk.http.sent == []
    assert desk.accounts() == []
    dialog.close()
