"""Where a profile lies: a folder that holds everything of one device."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import platformdirs

from countersign.push.errors import InputError, StorageError

DEFAULT_PROFILE: Final = "default"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OURS_ALONE: Final = 0o700


def profile_folder(name_or_folder: str) -> Path:
    """Return a profile's folder: by name among the user's data, or the folder itself.

    NAME is `[A-Za-z0-9._-]{1,64}`; anything with a separator is a folder. Raises InputError.
    """
    separators = {"/", os.sep} | ({os.altsep} if os.altsep else set())
    if any(mark in name_or_folder for mark in separators):
        return Path(name_or_folder).expanduser().absolute()
    if not _NAME.fullmatch(name_or_folder) or set(name_or_folder) == {"."}:
        raise InputError(
            "bad_profile",
            "A profile's name has 1 to 64 letters, digits, dots, dashes and underscores.",
            "For a folder, give its path with a separator, as in ./profile.",
        )
    data = platformdirs.user_data_path("countersign", appauthor=False)
    return data / "profiles" / name_or_folder


def make_folder(folder: Path) -> None:
    """Make a profile's folder for this user alone; raises StorageError."""
    try:
        folder.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error() from error


def disk_error() -> StorageError:
    """Nothing can be written, for whatever reason the system has."""
    return StorageError(
        "disk",
        "Can't save on this computer: the disk is full or read-only.",
        "Make room, or check who may write to the profile's folder, then try again.",
    )
