"""asyncio on Qt's loop: the traps of qasync, each with the test that would show it again."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from countersign.desktop.loop import Loop
from countersign.desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SOAK = 50_000


class _Source(QObject):
    happened = Signal(object)


def test_a_click_that_starts_a_task_can_be_waited_for(qtbot: QtBot, qt_loop: Loop) -> None:
    source = _Source()
    tasks = Tasks(source)
    button = QPushButton()
    qtbot.addWidget(button)

    async def work() -> None:
        await asyncio.sleep(0)
        source.happened.emit("done")

    button.clicked.connect(lambda: tasks.start(work(), "work"))
    with qtbot.waitSignal(source.happened) as blocker:
        button.click()
    assert blocker.args == ["done"]
    assert qt_loop.is_running()


def test_what_a_task_raises_is_told_in_one_place(qtbot: QtBot, qt_loop: Loop) -> None:
    assert qt_loop.is_running()
    owner = QObject()
    tasks = Tasks(owner)

    async def fail() -> None:
        raise ValueError("told")

    with qtbot.waitSignal(tasks.failed) as blocker:
        tasks.start(fail(), "fails")
    assert isinstance(blocker.args[0], ValueError)


def test_tasks_end_with_their_owner(qtbot: QtBot, qt_loop: Loop) -> None:
    assert qt_loop.is_running()
    owner = QObject()
    task = Tasks(owner).start(asyncio.sleep(3600), "sleeps")
    owner.deleteLater()
    qtbot.waitUntil(task.cancelled)


def test_the_app_ends_when_its_coroutine_does(qapp: QApplication) -> None:
    async def main() -> str:
        await asyncio.sleep(0)
        return "ended"

    with asyncio.Runner(loop_factory=lambda: Loop(qapp)) as runner:
        assert runner.run(main()) == "ended"


def test_an_async_generator_left_early_is_closed_quietly(qapp: QApplication) -> None:
    closed = []

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    async def leave_early() -> None:
        async for _ in numbers():
            break
        gc.collect()
        await asyncio.sleep(0.01)  # the hook's own task gets its turn

    with asyncio.Runner(loop_factory=lambda: Loop(qapp)) as runner:
        runner.run(leave_early())
    assert closed == [True]


def test_references_to_none_and_true_survive_a_soak(qapp: QApplication) -> None:
    """PySide6 6.12.0 on CPython 3.11 drops them, and dies at exit (feasibility.md)."""
    source, seen, button, timer = _Source(), [], QPushButton(), QTimer()
    source.happened.connect(lambda value: seen.append(value is None))
    before = sys.getrefcount(None), sys.getrefcount(True)  # noqa: FBT003 - True itself is measured
    for _ in range(SOAK):
        source.happened.emit(None)
        button.setEnabled(False)
        button.setEnabled(True)
        timer.setSingleShot(True)
    after = sys.getrefcount(None), sys.getrefcount(True)  # noqa: FBT003 - as above
    assert all(seen)
    assert len(seen) == SOAK
    assert after[0] > before[0] - SOAK // 2
    assert after[1] > before[1] - SOAK // 2
    assert qapp is not None
