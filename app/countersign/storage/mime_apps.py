"""Which program opens a kind of thing: the user's mimeapps.list, and who is named there.

https://specifications.freedesktop.org/mime-apps-spec. Written by hand, since xdg-mime isn't
everywhere: all but our own entry stays as it is, to the byte. Blocks.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.push.errors import StorageError
from countersign.storage.desktop_entry import write_whole
from countersign.storage.paths import disk_error

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST: Final = "mimeapps.list"
_CACHE: Final = "mimeinfo.cache"
_DEFAULTS: Final = "[Default Applications]"
_CACHED: Final = "[MIME Cache]"
_LARGEST: Final = 1024 * 1024  # bytes


def data_home() -> Path:
    """Return where the user's own data lies; a relative path counts as none, by the spec."""
    return _home("XDG_DATA_HOME", ".local/share")


def default_for(kind: str) -> str:
    """Return the desktop file that opens a kind by default, or the only one that can; else ""."""
    folders = list(_application_folders())
    for file in _lists():
        for name in _names(_read(file), _DEFAULTS, kind):
            if any((folder / name).is_file() for folder in folders):
                return name
    for folder in folders:
        for name in _names(_read(folder / _CACHE), _CACHED, kind):
            if (folder / name).is_file():
                return name
    return ""


def prefer(kind: str, name: str) -> None:
    """Put a desktop file before all others of a kind; raises StorageError."""
    file = _own_list()
    text = _whole(file)
    others = [each for each in _names(text, _DEFAULTS, kind) if each != name]
    _write(file, text, _with(text, kind, [name, *others]))


def forget(kind: str, name: str) -> None:
    """Take a desktop file out again, and nothing else; raises StorageError."""
    file = _own_list()
    text = _whole(file)
    named = _names(text, _DEFAULTS, kind)
    if name in named:
        _write(file, text, _with(text, kind, [each for each in named if each != name]))


def _own_list() -> Path:
    """Return the file itself where a link stands for it: one that is replaced would be lost."""
    return (_home("XDG_CONFIG_HOME", ".config") / LIST).resolve()


def _lists() -> Iterator[Path]:
    """Give the lists in the order in which they count."""
    config = [_home("XDG_CONFIG_HOME", ".config"), *_folders("XDG_CONFIG_DIRS", "/etc/xdg")]
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    names = [*(f"{desktop}-{LIST}" for desktop in desktops if desktop.isalnum()), LIST]
    for folder in [*config, *_application_folders()]:
        for name in names:
            yield folder / name


def _application_folders() -> Iterator[Path]:
    for folder in (data_home(), *_folders("XDG_DATA_DIRS", "/usr/local/share:/usr/share")):
        yield folder / "applications"


def _home(variable: str, usual: str) -> Path:
    named = Path(os.environ.get(variable) or ".")
    return named if named.is_absolute() else Path.home() / usual


def _folders(variable: str, usual: str) -> list[Path]:
    named = (os.environ.get(variable) or usual).split(":")
    return [Path(each) for each in named if Path(each).is_absolute()]


def _read(file: Path) -> str:
    """Return a list's text; "" where there is none to be read."""
    try:
        return _whole(file)
    except StorageError:
        return ""


def _whole(file: Path) -> str:
    """Return a list's text with each byte in it kept; "" where there is no file.

    Raises StorageError: what can't be read whole mustn't be written back without the rest.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise disk_error() from error
    if len(data) > _LARGEST:
        raise StorageError(
            "strange_file", "Your mimeapps.list is too large to be one.", "Nothing was changed."
        )
    return data.decode("utf-8", "surrogateescape")


def _names(text: str, group: str, kind: str) -> list[str]:
    found = _line(text.split("\n"), group, kind)
    if found is None:
        return []
    names = text.split("\n")[found].partition("=")[2].split(";")
    return [each.strip() for each in names if each.strip() and "/" not in each]


def _line(lines: list[str], group: str, kind: str) -> int | None:
    """Find a kind's line in a group."""
    inside = False
    for number, line in enumerate(lines):
        if line.startswith("["):
            inside = line.strip() == group
        elif inside and re.fullmatch(rf"{re.escape(kind)}\s*=.*", line.rstrip("\r")):
            return number
    return None


def _with(text: str, kind: str, names: list[str]) -> str:
    """Return the text with these names for a kind; without any, its line goes."""
    lines = text.split("\n")
    there = _line(lines, _DEFAULTS, kind)
    wanted = [f"{kind}={';'.join(names)};"] if names else []
    if there is not None:
        lines[there : there + 1] = wanted
        return "\n".join(lines)
    for number, line in enumerate(lines):
        if line.strip() == _DEFAULTS:
            lines[number + 1 : number + 1] = wanted
            return "\n".join(lines)
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{_DEFAULTS}\n{wanted[0]}\n"


def _write(file: Path, before: str, after: str) -> None:
    if after != before:
        write_whole(file, after.encode("utf-8", "surrogateescape"))
