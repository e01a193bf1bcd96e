"""`gui`: composes the window's device; the window itself knows no storage."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from countersign.push.errors import InitializationError
from countersign.storage import autostart, settings_file
from countersign.storage.log_file import log_path
from countersign.storage.paths import DEFAULT_PROFILE, make_folder, profile_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.desktop.application import OpenDevice


def gui(options: Namespace, _output: Output) -> int:
    """Show the window; a second start brings the first one to the front."""
    if not _has_display():
        raise InitializationError(
            "no_display",
            "There is no display, so the window can't open.",
            "The commands work without one: countersign --help",
        )
    from countersign.desktop.application import run  # noqa: PLC0415 - Qt, for this command alone
    from countersign.desktop.preferences import Preferences  # noqa: PLC0415 - the same

    folder = profile_folder(options.profile or DEFAULT_PROFILE)
    make_folder(folder)

    def load() -> OpenDevice:
        from countersign.cli.logged import open_logged  # noqa: PLC0415 - after the first paint

        return partial(open_logged, folder, preferences.now.log_level)

    preferences = Preferences(settings_file.read(folder))
    hidden = preferences.now.start_hidden or options.hidden
    return run(
        load,
        folder,
        preferences,
        partial(settings_file.write, folder),
        hidden=hidden,
        link=options.link or "",
        login=autostart.for_profile(options.profile),
        log_file=log_path(folder),
    )


def _has_display() -> bool:
    """Tell whether Qt would find one: without, it ends the process by itself."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)
