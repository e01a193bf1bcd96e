"""Starting with the user's session: an entry in the XDG autostart folder.

https://specifications.freedesktop.org/autostart-spec and desktop-entry-spec. Blocks.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.storage.paths import DEFAULT_PROFILE, disk_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE: Final = "countersign.desktop"
_LARGEST: Final = 64 * 1024  # bytes
_SAFE: Final = re.compile(r"[A-Za-z0-9_./:@+,-]+")
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
        try:
            with self._file.open("rb") as file:
                lines = file.read(_LARGEST).decode("utf-8").splitlines()
        except (OSError, ValueError):
            return False
        found = {line.strip().replace(" =", "=").replace("= ", "=") for line in lines}
        return f"Exec={self._exec}" in {line.strip() for line in lines} and not found & _OFF

    def enable(self) -> None:
        """Start with the session from now on; raises StorageError."""
        new = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(_ENTRY.format(self._exec))
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self._file)  # noqa: PTH105 - as atomic as its name says
        except OSError as error:
            raise disk_error() from error

    def disable(self) -> None:
        """Start with the session no longer; raises StorageError."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error() from error


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
    started = Path(program or sys.argv[0]).absolute()
    if image := environ.get("APPIMAGE"):  # what runs is in a mount that goes with the process
        words = [image]
    elif getattr(sys, "frozen", False):
        words = [sys.executable]
    elif started.name == "countersign" and os.access(started, os.X_OK) and started.is_file():
        words = [str(started)]
    else:
        words = [sys.executable, "-m", "countersign"]
    if profile is not None and profile != DEFAULT_PROFILE:
        folder = os.sep in profile
        words += ["--profile", str(Path(profile).expanduser().absolute()) if folder else profile]
    return [*words, "gui", "--hidden"]


def exec_line(words: Sequence[str]) -> str:
    """Return words as the value of the key Exec: quoted, then escaped as any string is."""
    line = " ".join(_quoted(word) for word in words)
    for mark, written in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        line = line.replace(mark, written)
    return line


def _quoted(word: str) -> str:
    if not _SAFE.fullmatch(word):
        word = '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
    return word.replace("%", "%%")


def _folder() -> Path:
    """Return the autostart folder; a relative XDG_CONFIG_HOME counts as none, by its own spec."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or ".")
    return (config if config.is_absolute() else Path.home() / ".config") / "autostart"
