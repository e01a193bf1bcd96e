"""A keyboard, a mouse and a camera on an X screen, by xdotool and ImageMagick.

Input is real: X events go the way that a person's would, through the window manager's grabs and
to whatever has the focus.
"""

from __future__ import annotations

import contextlib
import subprocess
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LONGEST: Final = 30.0


class XInput(ABC):
    """What can be done on the screen that `own_environment` names. Blocking throughout."""

    @abstractmethod
    def own_environment(self) -> Mapping[str, str]:
        """Return the whole environment for the screen's own tools."""

    def xdotool(self, *words: object) -> str:
        """Run xdotool and return what it says; raises CalledProcessError."""
        return subprocess.run(  # noqa: S603 - no shell: words are words
            ["xdotool", *map(str, words)],  # noqa: S607 - wherever the system has it
            env=self.own_environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=_LONGEST,
        ).stdout.strip()

    def click(self, x: int, y: int) -> None:
        """Move the pointer there and press its left button."""
        self.xdotool("mousemove", x, y, "click", 1)

    def key(self, *keys: str) -> None:
        """Press keys one after the other, each as xdotool names it: `ctrl+Return`."""
        self.xdotool("key", "--clearmodifiers", *keys)

    def type_text(self, text: str) -> None:
        """Type a text where the focus is."""
        self.xdotool("type", "--delay", 4, "--", text)

    def windows(self, process: int) -> list[str]:
        """Return the visible windows of a process."""
        try:
            return self.xdotool("search", "--onlyvisible", "--pid", process).split()
        except subprocess.CalledProcessError:  # there is none
            return []

    def title(self, window: str) -> str:
        """Return a window's title."""
        return self.xdotool("getwindowname", window)

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Return where a window is: left, top, width and height."""
        said = self.xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in said.splitlines())
        left, top, width, height = (int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return left, top, width, height

    def active_window(self) -> str:
        """Return the window that has the focus; nothing where none has."""
        try:
            return self.xdotool("getactivewindow")
        except subprocess.CalledProcessError:
            return ""

    def screenshot(self, file: Path) -> None:
        """Save what the screen shows as a PNG."""
        subprocess.run(  # noqa: S603 - constants and a path of the caller's
            ["import", "-window", "root", "-strip", str(file)],  # noqa: S607 - as above
            env=self.own_environment(),
            check=True,
            timeout=_LONGEST,
        )

    def answers(self, question: str) -> bool:
        """Tell whether xdotool knows an answer yet."""
        with contextlib.suppress(subprocess.CalledProcessError):
            return bool(self.xdotool(question))
        return False
