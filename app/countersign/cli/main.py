"""From the arguments to a command, and from whatever happens to an exit status and a sentence."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import traceback
from typing import TYPE_CHECKING, Final

from countersign.cli.parser import parse
from countersign.push import wire_log  # noqa: F401 - has logging know its level by name
from countersign.storage.core_dumps import forbid_core_dumps

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from countersign.push.errors import CountersignError

OK: Final = 0
ERROR: Final = 1
NO_KEYRING: Final = 3
_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
_BROKEN_PIPE: Final = 141  # 128 + SIGPIPE


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status; never raises, never shows a traceback."""
    options = parse(argv)  # ends the process with status 2 where the words are wrong
    forbid_core_dumps()
    logging.basicConfig(
        level=options.log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )
    for noisy in ("httpx", "httpcore", "keyring", "asyncio"):  # they'd tell addresses, not causes
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        return _run(options)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # `countersign inbox | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE


def _run(options: Namespace) -> int:
    from countersign.cli.output import Output  # noqa: PLC0415 - `--version` shall not import it
    from countersign.push.errors import (  # noqa: PLC0415 - nor this
        CountersignError,
        InitializationError,
    )

    output = Output(json=getattr(options, "json", False))
    command = importlib.import_module(f"countersign.cli.{options.module}")
    try:
        status: int = getattr(command, options.function)(options, output)
        output.flush()
    except CountersignError as error:
        output.error(error)
        return exit_status(error)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, no traceback
        output.error(
            InitializationError(
                "internal", "Something went wrong inside Countersign.", _where(error)
            )
        )
        return ERROR
    return status


def exit_status(error: CountersignError) -> int:
    """Return what a command ends with; an account that a locked store left unfinished is a 3."""
    return NO_KEYRING if error.code == 60405 else ERROR  # noqa: PLR2004 - KeyStorageError's code


def _where(error: Exception) -> str:
    """Say which kind of error and where, never its text: that could quote anything."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "countersign" in frame.filename] or frames
    place = f" in {ours[-1].name}, line {ours[-1].lineno}" if ours else ""
    return f"Please report this: {type(error).__name__}{place}."
