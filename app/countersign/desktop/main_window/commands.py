"""What the main window's shortcuts do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.desktop.shortcuts.install import install
from countersign.desktop.shortcuts.table import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countersign.desktop.main_window.controller import Controller
    from countersign.desktop.main_window.window import MainWindow

_ALWAYS: Final = {Command.SHORTCUTS, Command.LOCK, Command.QUIT}
"""What has a meaning while the window is locked, too."""


def install_commands(window: MainWindow, controller: Controller) -> None:
    """Install all of them; where the window is locked, most do nothing."""
    unless_locked = controller.locking.unless
    install(
        window,
        {
            command: act if command in _ALWAYS else unless_locked(act)
            for command, act in _does(window, controller).items()
        },
    )


def _does(window: MainWindow, controller: Controller) -> Mapping[Command, Callable[[], object]]:
    panes, dialogs, reading = controller.workspace, controller.dialogs, controller.reading
    return {
        Command.NEXT: lambda: reading.step(1),
        Command.PREVIOUS: lambda: reading.step(-1),
        Command.CHECK_NOW: controller.poller.check_now,
        Command.SMALL_WINDOW: reading.read_small,
        Command.PENDING: panes.inbox.show_pending_tab,
        Command.HISTORY: panes.inbox.show_history_tab,
        Command.SEARCH: panes.search,
        Command.BACK: panes.show_list,
        Command.ADD_ACCOUNT: dialogs.add,
        Command.DETAILS: controller.show_details,
        Command.SETTINGS: controller.settingsRequested.emit,
        Command.SHORTCUTS: dialogs.shortcuts,
        Command.LOCK: controller.lock,
        Command.QUIT: window.quitRequested.emit,
    }
