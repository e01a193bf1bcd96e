"""Text at 200 %: whoever has set the system's font to twice its size can read and reach it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont

from tests.screenshots.render import LARGE
from tests.screenshots.test_fit import CASES, found, look

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme

__all__ = ["look"]  # the fixture

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize(("name", "width"), CASES)
def test_text_of_twice_the_size_fits(
    qapp: QApplication, look: tuple[Theme, QtBot, Loop, Path], name: str, width: str
) -> None:
    qapp.setFont(QFont("Inter", LARGE))
    assert found(look, name, width) == []
