"""A device on a temporary profile, with a real sandbox, for the dialogs that change accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from countersign.sandbox import serve
from tests.desktop.enroll.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    """Run a sandbox."""
    with serve.running() as running:
        yield running


@pytest.fixture
def desk(
    qtbot: QtBot, qt_loop: Loop, theme: Theme, tmp_path: Path, sandbox: serve.Running
) -> Iterator[Desk]:
    """Open a profile, and a window for dialogs to lie over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = Desk(qtbot, qt_loop, theme, window, sandbox)
    desk.wait(desk.open(tmp_path / "profile"))
    yield desk
    desk.close_dialogs()
    desk.wait(desk.aclose())
