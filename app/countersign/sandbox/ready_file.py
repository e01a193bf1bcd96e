"""The file by which a command finds the sandbox that runs on a profile."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "running.json"
_MAX_SIZE: Final = 10_000
_LOOPBACK: Final = "127.0.0.1"


@contextlib.contextmanager
def written(path: Path, line: str) -> Iterator[None]:
    """Keep the ready line in a file for its owner alone while the block lasts.

    Raises OSError if it can't be written. Removes it only if nobody else wrote it meanwhile.
    """
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
    new.replace(path)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if path.read_text(encoding="utf-8") == line:
                path.unlink()


def read(path: Path) -> tuple[str, str] | None:
    """Give the control API's address and its token; None without a file that makes sense."""
    try:
        with path.open(encoding="utf-8") as file:
            value = json.loads(file.read(_MAX_SIZE))
        url, token = value["control_url"], value["auth_token"]
        parts = urlsplit(url)
        fits = (parts.scheme, parts.hostname, parts.path) == ("http", _LOOPBACK, "/control")
        fits = fits and parts.port is not None and isinstance(token, str) and token.isalnum()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return (url, token) if fits else None
