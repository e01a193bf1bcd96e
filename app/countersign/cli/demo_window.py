"""The demo with a display: a window that is ready for the first click, until it is closed."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from typing import TYPE_CHECKING, Final

from countersign.cli.demo_stage import IDENTITY, LABEL, failed, messages
from countersign.device.settings import Settings
from countersign.storage import settings_file

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.cli.demo_stage import Stage

_LIVES: Final = (900.0, 600.0, 120.0)
_HOW: Final = """\
Three requests wait in the window. Choose one, read it, and press Approve or Deny; leave one alone
to see it expire. Send more from the sandbox's page. Close the window to end the demo."""


def play(stage: Stage) -> bool:
    """Open the window, and tell what the service says once it is closed."""
    backend = stage.ready["backend_url"]
    account = stage.run("enroll", "--backend", backend, "--identity", IDENTITY, "--label", LABEL)
    asked = stage.ask(account["sid"], _LIVES)
    stage.line(_HOW)
    stage.output.flush()
    _open_page(stage.ready["console_url"])
    settings_file.write(stage.profile, Settings(keep_running=False))  # closing ends the demo
    status = _until_closed(stage.profile)
    if status != 0:
        raise failed(f"the window ended with status {status}")
    for sid, message in zip(asked, messages(), strict=True):
        stage.says(f"“{message}” is {stage.service.challenge(sid)['status']}")
    return True


def _until_closed(profile: Path) -> int:
    process = subprocess.Popen(  # noqa: S603 - our own program, with our own words
        [sys.executable, "-m", "countersign", "--profile", str(profile), "gui"]
    )
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()


def _open_page(url: str) -> None:
    """Open the sandbox's page, unless that would take over this terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    # What is exactly this class is a program that Python waits for, such as lynx.
    if type(browser) is not webbrowser.GenericBrowser or os.environ.get("BROWSER"):
        browser.open(url)
