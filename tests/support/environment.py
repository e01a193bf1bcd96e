"""Each test in its own home, with an environment that says nothing of this machine."""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import watch

# All that a test sees of the environment outside; the rest (display, D-Bus session, proxies,
# certificates, COUNTERSIGN_*) is gone.
_KEPT = {"PATH", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV"}
_KEPT |= {"SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT"}  # Windows starts no process without
_KEPT_PREFIXES = ("PYTEST_", "COVERAGE_", "PYTHON")

_FIXED = {
    # A developer's own locked screen must not change how the window under test polls.
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent",
    "LANG": "C.UTF-8",  # Qt prints a notice under plain C
    "QT_QPA_PLATFORM": "offscreen",
    # Far from UTC and no whole hour: what takes local time for UTC is seen. Needs no tzdata.
    "TZ": "TST-05:30",
}


@dataclass(frozen=True)
class OwnHome:
    """Where one test's HOME and XDG folders are."""

    home: Path
    config: Path
    data: Path
    state: Path
    cache: Path
    runtime: Path

    @classmethod
    def under(cls, root: Path) -> "OwnHome":
        """Make them all, private as a login would have them."""
        names = ("home", "config", "data", "state", "cache", "run")
        folders = [root / name for name in names]
        for folder in folders:
            folder.mkdir(mode=0o700)
        return cls(*folders)

    def variables(self) -> dict[str, str]:
        """Name them in an environment."""
        return {
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "APPDATA": str(self.config),
            "LOCALAPPDATA": str(self.data),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_DATA_HOME": str(self.data),
            "XDG_STATE_HOME": str(self.state),
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_RUNTIME_DIR": str(self.runtime),
        }


_own_home = pytest.StashKey[OwnHome]()


def _bare() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    return kept | _FIXED


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    """Give the test a home and take it away, with whatever it did to the environment."""
    del complaints
    before = dict(os.environ)
    # Short, because a socket's path may have no more than some hundred characters.
    with tempfile.TemporaryDirectory(prefix="cs-test-") as root:
        own = item.stash[_own_home] = OwnHome.under(Path(root))
        os.environ.update(own.variables())
        _forget_keyring()
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _forget_keyring() -> None:
    """Make `keyring` choose anew: it keeps its first choice for the life of the process."""
    if core := sys.modules.get("keyring.core"):
        core._keyring_backend = None  # type: ignore[attr-defined]


def pytest_configure() -> None:
    """Clear the environment for all that is imported or started from here on."""
    bare = _bare()
    os.environ.clear()
    os.environ.update(bare)
    if hasattr(time, "tzset"):
        time.tzset()
    watch.add_rule(_rule)


@pytest.fixture
def own_home(request: pytest.FixtureRequest) -> OwnHome:
    """Return the folders of this test; its environment names them already."""
    node: pytest.Item = request.node
    return node.stash[_own_home]


@pytest.fixture
def profile_folder(own_home: OwnHome, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for a profile, not made yet; COUNTERSIGN_PROFILE names it."""
    folder = own_home.data / "profile"
    monkeypatch.setenv("COUNTERSIGN_PROFILE", str(folder))
    return folder
