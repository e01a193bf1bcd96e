"""The tray of a real panel: closed into it, brought back from it, and the panel's own troubles."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session_app import AppDriver
from countersign.testing.x_session_parts import until
from tests.integration.window.panels import Notifyd, Trayer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.window.conftest import Desk

ROW, EDGE = 30, 4  # pixels of the menu, at the size of type that the screen has
HIDDEN = Path(__file__).with_name("hidden_program.py")


@pytest.fixture
def tray(desk: Desk) -> Iterator[Trayer]:
    """Start a panel."""
    with Trayer(desk) as started:
        yield started


@pytest.fixture
def notices(desk: Desk) -> Iterator[Notifyd]:
    """Start a notification service."""
    with Notifyd(desk) as started:
        yield started


def gone(app: AppDriver) -> bool:
    """Tell whether no window of the app has its title on the screen."""
    return app._main_window() is None


def keep_in_tray(app: AppDriver) -> str:
    """Close the window for the first time, and let it run on; the window."""
    window = app.window
    app.close_window()
    app.click("keepRunningButton")
    until(lambda: gone(app), "the window to be gone")
    return window


def polled(app: AppDriver, window: str) -> None:
    """Wait until it knows of one request: a hidden window has its title too."""
    until(lambda: app.screen.title(window) == "Countersign (1)", "the request to be seen")


def test_closed_into_the_tray_and_brought_back(desk: Desk, tray: Trayer) -> None:
    app = desk.open()
    app.row("Northwind")
    tray.icon(app.process.pid)
    keep_in_tray(app)
    assert app.process.poll() is None
    desk.screen.click(*tray.icon(app.process.pid))
    app.row("Northwind")
    app.close_window()  # not asked again
    until(lambda: gone(app), "the window to be gone")
    assert app.process.poll() is None


def test_a_click_shows_the_newest_request_while_the_window_stays_away(
    desk: Desk, tray: Trayer
) -> None:
    app = desk.open()
    app.row("Northwind")
    tray.icon(app.process.pid)
    window = keep_in_tray(app)
    sid = desk.ask("While it was hidden")
    polled(app, window)
    desk.screen.click(*tray.icon(app.process.pid))
    app.says("requestMessage", "While it was hidden")
    assert gone(app)
    app.click("approveButton")
    desk.company.becomes(sid, "approved")


@pytest.mark.usefixtures("notices")  # else a balloon comes up beside the menu
def test_the_menu_quits_after_a_question(desk: Desk, tray: Trayer) -> None:
    app = desk.open()
    app.row("Northwind")
    x, y = tray.icon(app.process.pid)
    window = keep_in_tray(app)
    desk.ask("In the menu & more")
    polled(app, window)
    use_menu(app, x, y, row=1)
    app.says("requestMessage", "In the menu & more")
    use_menu(app, x, y, row=-1)
    app.click("confirmQuitButton")
    assert app.process.wait(30) == 0


def test_a_panel_that_dies_leaves_the_window_to_be_found(desk: Desk) -> None:
    app = desk.open()
    app.row("Northwind")
    with Trayer(desk) as first:
        first.icon(app.process.pid)
        window = keep_in_tray(app)
    until(lambda: minimised(app, window), "the window to come back")
    with Trayer(desk) as second:
        second.icon(app.process.pid)
        desk.screen.click(*second.icon(app.process.pid))
        app.row("Northwind")
    assert app.process.poll() is None


def use_menu(app: AppDriver, x: int, y: int, *, row: int) -> None:
    """Open the icon's menu, and click on a row, from 0, or from its end if below.

    AT-SPI has no menu of Qt's that belongs to no window: places are counted in rows.
    """
    screen, process = app.screen, app.process.pid
    before = set(screen.windows(process))
    screen.xdotool("mousemove", x, y, "click", 3)
    (menu,) = until(lambda: set(screen.windows(process)) - before, "the menu")
    place = screen.place(menu)
    from_edge = ROW // 2 + EDGE + ROW * (row if row >= 0 else -row - 1)
    middle = place[1] + (from_edge if row >= 0 else place[3] - from_edge)

    def clicked() -> bool:
        if menu in screen.windows(process):  # it may be seen before it takes clicks
            screen.click(place[0] + place[2] // 2, middle)
        return menu not in screen.windows(process)

    until(clicked, "the menu to be gone")


def minimised(app: AppDriver, window: str) -> bool:
    """Tell whether the window manager has the window, out of sight."""
    said = subprocess.run(  # noqa: S603 - constants, and a window's number
        ["xprop", "-id", window, "WM_STATE"],  # noqa: S607 - wherever the system has it
        env=dict(app.screen.own_environment()),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return "Iconic" in said


def test_it_starts_hidden(desk: Desk, tray: Trayer) -> None:
    environment = desk.keyring.environment
    started = AppDriver(desk.screen, desk.profile, environment, desk.log, program=HIDDEN)
    app = desk.open_windows.enter_context(started)
    place = tray.icon(app.process.pid)
    assert gone(app)
    desk.screen.click(*place)
    app.row("Northwind")
    app.close_window()
    app.click("quitButton")
    assert app.process.wait(30) == 0
