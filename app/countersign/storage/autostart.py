"""Starting with the user's session: an entry in the XDG autostart folder.

https://specifications.freedesktop.org/autostart-spec. Blocks.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.storage.desktop_entry import (
    exec_line,
    program_words,
    read_lines,
    remove,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE: Final = "countersign.desktop"
_OFF: Final = {"Hidden=true", "X-GNOME-Autostart-enabled=false"}
"""How other programs switch an entry off without removing it."""
_ENTRY: Final = """\
[Desktop Entry]
Type=Application
Name=Countersign
Icon=countersign
Exec={}
Terminal=false
StartupNotify=false
"""


class Autostart:
    """The entry that starts one command; there is one entry a user, whatever the profile."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        self._exec = exec_line(command)
        self._file = (folder or _folder()) / FILE

    def enabled(self) -> bool:
        """Tell whether the session starts this command; an entry for another one doesn't."""
        lines = read_lines(self._file)
        found = {line.replace(" =", "=").replace("= ", "=") for line in lines}
        return f"Exec={self._exec}" in lines and not found & _OFF

    def enable(self) -> None:
        """Start with the session from now on; raises StorageError."""
        write_whole(self._file, _ENTRY.format(self._exec).encode("utf-8", "surrogateescape"))

    def disable(self) -> None:
        """Start with the session no longer; raises StorageError."""
        remove(self._file)


def for_profile(profile: str | None) -> Autostart | None:
    """Return the entry that starts this program as it was started now; None where it can't be.

    Windows and macOS have other means, which nobody could try here.
    """
    if sys.platform in {"win32", "darwin"}:
        return None
    return Autostart(command(profile))


def command(
    profile: str | None, environ: Mapping[str, str] = os.environ, program: str | None = None
) -> list[str]:
    """Return what starts this program hidden; `program` replaces how it was started."""
    return [*program_words(profile, environ, program), "gui", "--hidden"]


def _folder() -> Path:
    """Return the autostart folder; a relative XDG_CONFIG_HOME counts as none, by its own spec."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or ".")
    return (config if config.is_absolute() else Path.home() / ".config") / "autostart"
