"""A profile's settings in a file of their own: read before the first paint, written whole.

Plain JSON and the standard library alone: it is read at each start, before anything is shown.
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import json
import logging
import os
from typing import TYPE_CHECKING, Any, Final

from countersign.device.settings import ALLOWED, Settings
from countersign.push.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "settings.json"
_LARGEST: Final = 64 * 1024  # bytes
_LONGEST: Final = 365  # days
_log = logging.getLogger(__name__)


def read(folder: Path) -> Settings:
    """Return a profile's settings; the default for each that is missing or makes no sense.

    Never raises: an app that doesn't start because of its settings couldn't be told to change
    them. A newer version's settings that this one doesn't know are ignored. A file that can't be
    read is kept as `settings.json.broken`, and where it isn't known how long answers are kept,
    they are kept for longest: what was forgotten by mistake would be gone.
    """
    try:
        values = _parse(folder / FILE)
    except FileNotFoundError:
        return Settings()
    except OSError:
        return Settings(history_days=_LONGEST)
    except (ValueError, RecursionError):
        _log.info("%s couldn't be read and was kept aside", FILE)
        _keep_aside(folder / FILE)
        return Settings(history_days=_LONGEST)
    defaults = Settings()
    known = {field.name: getattr(defaults, field.name) for field in dataclasses.fields(Settings)}
    read = {name: _value(name, values[name], known[name]) for name in known if name in values}
    if senseless := [name for name, value in read.items() if value is _SENSELESS]:
        _log.info("%s: no sense in %s", FILE, ", ".join(senseless))
    if read.get("history_days") is _SENSELESS:
        read["history_days"] = _LONGEST
    return Settings(**{name: value for name, value in read.items() if value is not _SENSELESS})


def write(folder: Path, settings: Settings) -> None:
    """Keep them, whole or not at all; raises StorageError. Blocks for as long as the disk does."""
    file = folder / FILE
    new = file.with_suffix(".new")
    text = json.dumps(dataclasses.asdict(settings), default=_plain, indent=2)
    try:
        with open(new, "w", encoding="utf-8", opener=_private) as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(new, file)  # noqa: PTH105 - as atomic as its name says on all systems
    except OSError as error:
        raise StorageError(
            "settings_not_saved",
            "Couldn't save. Changes last until you quit.",
            "The disk may be full or read-only.",
        ) from error


_SENSELESS: Final = object()


def _parse(file: Path) -> dict[str, object]:
    with file.open("rb") as opened:
        values = json.loads(opened.read(_LARGEST))
    if not isinstance(values, dict):
        raise ValueError("no settings")  # noqa: TRY004 - as JSON that isn't any
    return values


def _keep_aside(file: Path) -> None:
    """Give it a second name, under which it outlives the next `write`."""
    broken = file.with_name(f"{file.name}.broken")
    with contextlib.suppress(OSError):  # not each file system can, and nothing depends on it
        broken.unlink(missing_ok=True)
        broken.hardlink_to(file)


def _value(name: str, value: object, default: object) -> Any:  # noqa: ANN401 - a field of Settings
    """Return a value that was read, or `_SENSELESS`."""
    if isinstance(default, enum.Enum):
        known = {member.value: member for member in type(default)}
        return known.get(value, _SENSELESS) if isinstance(value, str) else _SENSELESS
    if name not in ALLOWED and isinstance(default, str):
        return value if isinstance(value, str) else _SENSELESS
    allowed = ALLOWED.get(name, (False, True))
    # True == 1 in Python: a setting that is a number is never a truth value, nor the reverse.
    return next((one for one in allowed if one == value and type(one) is type(value)), _SENSELESS)


def _plain(value: object) -> object:
    return value.value if isinstance(value, enum.Enum) else str(value)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
