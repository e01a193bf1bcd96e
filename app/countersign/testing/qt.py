"""Fixtures for tests of the window: asyncio on pytest-qt's own loop, so that its idioms work.

The pytest plugin for those who automate the app, our own tests first: put
`pytest_plugins = ["countersign.testing.qt"]` into a conftest.py.

A *sync* test with the loop "running already" is what lets `qtbot.waitSignal` and `waitUntil`
wait for something that another task must finish.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.loop import Loop
from countersign.desktop.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


@pytest.fixture
def qt_loop(qapp: QApplication, qtbot: QtBot) -> Iterator[Loop]:
    """Run asyncio inside this test's Qt loop; what still runs at the end is cancelled."""
    loop = Loop(qapp, already_running=True)
    asyncio.set_event_loop(loop)
    yield loop
    for task in asyncio.all_tasks(loop):
        task.cancel()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(loop))
    loop.leave()
    asyncio.set_event_loop(None)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Give the app its look, in light colours whatever the system says."""
    made = Theme(qapp)
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.fixture
def countersign_sandbox() -> Iterator[Running]:
    """Give a sandbox that starts empty, with a client to send requests by (docs/sandbox.md)."""
    from countersign.sandbox.serve import running  # noqa: PLC0415 - the sandbox's own libraries

    with running() as sandbox:
        yield sandbox


@pytest.fixture
def countersign_app(
    request: pytest.FixtureRequest, qtbot: QtBot, qt_loop: Loop, theme: Theme, tmp_path: Path
) -> Iterator[AppUnderTest]:
    """Give the app with an empty profile; `show()` it when what it should find is there."""
    from countersign.testing.app import AppUnderTest  # noqa: PLC0415 - the whole app

    if "countersign_sandbox" in request.fixturenames:
        # The sandbox first, whatever the test's order, so that the app ends first: one whose
        # server goes before it may be stopped while httpcore closes connections, and loses one.
        request.getfixturevalue("countersign_sandbox")
    made = AppUnderTest(qtbot, qt_loop, theme, tmp_path / "profile")
    yield made
    made.close()
