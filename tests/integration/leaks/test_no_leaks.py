"""What is nowhere after a key was made, used and removed: the key."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from countersign.sandbox import serve
from tests.integration.cli.conftest import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.testing.secret_service import PrivateSecretService

PATIENCE = 60


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    with serve.running() as running:
        yield running


def encodings(secret: bytes) -> dict[str, bytes]:
    """Return every form in which a key's secret might turn up; `secret` is the entry's text."""
    der = base64.b64decode(secret, validate=True)
    key = serialization.load_der_private_key(der, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    number = key.private_numbers().private_value
    raw = number.to_bytes(32, "big")
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    forms = {
        "entry": secret,
        "number": str(number).encode(),
        "pem": pem.splitlines()[1],
        "reversed": raw[::-1],
    }
    for name, data in (("der", der), ("scalar", raw)):
        forms |= {
            name: data,
            f"{name} base64": base64.b64encode(data).rstrip(b"="),
            f"{name} urlsafe": base64.urlsafe_b64encode(data).rstrip(b"="),
            f"{name} hex": data.hex().encode(),
            f"{name} HEX": data.hex().upper().encode(),
            f"{name} utf-16": data.hex().encode("utf-16-le"),
        }
    return forms


def found(forms: dict[str, bytes], where: Iterator[tuple[str, bytes]]) -> list[str]:
    return [
        f"{form} in {place}"
        for place, data in where
        for form, wanted in forms.items()
        if wanted in data
    ]


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink():
                yield str(file), file.read_bytes()


def process(pid: int) -> Iterator[tuple[str, bytes]]:
    """Yield what others may read of a process: its words and its environment."""
    for name in ("cmdline", "environ"):
        yield f"{name} of {pid}", Path(f"/proc/{pid}/{name}").read_bytes()


def test_a_key_that_was_made_used_and_removed_is_nowhere(
    tmp_path: Path, secret_service: PrivateSecretService, sandbox: serve.Running
) -> None:
    home, temp = tmp_path / "home", tmp_path / "temp"
    for folder in (home, temp):
        folder.mkdir()
    places = {"HOME": str(home), "TMPDIR": str(temp), "XDG_STATE_HOME": str(home / "state")}
    cli = Cli(tmp_path / "profile", secret_service.environment | places)
    said: list[tuple[str, bytes]] = []

    def run(*words: str) -> str:
        running = cli.start("--log-level", "debug", *words)
        looked = list(process(running.pid))
        result = cli.finish(running)
        assert result.status == 0, result.err
        said.extend([*looked, (" ".join(words), (result.out + result.err).encode())])
        return result.out

    run("enroll", "--backend", sandbox.backend_url, "--identity", "u-1", "--label", "Northwind")
    (item,) = secret_service.items()
    forms = encodings(item.secret)
    assert found(forms, iter([("the entry itself", item.secret)])), "the search finds what is there"
    (factor,) = sandbox.client.factors()
    for answer in ("approve", "deny"):
        sid = str(sandbox.client.create_challenge(factor["sid"], message="Sign in?")["sid"])
        run(answer, sid, "--json")
    run("doctor")
    run("history")
    assert found(forms, files(cli.profile, home, temp)) == []
    run("remove", factor["sid"])
    assert secret_service.items() == []
    assert found(forms, files(cli.profile, home, temp)) == []
    assert found(forms, iter(said)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_process_of_ours_leaves_no_core(
    tmp_path: Path, secret_service: PrivateSecretService
) -> None:
    command = [sys.executable, "-m", "countersign", "--profile", str(tmp_path / "p")]
    running = subprocess.Popen(  # noqa: S603 - our own program
        ["/bin/sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$@"', "sh", *command, "gui"],
        cwd=tmp_path,
        env=os.environ | secret_service.environment | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    limits = Path(f"/proc/{running.pid}/limits")
    while not (tmp_path / "p" / "countersign.db").exists():  # by then the window is there
        assert running.poll() is None
        time.sleep(0.01)
    (line,) = [one for one in limits.read_text().splitlines() if "core file" in one]
    assert line.split()[4:6] == ["0", "0"]
    running.send_signal(signal.SIGABRT)
    running.communicate(timeout=PATIENCE)
    assert running.returncode == -signal.SIGABRT
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("core")]
