"""What another user of this computer finds of the running app: no open port, no readable file."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox import serve
from tests.integration.cli.conftest import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.testing.secret_service import PrivateSecretService

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 60
_LISTENS = "0A"


@pytest.fixture
def loose_umask() -> Iterator[None]:
    """Let nothing but the app itself keep others out."""
    before = os.umask(0)
    yield
    os.umask(before)


def inodes(pid: int) -> set[str]:
    """Return the inodes of a process's sockets."""
    found = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(descriptor)  # noqa: PTH115 - not resolved: it is no path
        except FileNotFoundError:  # closed meanwhile
            continue
        if match := re.fullmatch(r"socket:\[(\d+)\]", target):
            found.add(match[1])
    return found


def open_ports(pid: int) -> list[str]:
    """Return the lines of the kernel's tables that tell of a port that a process listens at."""
    ours, found = inodes(pid), []
    for table, states in (
        ("tcp", {_LISTENS}),
        ("tcp6", {_LISTENS}),
        ("udp", {"07"}),
        ("udp6", {"07"}),
    ):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] in states and parts[9] in ours:
                found.append(f"{table} {parts[1]}")
    return found


def test_this_looks_where_a_port_would_be_seen() -> None:
    with serve.running():
        assert open_ports(os.getpid())


@pytest.mark.usefixtures("loose_umask")
def test_the_app_listens_at_no_port_and_its_files_are_its_user_s_alone(
    tmp_path: Path, secret_service: PrivateSecretService
) -> None:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    places = {"HOME": str(tmp_path / "home"), "XDG_RUNTIME_DIR": str(runtime)}
    environment = secret_service.environment | places
    cli = Cli(tmp_path / "profile", environment)
    with serve.running() as sandbox:
        done = cli("enroll", "--backend", sandbox.backend_url, "--identity", "u-1")
        assert done.status == 0, done.err
        window = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "countersign", "--profile", str(cli.profile), "gui"],
            env=os.environ | environment | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            _polled(sandbox, window)
            assert open_ports(window.pid) == []
            assert open_to_others(cli.profile, runtime / "countersign") == []
        finally:
            window.send_signal(signal.SIGTERM)
            window.communicate(timeout=PATIENCE)
    assert open_to_others(cli.profile) == []


def _polled(sandbox: serve.Running, window: subprocess.Popen[bytes]) -> None:
    """Wait until the window has asked the service: by then all of it runs."""
    end = time.monotonic() + PATIENCE
    while not any(one["method"] == "GET" for one in sandbox.client.traffic(caller="device")):
        assert window.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


def open_to_others(*folders: Path) -> list[str]:
    """Return what others could read, write or enter."""
    found = []
    for folder in folders:
        assert folder.exists()
        for place in (folder, *folder.rglob("*")):
            mode = place.lstat().st_mode
            if mode & 0o077 and not stat.S_ISLNK(mode) and not stat.S_ISSOCK(mode):
                found.append(f"{place} {stat.filemode(mode)}")
    return found
