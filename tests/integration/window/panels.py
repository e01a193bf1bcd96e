"""Other people's programs on the screen: trays, notification services, windows with the focus."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pytest
from jeepney import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
from typing_extensions import override

from countersign.testing.x_session_app import WindowDriver
from countersign.testing.x_session_parts import stop, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from countersign.testing.atspi import Control
    from tests.integration.window.conftest import Desk

NOTIFICATIONS: Final = "org.freedesktop.Notifications"
_XFCE: Final = Path("/usr/lib/x86_64-linux-gnu/xfce4")
TRAY: Final = ("trayer", "--edge", "top", "--align", "right", "--widthtype", "pixel", "--width")


class Program:
    """One of them; a context manager. What it says goes into a log of its own."""

    def __init__(self, desk: Desk, *command: str | Path) -> None:
        self.desk = desk
        place = desk.log.parent
        with (place / f"{Path(command[0]).name}.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - the system's own programs
                [str(word) for word in command],
                env=desk.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        stop(self.process)


def owned(desk: Desk, name: str, condition: Callable[[bool], bool] = bool) -> None:
    """Wait until a name on the bus has an owner, or what `condition` says of that."""
    connection = open_dbus_connection(desk.environment["DBUS_SESSION_BUS_ADDRESS"])
    with connection:
        bus = Proxy(message_bus, connection)
        until(lambda: condition(bool(bus.NameHasOwner(name)[0])), f"{name} on the bus")


class Notifyd(Program):
    """XFCE's notification service, which draws buttons; its controls can be read and clicked."""

    def __init__(self, desk: Desk) -> None:
        self._settings = Program(desk, next(_XFCE.parent.parent.glob("*/xfce4/xfconf/xfconfd")))
        owned(desk, "org.xfce.Xfconf")
        super().__init__(desk, next(_XFCE.parent.parent.glob("*/xfce4/notifyd/xfce4-notifyd")))
        owned(desk, NOTIFICATIONS)
        self.driver = WindowDriver(desk.screen, self.process.pid)

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End both."""
        self.driver.__exit__(kind, error, trace)
        super().__exit__(kind, error, trace)
        self._settings.__exit__(kind, error, trace)
        owned(self.desk, NOTIFICATIONS, lambda there: not there)

    def press(self, name: str, *, of: str) -> None:
        """Click a button of the notice that says this."""
        self.driver.find(name=of)
        buttons: list[Control] = []
        for control in self.driver.controls():
            if control.role == "frame":
                buttons = []
            if control.role == "push button" and control.name == name:
                buttons.append(control)
            if control.name == of and buttons:
                self.driver.click_on(buttons[0])
                return
        pytest.fail(f"no {name} beside {of}")


class Other(Program):
    """Another program's window, which the user is looking at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "xev", "-geometry", "200x100+10+650")
        self._window = until(self._look, "another program's window")
        self.focus()

    def focus(self) -> None:
        """Give it the focus, as the user does."""
        self.desk.screen.xdotool("windowactivate", "--sync", self._window)

    def has_focus(self) -> bool:
        """Tell whether it still has it."""
        return self.desk.screen.active_window() == self._window

    def _look(self) -> str:
        try:  # it doesn't tell its process
            return self.desk.screen.xdotool("search", "--onlyvisible", "--name", "Event Tester")
        except subprocess.CalledProcessError:
            return ""


class Trayer(Program):
    """A panel with a tray of the XEmbed kind, at the upper right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, *TRAY, "200", "--height", "32")

    def icon(self, process: int) -> tuple[int, int]:
        """Wait for the icon of a process, and return where its middle is."""
        screen = self.desk.screen

        def look() -> tuple[int, int] | None:
            for window in screen.windows(process):
                left, top, width, height = screen.place(window)
                if height <= 40 and top < 40:
                    return left + width // 2, top + height // 2
            return None

        return until(look, "the icon in the tray")
