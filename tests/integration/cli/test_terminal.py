"""On a terminal, `approve` shows the request and asks; only "y" approves."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.cli.conftest import Cli, Device


def on_terminal(cli: Cli, answer: bytes, *words: str) -> tuple[int, str, str]:
    """Run a command with a terminal as stdin and stderr, and type an answer at its question."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "countersign", "--profile", str(cli.profile), *words]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env=os.environ | cli.environment,
    ) as process:
        os.close(theirs)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(ours, 4096)
        os.write(ours, answer)
        out, _ = process.communicate(timeout=60)
        said += _rest(ours)
    os.close(ours)
    return process.returncode, out, said.decode()


def _rest(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO where the other end is closed and all is read
        return b""


def test_yes_approves_what_was_shown(device: Device) -> None:
    sid = device.ask("Sign in to Northwind", fields=[{"label": "City", "value": "Berlin"}])
    status, out, _ = on_terminal(device.cli, b"y\n", "approve", sid)
    assert status == 0
    assert "Sign in to Northwind" in out
    assert "City: Berlin" in out
    assert "Approved at" in out
    assert device.status(sid) == "approved"


@pytest.mark.parametrize("answer", [b"\n", b"n\n", b"yess\n", b"\x04"])
def test_anything_else_approves_nothing(device: Device, answer: bytes) -> None:
    sid = device.ask()
    status, _, said = on_terminal(device.cli, answer, "approve", sid)
    assert status == 1
    assert "Nothing was approved" in said
    assert device.status(sid) == "pending"
    assert device.history() == []


def test_a_personal_looking_id_is_sent_only_if_the_user_says_so(cli: Cli, device: Device) -> None:
    words = ("enroll", "--backend", f"{device.proxy.url}/access-token", "--identity", "j@a.example")
    status, _, said = on_terminal(cli, b"n\n", *words)
    assert status == 1
    assert "Nothing was sent" in said
    assert device.proxy.seen == []


def test_ctrl_c_ends_a_command_quietly(device: Device) -> None:
    process = device.cli.start("wait")
    ends = time.monotonic() + 60
    while device.proxy.count("GET") == 0 and time.monotonic() < ends:
        select.select([], [], [], 0.02)
    process.send_signal(signal.SIGINT)
    result = device.cli.finish(process)
    assert (result.status, result.out, result.err) == (130, "", "")
