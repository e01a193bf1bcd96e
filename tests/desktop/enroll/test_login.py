"""After an account was added, the app offers to be started with the user's session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox

from countersign.desktop.enroll import flow
from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.device.enrolment import enrol
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from typing import Any

    from countersign.device.records import Account
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the sandbox be a company's, not one on this computer."""

    async def elsewhere(*words: Any) -> Account:  # noqa: ANN401 - as enrol has them
        return replace(await enrol(*words), backend_url="https://auth.northwind.example/token")

    monkeypatch.setattr(flow, "enrol", elsewhere)


def added(desk: Desk, *, login: bool) -> EnrollDialog:
    dialog = EnrollDialog(desk.device, desk.window, link=desk.link(), login=login)
    dialog.open()
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "enrollButton")
    return dialog


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("kept", [True, False], ids=["ticked", "not ticked"])
def test_it_is_offered_and_done_by_done(desk: Desk, *, kept: bool) -> None:
    dialog = added(desk, login=True)
    box = find(dialog, QCheckBox, "startWithSessionBox")
    assert box.isVisible()
    assert box.isChecked()
    wanted: list[bool] = []
    dialog.loginRequested.connect(lambda: wanted.append(True))
    if not kept:
        box.click()
    with desk.qtbot.waitSignal(dialog.finished):
        desk.click(dialog, "doneButton")
    assert wanted == [True] * kept


@pytest.mark.usefixtures("company")
def test_closing_without_done_starts_nothing(desk: Desk) -> None:
    dialog = added(desk, login=True)
    wanted: list[bool] = []
    dialog.loginRequested.connect(lambda: wanted.append(True))
    with desk.qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert wanted == []


@pytest.mark.usefixtures("company")
def test_it_is_not_offered_where_the_system_cannot(desk: Desk) -> None:
    assert not added(desk, login=False).end_page.login.isVisible()


def test_it_is_not_offered_for_a_test_address(desk: Desk) -> None:
    dialog = added(desk, login=True)
    assert not dialog.end_page.login.isVisible()
    assert not dialog.end_page.login.isChecked()
