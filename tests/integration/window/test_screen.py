"""The private screen itself: it starts, tells what it lacks, and leaves nothing."""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING

import pytest

from countersign.testing.x_session import XSession, XSessionUnavailable

if TYPE_CHECKING:
    from pathlib import Path


def test_two_screens_stand_side_by_side_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with XSession(width=800, height=600) as one, XSession() as other:
        assert one.environment["DISPLAY"] != other.environment["DISPLAY"]
        assert one.xdotool("getdisplaygeometry") == "800 600"
        assert other.xdotool("getdisplaygeometry") == "1280 800"
        one.screenshot(tmp_path / "empty.png")
    assert [file.name for file in tmp_path.iterdir()] == ["empty.png"]
    with pytest.raises((subprocess.CalledProcessError, FileNotFoundError)):
        one.xdotool("getdisplaygeometry")


def test_it_names_the_packages_that_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("Xvfb", "openbox", "import", "dbus-daemon"):
        (tmp_path / program).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(XSessionUnavailable, match=r"sudo apt-get install xdotool$"), XSession():
        pytest.fail("it started without xdotool")


def test_a_server_that_does_not_start_is_no_riddle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("Xvfb", "openbox", "import", "dbus-daemon", "xdotool"):
        (tmp_path / program).write_text("#!/bin/sh\necho no room for a screen >&2\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(XSessionUnavailable, match="no room for a screen"), XSession():
        pytest.fail("it started without a server")
