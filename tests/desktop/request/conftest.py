"""Fixtures of the request pane's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from countersign.desktop.request.pane import RequestPane
from tests.desktop.request.screen import Screen
from tests.desktop.request.stage import Stage
from tests.desktop.request.world import NO_GUARD, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.request.ports import Waits
    from countersign.desktop.theme import Theme


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def stage(world: World) -> AsyncIterator[Stage]:
    """Set a stage without a guard."""
    made = Stage(world)
    yield made
    await made.end()


@pytest.fixture
def show(
    qtbot: QtBot, qt_loop: Loop, theme: Theme, world: World
) -> Iterator[Callable[..., Screen]]:
    """Show a pane; by default without a guard."""
    assert qt_loop.is_running()
    made: list[Screen] = []

    def make(
        waits: Waits = NO_GUARD, *, width: int = 720, height: int = 560, rtl: bool = False
    ) -> Screen:
        window = QWidget()
        spoken: list[tuple[str, bool]] = []
        pane = RequestPane(
            theme,
            world,
            world,
            window,
            waits=waits,
            after=world.hours.after,
            compact=width <= 400,
            say=lambda _, text, *, urgent: spoken.append((text, urgent)),
        )
        if rtl:
            window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        qtbot.addWidget(window)
        window.resize(width, height)
        pane.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        made.append(Screen(window, pane, qtbot, spoken))
        return made[-1]

    yield make
    for screen in made:
        screen.pane.presenter.stop()
        screen.pane.tasks.cancel()
