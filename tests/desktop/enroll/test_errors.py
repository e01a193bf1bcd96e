"""Each row of the table of errors (screens.md 4): its words, its buttons, and the step it is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from countersign.device.enrolment import Step
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    BackendError,
    CountersignError,
    MappingError,
    NetworkError,
    StorageError,
)
from countersign.testing.keys import FailingKeyStore
from tests.desktop.enroll.desk import find
from tests.desktop.enroll.scripted import Scripted

if TYPE_CHECKING:
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HOST = "{host}"
SUPPORT = "whoever gave you this account"


def api(name: str, status: int = 400, **more: float) -> ApiError:
    return ApiError(name, "Own words.", code=60315, status=status, retry_after=more.get("wait"))


def backend(name: str, status: int = 400, hint: str = "") -> BackendError:
    return BackendError(name, "Own words.", hint, status=status)


LOST = (
    f"We don't know if {HOST} registered this computer. If it did, a spare entry may stay "
    "there. Nothing is kept here."
)
ASK, REGISTER = Step.PERMISSION, Step.REGISTER
TABLE: list[tuple[Step, CountersignError, str, str]] = [
    (
        ASK,
        NetworkError("unreachable", "-"),
        f"Can't reach {HOST}. Check the address and your connection.",
        "Cancel, Try again",
    ),
    (
        ASK,
        NetworkError("certificate", "-"),
        f"The connection to {HOST} isn't safe, so nothing was sent. Tell {SUPPORT}.",
        "Close",
    ),
    (
        ASK,
        MappingError("unexpected", "-"),
        f"{HOST} answered, but not as expected. The address may be wrong.",
        "Cancel, Back",
    ),
    (
        ASK,
        backend("sign_in_first", 511),
        "This network wants you to sign in first. Do that in your browser.",
        "Cancel, Try again",
    ),
    (
        ASK,
        backend("refused_by_company", 401),
        f"{HOST} said no to this ID or code. Check both, or ask for a new code.",
        "Cancel, Back",
    ),
    (
        ASK,
        MappingError("not_push", "-"),
        f"This account isn't for approving requests. Tell {SUPPORT}.",
        "Close",
    ),
    (
        REGISTER,
        api("token_expired"),
        "The permission ran out before we could use it. Nothing was added.",
        "Cancel, Try again",
    ),
    (
        REGISTER,
        api("too_many_devices"),
        f"This ID already has 20 devices. Remove one, or ask {SUPPORT}.",
        "Close",
    ),
    (
        REGISTER,
        api("too_many_tries"),
        "Too many tries today for this ID. Try again tomorrow.",
        "Close",
    ),
    (
        REGISTER,
        api("already_registered"),
        "This computer is already registered.",
        "Cancel, Show account",
    ),
    (
        REGISTER,
        StorageError("disk", "-"),
        "Can't save on this computer: the disk is full or read-only.",
        "Cancel, Try again",
    ),
    (
        REGISTER,
        AnswerLostError("maybe_registered", "-"),
        LOST,
        "Cancel, Try again",
    ),
    (
        ASK,
        backend("busy", 503, "Try again in a minute."),
        f"{HOST} is busy. Try again in a minute.",
        "Cancel, Try again",
    ),
    (
        ASK,
        backend("busy", 429, "Try again in 40 s."),
        f"{HOST} is busy. Try again in 40 s.",
        "Cancel, Try again",
    ),
    (
        REGISTER,
        api("too_many_requests", 429, wait=90.0),
        f"{HOST} is busy. Try again in 90 s.",
        "Cancel, Try again",
    ),
    (
        REGISTER,
        MappingError("unexpected", "Odd. A spare entry may stay there.", "Tell them."),
        "Odd. A spare entry may stay there. Tell them.",
        "Cancel, Try again",
    ),
    (
        ASK,
        CountersignError("never_seen", "A new one.", "Wait."),
        "A new one. Wait.",
        "Cancel, Try again",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[1].name}-{row[3]}" for row in TABLE])
def test_an_error_has_its_words_and_buttons(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, row: tuple[Step, CountersignError, str, str]
) -> None:
    step, error, words, buttons = row
    Scripted(step, error).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    host = desk.sandbox.backend_url.split("/")[2]
    assert find(dialog, QLabel, "enrollError").text() == words.replace(HOST, host)
    seen = [each.text() for each in dialog.findChildren(QPushButton) if each.isVisible()]
    assert sorted(seen) == sorted([*buttons.split(", "), "Details"])
    failed = find(dialog, QLabel, "stepFailedLabel")
    assert failed is dialog.steps_page.rows[step].name
    assert failed.accessibleName().endswith(": failed")


def test_details_can_be_copied(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Scripted(REGISTER, api("too_many_devices")).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    details = dialog.steps_page.problem.details
    assert not details.text.isVisible()
    details.link.click()
    assert details.text.isVisible()
    details.copy.click()
    sentence, code, _time = QGuiApplication.clipboard().text().splitlines()[:3]
    assert sentence == dialog.steps_page.problem.sentence.text()
    assert code == "60315 too_many_devices"


def test_a_company_that_cannot_be_reached_is_tried_again(desk: Desk) -> None:
    desk.http.faults["access-token"] = NetworkError("unreachable", "-")
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    assert len(desk.keys.memory) == 0
    desk.http.faults.clear()
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "try_againErrorButton")
    assert len(desk.keys.memory) == 1


def test_a_locked_store_is_unlocked_and_it_goes_on(desk: Desk) -> None:
    desk.keys = FailingKeyStore("locked", on=("create",))
    desk.device.keys = desk.keys
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    assert find(dialog, QLabel, "enrollError").text() == "Unlock your password store to go on."
    assert desk.http.sent == []
    desk.keys.error_name = "dismissed"
    desk.click(dialog, "unlockErrorButton")
    assert not dialog.steps_page.problem.isVisible()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    assert find(dialog, QLabel, "enrollError").text() == "Still locked."
    desk.keys.on = frozenset()
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "unlockErrorButton")


def test_back_lets_what_was_typed_be_mended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Scripted(ASK, backend("refused_by_company", 401)).put_in_place(monkeypatch)
    dialog = desk.dialog()
    dialog.type_in()
    dialog.typed_page.backend.edit.setText(desk.sandbox.backend_url)
    dialog.typed_page.identity.edit.setText(desk.identity)
    dialog.typed_page.backend.changed.emit()
    desk.click(dialog, "continueButton")
    desk.click(dialog, "enrollButton")
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    desk.click(dialog, "backErrorButton")
    assert dialog.typed_page.isVisible()
    assert dialog.typed_page.identity.text == desk.identity


def test_the_account_that_is_there_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    account = desk.enrol()
    Scripted(REGISTER, api("already_registered")).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    with desk.qtbot.waitSignal(dialog.showAccountRequested) as blocker:
        desk.click(dialog, "show_accountErrorButton")
    assert blocker.args == [account.sid]


def test_a_store_that_locks_before_the_check_can_be_unlocked(desk: Desk) -> None:
    desk.keys.on = frozenset({"sign"})
    dialog = desk.dialog(desk.link())
    with desk.qtbot.waitSignal(dialog.keptUnfinished):
        desk.click(dialog, "enrollButton")
    words = find(dialog, QLabel, "enrollError").text()
    assert words.endswith("You can finish later. Unlock your password store to go on.")
    desk.keys.on = frozenset()
    with desk.qtbot.waitSignal(dialog.enrolled):
        desk.click(dialog, "unlockErrorButton")


@pytest.mark.parametrize("later", [True, False])
def test_a_failed_check_can_be_finished_now_or_later(desk: Desk, later: bool) -> None:  # noqa: FBT001 - a row of the table
    desk.http.faults = {"/Factors/": NetworkError("unreachable", "-")}
    dialog = desk.dialog(desk.link())
    with desk.qtbot.waitSignal(dialog.keptUnfinished):
        desk.click(dialog, "enrollButton")
    words = "Almost done: the last check failed. You can finish later."
    assert find(dialog, QLabel, "enrollError").text() == words
    assert [account.verified for account in desk.accounts()] == [False]
    desk.http.faults.clear()
    if later:
        with desk.qtbot.waitSignal(dialog.finished):
            desk.click(dialog, "laterErrorButton")
    else:
        with desk.qtbot.waitSignal(dialog.enrolled):
            desk.click(dialog, "try_againErrorButton")
    assert [account.verified for account in desk.accounts()] == [not later]
