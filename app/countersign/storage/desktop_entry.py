"""Desktop entries: how this program is started, and a file that says so for other programs.

https://specifications.freedesktop.org/desktop-entry-spec. Blocks.
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

_LARGEST: Final = 64 * 1024  # bytes
_SAFE: Final = re.compile(r"[A-Za-z0-9_./:@+,-]+")


def program_words(
    profile: str | None, environ: Mapping[str, str] = os.environ, program: str | None = None
) -> list[str]:
    """Return what starts this program with a profile; `program` replaces how it was started."""
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
    return words


def exec_line(words: Sequence[str]) -> str:
    """Return words as the value of the key Exec: quoted, then escaped as any string is."""
    line = " ".join(_quoted(word) for word in words)
    for mark, written in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        line = line.replace(mark, written)
    return line


def read_lines(file: Path) -> list[str]:
    """Return an entry's lines, stripped; none of one that isn't there, is large or no text."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8")
    except (OSError, ValueError):
        return []
    return [line.strip() for line in text.splitlines()]


def write_whole(file: Path, data: bytes) -> None:
    """Put a file in place, whole or not at all, with its folder; raises StorageError."""
    new = file.with_suffix(".new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with new.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(new, file)  # noqa: PTH105 - as atomic as its name says
    except OSError as error:
        raise disk_error() from error


def remove(file: Path) -> None:
    """Remove a file that may be gone already; raises StorageError."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error() from error


def _quoted(word: str) -> str:
    if not _SAFE.fullmatch(word):
        word = '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
    return word.replace("%", "%%")
