"""A desktop without a tray: closing asks once, then minimises; quitting still ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.testing.x_session_parts import until

if TYPE_CHECKING:
    from tests.integration.window.conftest import Desk


def test_closed_it_is_minimised_and_it_quits_by_the_keyboard(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    window = app.window
    app.close_window()
    app.click("keepRunningButton")
    until(lambda: app._main_window() is None, "the window to be minimised")
    assert app.process.poll() is None
    desk.screen.xdotool("windowmap", "--sync", window)  # as a taskbar's entry does
    app.row("Northwind")
    app.close_window()  # not asked again
    until(lambda: app._main_window() is None, "the window to be minimised")
    assert app.process.poll() is None
    desk.screen.xdotool("windowmap", "--sync", window)
    assert app.quit() == 0
