"""Waiting for what other processes do, and ending them."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_STOP: Final = 5.0
_NEAR: Final = 0.05


class Late(TimeoutError):  # noqa: N818 - what happened; TimeoutError says of what kind
    """What was waited for did not come in time."""


def until(condition: Callable[[], _T | None], what: str, timeout: float = 30.0) -> _T:
    """Wait for a condition's first true value and return it; raises Late, naming `what`."""
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise Late(f"{what}: not within {timeout:g} s")
        time.sleep(_NEAR)
    return value


def stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Ask a process to end, and end it where it doesn't."""
    process.terminate()
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
