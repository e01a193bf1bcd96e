"""Closing the dialog while it works: what can be stopped is, what can't says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from countersign.device.enrolment import Step
from tests.desktop.enroll.scripted import Scripted

if TYPE_CHECKING:
    from tests.desktop.enroll.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize("step", [Step.KEY, Step.PERMISSION])
@pytest.mark.parametrize("how", ["button", "escape", "window"])
def test_the_first_steps_are_stopped_and_cleaned_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: Step, how: str
) -> None:
    script = Scripted(step).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    kept = []
    dialog.keptUnfinished.connect(lambda: kept.append(True))
    desk.qtbot.waitUntil(lambda: script.reached)
    with desk.qtbot.waitSignal(dialog.finished):
        if how == "button":
            desk.click(dialog, "cancelEnrollButton")
        elif how == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
        assert dialog.isVisible()
        dialog.reject()  # a second time doesn't cut the cleaning up short
    assert script.cleaned_up
    assert not kept


def test_registering_cannot_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Scripted(Step.REGISTER).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(lambda: script.reached)
    dialog.reject()
    note = dialog.steps_page.rows[Step.REGISTER].note
    assert dialog.isVisible()
    assert note.text() == "Wait a moment, this step can't be stopped."
    assert note.isVisible()
    script.at = Step.CHECK
    held, script.gate = script.gate, asyncio.Event()
    held.set()
    desk.qtbot.waitUntil(lambda: not note.isVisible())


def test_the_check_is_left_for_later(desk: Desk) -> None:
    """With the real enrolment: the account is there, and it is marked as not finished."""
    reached = asyncio.Event()
    send = desk.http.send

    async def hold(method: str, url: str, **more: object) -> object:
        if "/Factors/" in url:
            reached.set()
            await asyncio.Event().wait()
        return await send(method, url, **more)

    desk.http.send = hold  # type: ignore[method-assign,assignment]  # holds the check up
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(reached.is_set)
    with desk.qtbot.waitSignals([dialog.keptUnfinished, dialog.finished]):
        desk.click(dialog, "cancelEnrollButton")
    assert [account.verified for account in desk.accounts()] == [False]


def test_a_real_key_is_removed_when_the_company_is_not_waited_for(desk: Desk) -> None:
    reached = asyncio.Event()

    async def hold(*_: object, **__: object) -> object:
        reached.set()
        return await asyncio.Event().wait()

    desk.http.send = hold  # type: ignore[method-assign,assignment]  # holds the backend up
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(reached.is_set)
    assert len(desk.keys.memory) == 1
    with desk.qtbot.waitSignal(dialog.finished):
        desk.click(dialog, "cancelEnrollButton")
    assert len(desk.keys.memory) == 0
    assert desk.accounts() == []


@pytest.mark.expect_log("ValueError at ")
def test_a_bug_of_ours_ends_the_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Scripted(Step.KEY, ValueError("oops")).put_in_place(monkeypatch)
    dialog = desk.confirmed()
    desk.qtbot.waitUntil(dialog.steps_page.problem.isVisible)
    assert "Something went wrong" in dialog.steps_page.problem.sentence.text()
    assert "oops" not in caplog.text, "what it says may be a secret"
    with desk.qtbot.waitSignal(dialog.finished):
        dialog.reject()
