"""A small window in a world of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.desktop.compact.window import CompactWindow
from countersign.desktop.request.pane import RequestPane
from tests.desktop.compact.small import Small
from tests.desktop.request.world import NO_GUARD, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.request.ports import Waits
    from countersign.desktop.theme import Theme


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def make(qtbot: QtBot, qt_loop: Loop, theme: Theme, world: World) -> Iterator[Callable[..., Small]]:
    """Make a small window; by default without a guard."""
    assert qt_loop.is_running()
    made: list[Small] = []

    def build(waits: Waits = NO_GUARD, **options: object) -> Small:
        def pane(parent: QWidget) -> RequestPane:
            after = world.hours.after
            return RequestPane(theme, world, world, parent, waits=waits, after=after, compact=True)

        window = CompactWindow(theme, pane, after=world.hours.after, **options)  # type: ignore[arg-type]  # its own options
        qtbot.addWidget(window)
        made.append(Small(window, qtbot))
        return made[-1]

    yield build
    for small in made:
        small.window.pane.presenter.stop()
        small.window.pane.tasks.cancel()


@pytest.fixture
def small(make: Callable[..., Small]) -> Small:
    return make()
