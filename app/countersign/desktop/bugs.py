"""Bugs of ours, met in a task or a slot: logged in one line, and told like any other error."""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.push.errors import InitializationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

_log = logging.getLogger(__name__)


def bug_error(error: BaseException) -> InitializationError:
    """Log what no code of ours expected, and return an error to show for it.

    The log gets the kind and the place and not the text, which nobody has checked for secrets.
    """
    _log.error("%s at %s", type(error).__qualname__, _place(error.__traceback__))
    return InitializationError(
        "internal",
        QCoreApplication.translate("Bugs", "Something went wrong inside Countersign."),
        QCoreApplication.translate("Bugs", "Close it and start it again if it doesn't go on."),
    )


@contextmanager
def heard(tell: Callable[[BaseException], None]) -> Iterator[None]:
    """Have `tell` hear of what slots raise, which PySide6 hands to `sys.excepthook`."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            tell(error)
        else:  # Ctrl+C, or the end
            before(kind, error, trace)

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    if not frames:
        return "an unknown place"
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
