"""`countersign demo`: the service agrees, and nothing stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session import XSession
from countersign.testing.x_session_app import WindowDriver
from countersign.testing.x_session_parts import stop, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from countersign.testing.secret_service import PrivateSecretService

    Start = Callable[..., subprocess.Popen[str]]

_DEMO = (sys.executable, "-m", "countersign", "demo")
_NOWHERE = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
_PATIENCE = 110


@pytest.fixture
def litter(tmp_path: Path) -> Path:
    """Give a folder for temporary files, where a test can see what stays of them."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.fixture
def screen() -> Iterator[XSession]:
    """Start a screen: somebody's display."""
    with XSession() as started:
        yield started


@pytest.fixture
def start(litter: Path) -> Iterator[Start]:
    """Give what starts the demo; one that a test leaves running is ended."""
    with contextlib.ExitStack() as stack:

        def begin(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
            demo = subprocess.Popen(  # noqa: S603 - our own program
                [*_DEMO, *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=os.environ | environment | {"TMPDIR": str(litter)},
            )
            stack.enter_context(demo)
            stack.callback(stop, demo)
            return demo

        yield begin


def window_of_demo(screen: XSession) -> WindowDriver:
    """Wait for its window, wherever that comes from."""

    def look() -> list[str]:
        try:
            return screen.xdotool("search", "--onlyvisible", "--name", "^Countersign").split()
        except subprocess.CalledProcessError:  # there is none yet
            return []

    (window, *_) = until(look, "the demo's window", _PATIENCE)
    return WindowDriver(screen, int(screen.xdotool("getwindowpid", window)))


def test_without_a_display_it_goes_through_everything_by_itself(
    secret_service: PrivateSecretService, start: Start, tmp_path: Path, litter: Path
) -> None:
    pictures = tmp_path / "pictures"
    demo = start(secret_service.environment, "--screenshots", str(pictures))
    out, err = demo.communicate(timeout=_PATIENCE)
    assert demo.returncode == 0, out + err
    assert "Keys go to GNOME Keyring" in out
    for status in ("verified", "approved", "denied", "expired"):
        assert f" is {status}\n" in out
    assert "0 accounts left" in out
    assert secret_service.items() == []
    assert list(litter.iterdir()) == []
    taken = sorted(file.name for file in pictures.iterdir())
    assert [name for name in taken if str(pictures / name) in out] == taken
    assert {name[3:] for name in taken} >= {"approved.png", "denied.png", "expired.png"}
    assert all(file.read_bytes()[:4] == b"\x89PNG" for file in pictures.iterdir())


def test_with_a_display_the_user_clicks(
    screen: XSession, start: Start, tmp_path: Path, litter: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "opened"}\n')
    browser.chmod(0o755)
    demo = start(screen.environment | _NOWHERE | {"BROWSER": str(browser)})
    with window_of_demo(screen) as app:
        app.click_on(app.row("Sign in to Northwind online banking"))
        app.click("approveButton")
        app.says("requestResult", "Approved at")
        app.close_window()
    out, err = demo.communicate(timeout=_PATIENCE)
    assert demo.returncode == 0, out + err
    assert "starts a GNOME Keyring of its own" in out
    assert "“Sign in to Northwind online banking” is approved\n" in out
    assert "“Transfer € 1,250.00 to M. Weber” is pending\n" in out
    assert (tmp_path / "opened").read_text().strip() in out
    assert list(litter.iterdir()) == []


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_ended_early_it_leaves_nothing_either(
    screen: XSession,
    secret_service: PrivateSecretService,
    start: Start,
    litter: Path,
    ended_by: signal.Signals,
) -> None:
    demo = start(screen.environment | secret_service.environment | {"BROWSER": "true"})
    with window_of_demo(screen) as app:
        app.row("Sign in to Northwind online banking")
        assert secret_service.items() != []
        demo.send_signal(ended_by)
        out, err = demo.communicate(timeout=_PATIENCE)
    assert demo.returncode == 130, out + err
    assert "Traceback" not in err
    assert secret_service.items() == []
    assert list(litter.iterdir()) == []


def test_it_says_which_packages_are_missing(
    secret_service: PrivateSecretService, start: Start, litter: Path
) -> None:
    demo = start(secret_service.environment | {"PATH": str(litter)}, "--headless")
    out, err = demo.communicate(timeout=_PATIENCE)
    assert demo.returncode == 1, out + err
    assert "sudo apt-get install xvfb openbox xdotool imagemagick" in err
    assert secret_service.items() == []
    assert list(litter.iterdir()) == []
