"""Specimens: the environment of a test."""

import os
import tempfile
from pathlib import Path

from tests.support.environment import OwnHome


def test_good_home_is_a_folder_of_this_test(own_home: OwnHome) -> None:
    assert Path.home() == own_home.home
    assert own_home.home.is_relative_to(tempfile.gettempdir())
    assert list(own_home.home.iterdir()) == []
    (own_home.home / "left behind").touch()


def test_good_home_is_not_that_of_the_test_before(own_home: OwnHome) -> None:
    assert list(own_home.home.iterdir()) == []


def test_good_runtime_folder_is_private(own_home: OwnHome) -> None:
    assert Path(os.environ["XDG_RUNTIME_DIR"]) == own_home.runtime
    assert own_home.runtime.stat().st_mode & 0o077 == 0


def test_good_nothing_of_the_outside_is_seen() -> None:
    """The harness's test sets all of these outside."""
    outside = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "https_proxy", "ALL_PROXY")
    assert not [name for name in (*outside, "COUNTERSIGN_PROFILE") if name in os.environ]
    assert os.environ["LANG"] == "C.UTF-8"
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_good_variable_is_set_here() -> None:
    os.environ["COUNTERSIGN_SPECIMEN"] = "set"


def test_good_variable_is_gone_after() -> None:
    assert "COUNTERSIGN_SPECIMEN" not in os.environ


def test_good_profile_is_named(profile_folder: Path) -> None:
    assert os.environ["COUNTERSIGN_PROFILE"] == str(profile_folder)
    assert not profile_folder.exists()
