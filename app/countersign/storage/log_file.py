"""A log beside the profile's data, for whoever helps the user: small, and without secrets.

What the app's own loggers say is kept and nothing else: libraries would quote addresses and
headers; what looks like a secret is masked all the same. Of an error's traceback it keeps kinds
and places, never texts, which could quote anything.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import traceback
from contextlib import contextmanager
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from typing_extensions import override

from countersign.device.plain_text import visible
from countersign.storage.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

FILE: Final = "countersign.log"
LARGEST: Final = 1024 * 1024
"""Bytes of a file of the log at most."""
OLDER: Final = 4
"""How many older ones are kept beside it, `countersign.log.1` being the newest."""
_LINE: Final = 500
_OURS: Final = "countersign"


def log_path(folder: Path) -> Path:
    """Return where a profile's log lies, whether or not there is one yet."""
    return folder / FILE


@contextmanager
def logging_to(folder: Path, level: str) -> Iterator[None]:
    """Write what our loggers say from `level` on; a disk that is full loses lines, no more.

    Written in a thread of its own. The level is that of the logger `countersign` and may be
    changed at any time; what goes to standard error stays as it was.
    """
    ours, root = logging.getLogger(_OURS), logging.getLogger()
    waiting: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler = _Sender(waiting)
    listener = QueueListener(waiting, _Rotating(folder))
    levels = {one: one.level for one in root.handlers}
    before = ours.level
    for one in levels:  # a logger of a level of its own would get past the root's
        one.setLevel(max(one.level, root.level))
    ours.setLevel(level)
    ours.addHandler(handler)
    listener.start()
    try:
        yield
    finally:
        ours.removeHandler(handler)
        listener.stop()
        for end in listener.handlers:
            end.close()
        ours.setLevel(before)
        for one, number in levels.items():
            one.setLevel(number)


class _Sender(QueueHandler):
    """Hands a record over as one line of text, written where it happened."""

    def __init__(self, waiting: queue.SimpleQueue[logging.LogRecord]) -> None:
        super().__init__(waiting)
        self.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))


class _Lines(logging.Formatter):
    """One line a record, whatever is in it."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = self.formatTime(record, self.datefmt)
        text = f"{line} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[0] is not None:
            text += f" [{_place(record.exc_info[0], record.exc_info[2])}]"
        return visible(redacted(text), _LINE)


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{kind.__qualname__}{where}"


class _Rotating(RotatingFileHandler):
    """Opened at the first line, for this user alone."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            log_path(folder),
            maxBytes=LARGEST,
            backupCount=OLDER,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )

    @override
    def _open(self) -> IO[str]:  # type: ignore[override]  # typed as what `open` returns
        encoding, errors = self.encoding, self.errors
        return open(self.baseFilename, self.mode, -1, encoding, errors, opener=_private)

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: nobody could be told of each line, and the app goes on without."""
        with contextlib.suppress(OSError):
            self.close()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
