"""Who opens `countersign:` links on this computer: asked for by the user, undone without a trace.

On Linux a desktop entry of the user's own and a line in his mimeapps.list, on Windows a key under
HKEY_CURRENT_USER. macOS takes it from an app's bundle alone. Blocks.
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from countersign.push.errors import InitializationError
from countersign.storage import mime_apps
from countersign.storage.desktop_entry import (
    exec_line,
    program_words,
    read_lines,
    remove,
    write_whole,
)
from countersign.storage.paths import disk_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCHEME: Final = "countersign"
KIND: Final = f"x-scheme-handler/{SCHEME}"
FILE: Final = "countersign-links.desktop"
"""Not the name that a package's own entry has, which this one would hide."""
KEY: Final = rf"Software\Classes\{SCHEME}"
_PATIENCE: Final = 10.0  # seconds
_ENTRY: Final = """\
[Desktop Entry]
Type=Application
Name=Countersign
Comment=Opens countersign: links
Icon=countersign
Exec={}
MimeType={};
NoDisplay=true
Terminal=false
StartupNotify=false
"""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """Who opens links now; `registered` is whether it's this very program, with this profile."""

    registered: bool
    handler: str
    """A desktop file's name, or on Windows the command; empty where nobody does."""
    command: str
    """What `register` has the system run."""


class Registration(Protocol):
    """How one system is told; each may raise StorageError."""

    def status(self) -> LinkStatus:
        """Tell who opens links."""

    def register(self) -> None:
        """Open links with this program from now on."""

    def unregister(self) -> None:
        """Take back what `register` did, whichever profile it was for."""


class Registry(Protocol):
    """The part of HKEY_CURRENT_USER that is needed: the strings of keys."""

    def get(self, key: str, name: str) -> str | None:
        """Return a value; None where it or its key isn't there."""

    def set(self, key: str, name: str, value: str) -> None:
        """Set a value, making its key."""

    def delete(self, key: str) -> None:
        """Delete a key without keys under it, if it is there."""


class DesktopFile:
    """Linux and its kin."""

    def __init__(self, words: Sequence[str], folder: Path | None = None) -> None:
        # The code stands for one argument, whatever the link has in it; quoted it wouldn't count.
        self._exec = f"{exec_line(words)} %u"
        self._file = (folder or mime_apps.data_home() / "applications") / FILE

    def status(self) -> LinkStatus:
        """Tell who opens links."""
        handler = mime_apps.default_for(KIND)
        ours = handler == FILE and f"Exec={self._exec}" in read_lines(self._file)
        return LinkStatus(registered=ours, handler=handler, command=self._exec)

    def register(self) -> None:
        """Write the entry, then the preference for it: never one for a file that isn't there."""
        entry = _ENTRY.format(self._exec, KIND)
        write_whole(self._file, entry.encode("utf-8", "surrogateescape"))
        mime_apps.prefer(KIND, FILE)
        self._tell()

    def unregister(self) -> None:
        """Take both back."""
        mime_apps.forget(KIND, FILE)
        remove(self._file)
        self._tell()

    def _tell(self) -> None:
        """Bring the folder's cache up to date, where there is the program for it.

        Nothing depends on that: a default counts by itself. The lists of programs to choose from
        are made of it.
        """
        program = shutil.which("update-desktop-database")
        if program is not None and self._file.parent.is_dir():
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(  # noqa: S603 - the system's own program and a folder of ours
                    [program, "-q", str(self._file.parent)],
                    check=False,
                    timeout=_PATIENCE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )


class WindowsKey:
    """Windows. Nobody could run this there: it is tested against a registry of a test's own."""

    def __init__(self, words: Sequence[str], registry: Registry) -> None:
        # A link with a quotation mark in it ends its argument: behind -- the rest is no option.
        self._command = f'{subprocess.list2cmdline(words)} -- "%1"'
        self._registry = registry

    def status(self) -> LinkStatus:
        """Tell who opens links."""
        found = self._registry.get(rf"{KEY}\shell\open\command", "") or ""
        ours = found == self._command and self._registry.get(KEY, "URL Protocol") is not None
        return LinkStatus(registered=ours, handler=found, command=self._command)

    def register(self) -> None:
        """Write the keys; the command, which makes it count, last."""
        self._registry.set(KEY, "", "URL:Countersign")
        self._registry.set(KEY, "URL Protocol", "")
        self._registry.set(rf"{KEY}\shell\open\command", "", self._command)

    def unregister(self) -> None:
        """Delete the keys, if they are this program's."""
        found = self._registry.get(rf"{KEY}\shell\open\command", "") or ""
        if found.endswith(' gui -- "%1"'):
            for key in (rf"{KEY}\shell\open\command", rf"{KEY}\shell\open", rf"{KEY}\shell", KEY):
                self._registry.delete(key)


class CurrentUser:
    """HKEY_CURRENT_USER itself."""

    def __init__(self) -> None:
        self._winreg: Any = importlib.import_module("winreg")
        self._root = self._winreg.HKEY_CURRENT_USER

    def get(self, key: str, name: str) -> str | None:
        """Return a value; None where it or its key isn't there, or is no text."""
        try:
            with self._winreg.OpenKey(self._root, key) as opened:
                value, _ = self._winreg.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_error() from error
        return value if isinstance(value, str) else None

    def set(self, key: str, name: str, value: str) -> None:
        """Set a value, making its key."""
        try:
            with self._winreg.CreateKey(self._root, key) as opened:
                self._winreg.SetValueEx(opened, name, 0, self._winreg.REG_SZ, value)
        except OSError as error:
            raise disk_error() from error

    def delete(self, key: str) -> None:
        """Delete a key without keys under it, if it is there."""
        try:
            self._winreg.DeleteKey(self._root, key)
        except FileNotFoundError:
            return
        except OSError as error:
            raise disk_error() from error


def for_profile(profile: str | None) -> Registration:
    """Return how links come to this program, as it was started now; raises InitializationError."""
    words = [*program_words(profile), "gui"]
    if sys.platform == "darwin":
        raise InitializationError(
            "needs_bundle",
            "On macOS, links belong to an installed app, and this isn't one.",
            "Copy the link, and use Paste link in Countersign.",
        )
    if sys.platform == "win32":
        return WindowsKey(words, CurrentUser())
    return DesktopFile(words)
