"""`sandbox`: runs the local service; the only command that needs the `sandbox` extra."""

from __future__ import annotations

import os
import sys
import webbrowser
from typing import TYPE_CHECKING, TypedDict

from countersign.push.errors import InitializationError
from countersign.storage.paths import make_folder, profile_folder

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from countersign.cli.output import Output
    from countersign.sandbox.serve import Ready


class Chosen(TypedDict, total=False):
    """The settings that a flag is there for."""

    hash_identity: bool
    strict_authpayload: bool
    webhooks_anywhere: bool
    forget_after: int
    max_page_size: int


def run(options: Namespace, _output: Output) -> int:
    """Run the sandbox until it is told to stop; stdout has its ready line and nothing else."""
    try:
        from countersign.sandbox import (  # noqa: PLC0415 - an extra, perhaps not installed
            ready_file,
            serve,
        )
        from countersign.sandbox.attended import Attended  # noqa: PLC0415 - as above
        from countersign.sandbox.state import (  # noqa: PLC0415 - as above
            Settings,
        )
    except ModuleNotFoundError as error:
        raise missing_extra() from error

    def on_ready(ready: Ready) -> None:
        if options.open:
            webbrowser.open(ready.console_url)

    folder = _state_folder(options.profile)
    return serve.run(
        port=options.port,
        state_dir=folder,
        database_url=os.environ.get("COUNTERSIGN_SANDBOX_DATABASE") or None,
        settings=Settings(**chosen_settings(options)),
        on_ready=on_ready,
        attended=Attended(
            scenario=options.scenario,
            ready_file=None if folder is None else folder / ready_file.NAME,
            log=None if options.quiet else sys.stderr,
        ),
    )


def chosen_settings(options: Namespace) -> Chosen:
    """Give what was chosen; the settings know what holds otherwise."""
    chosen: Chosen = {
        "hash_identity": not options.plain_identity,
        "strict_authpayload": options.strict_authpayload,
        "webhooks_anywhere": options.webhooks_anywhere,
    }
    if options.forget_after is not None:
        chosen["forget_after"] = options.forget_after
    if options.max_page_size is not None:
        chosen["max_page_size"] = options.max_page_size
    return chosen


def missing_extra() -> InitializationError:
    """Return the error for an installation without the sandbox."""
    return InitializationError(
        "no_sandbox",
        "The sandbox isn't installed.",
        "Install it with: pip install 'countersign[sandbox]'",
    )


def _state_folder(profile: str | None) -> Path | None:
    """Keep state in a profile that was asked for by name; else nothing outlives the process."""
    if profile is None:
        return None
    folder = profile_folder(profile) / "sandbox"
    make_folder(folder)
    return folder
