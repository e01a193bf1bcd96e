"""Drives a window of Countersign from outside: finds its controls by AT-SPI, uses them by X.

What is read goes through the accessibility bus, what is done through the X server: the window
can't tell it from a person at a keyboard and a mouse.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Self

from typing_extensions import override

from countersign.testing.atspi import Atspi
from countersign.testing.x_session_parts import stop, until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from countersign.testing.atspi import Control
    from countersign.testing.x_session import XSession

WAIT: Final = 30.0
_ROWS: Final = {"list item", "table cell", "tree item"}


class WindowDriver:
    """A window of a running process, its main one and its dialogs; a context manager.

    Each search waits until what it looks for is there, and raises `Late` where that takes more
    than WAIT seconds.
    """

    def __init__(self, screen: XSession, process: int) -> None:
        self.screen = screen
        self._process = process
        self._atspi = Atspi(screen.accessibility_bus)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop looking."""
        self._atspi.close()

    @property
    def window(self) -> str:
        """The main window, as X knows it."""
        return until(self._main_window, "the main window", WAIT)

    @property
    def title(self) -> str:
        """The main window's title."""
        return self.screen.title(self.window)

    def controls(self) -> list[Control]:
        """Return every control there is, as it is now."""
        return self._atspi.controls(self._process)

    def shown(self, object_name: str = "", *, name: str = "", role: str = "") -> Control | None:
        """Return the control that is shown now and has all that is given; the last of several.

        `name` may be a part of the control's name.
        """
        return next(
            (
                control
                for control in reversed(self.controls())
                if "showing" in control.states
                and object_name in {"", control.object_name}
                and name in control.name
                and role in {"", control.role}
            ),
            None,
        )

    def find(self, object_name: str = "", *, name: str = "", role: str = "") -> Control:
        """Wait for a control to be shown."""
        what = f"{object_name or role} {name!r}"
        return until(lambda: self.shown(object_name, name=name, role=role), what, WAIT)

    def row(self, text: str) -> Control:
        """Wait for a list's row that says this."""

        def look() -> Control | None:
            rows = (one for one in self.controls() if one.role in _ROWS and text in one.name)
            return next((one for one in rows if "showing" in one.states), None)

        return until(look, f"a row with {text!r}", WAIT)

    def gone(self, object_name: str) -> None:
        """Wait until no such control is shown."""
        until(lambda: self.shown(object_name) is None, f"the end of {object_name}", WAIT)

    def says(self, object_name: str, text: str) -> str:
        """Wait until a control's name holds a text, and return the whole of it."""
        return self.find(object_name, name=text).name

    def click(self, object_name: str = "", *, name: str = "", role: str = "") -> None:
        """Click on a control as soon as it is enabled and lies still."""

        def look() -> Control | None:
            control = self.shown(object_name, name=name, role=role)
            return control if control and control.usable else None

        self.click_on(until(look, f"{object_name} {name!r} to be enabled", WAIT))

    def click_on(self, control: Control) -> None:
        """Click on the middle of a control once it lies still: a layout may still be settling."""
        last: list[tuple[int, int, int, int] | None] = [None]

        def still() -> tuple[int, int, int, int] | None:
            place = self._atspi.place(control)
            before, last[0] = last[0], place
            return place if place and place == before and place[2] > 0 else None

        left, top, width, height = until(still, f"{control.name!r} to lie still", WAIT)
        self.screen.click(left + width // 2, top + height // 2)

    def fill_in(self, object_name: str, text: str) -> None:
        """Click into an empty field, type, and see that it holds the text."""
        self.click(object_name)
        until(lambda: "focused" in self.find(object_name).states, f"focus in {object_name}", WAIT)
        self.screen.type_text(text)
        field = self.find(object_name)
        until(lambda: self._atspi.text(field) == text, f"{text!r} in {object_name}", WAIT)

    def actions(self, control: Control) -> list[str]:
        """Return what a screen reader can do with a control."""
        return self._atspi.actions(control)

    def act(self, control: Control, action: str) -> bool:
        """Do it as a screen reader does, without a mouse."""
        return self._atspi.act(control, action)

    def resize(self, width: int, height: int) -> None:
        """Resize the main window as somebody who drags its corner."""
        self.screen.xdotool("windowsize", self.window, width, height)

    def close_window(self) -> None:
        """Close the main window as its user does."""
        self.screen.xdotool("windowactivate", "--sync", self.window)
        self.screen.key("alt+F4")

    def _main_window(self) -> str | None:
        for window in self.screen.windows(self._process):
            if self.screen.title(window).startswith("Countersign"):
                return window
        return None


class AppDriver(WindowDriver):
    """Starts a window on a private screen, and ends it where its test didn't.

    `environment` is added to the process's own, behind the screen's; stderr goes to `log`.
    `program` runs it in another way than the command does; it is given the profile's folder.
    """

    def __init__(
        self,
        screen: XSession,
        profile: Path,
        environment: Mapping[str, str],
        log: Path,
        *,
        program: Path | None = None,
    ) -> None:
        usual = ("-m", "countersign", "--profile", str(profile), "gui")
        words = usual if program is None else (str(program), str(profile))
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, *words],
                env=os.environ | screen.environment | dict(environment),
                stdin=subprocess.DEVNULL,
                stderr=stderr,
            )
        super().__init__(screen, self.process.pid)

    @override
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program, whatever it is doing."""
        super().__exit__(kind, error, trace)
        stop(self.process)

    def quit(self) -> int:
        """Quit as its user does, by the keyboard, and return the program's exit status.

        Closing the window would not end it: it asks, and runs on.
        """
        self.screen.xdotool("windowactivate", "--sync", self.window)
        self.screen.key("ctrl+q")
        return self.process.wait(WAIT)
