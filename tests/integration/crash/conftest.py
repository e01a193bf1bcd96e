"""One keyring, one sandbox, and a command line that dies where it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox import serve
from tests.integration.cli.conftest import Cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countersign.testing.secret_service import PrivateSecretService

_PATIENCE = 60
_RUNNING_FREE = -1


@dataclass
class Ground:
    """Where profiles come and go."""

    folder: Path
    service: PrivateSecretService
    sandbox: serve.Running
    profiles: int = 0

    def profile(self) -> Cli:
        """Give the command line on a fresh profile."""
        self.profiles += 1
        return Cli(self.folder / f"profile-{self.profiles}", self.service.environment)

    def run(self, cli: Cli, *words: str, at: int = _RUNNING_FREE) -> list[str] | None:
        """Run a command that is killed before the effect of this number.

        Returns the effects where it came to its end, and None where it was killed.
        """
        log = self.folder / "effects.log"
        log.unlink(missing_ok=True)
        done = subprocess.run(  # noqa: S603 - our own program
            [
                *(sys.executable, "-m", "tests.integration.crash.driver"),
                *("--profile", str(cli.profile), *words),
            ],
            env=os.environ | cli.environment | {"CRASH_LOG": str(log), "CRASH_AT": str(at)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode == -signal.SIGKILL:
            return None
        assert done.returncode == 0, done.stdout + done.stderr
        return log.read_text(encoding="utf-8").splitlines()

    def keys(self) -> set[str]:
        """Return the names of all keys in the keyring, seen by another client."""
        return {item.attributes["username"] for item in self.service.items()}


@pytest.fixture
def ground(tmp_path: Path, secret_service: PrivateSecretService) -> Iterator[Ground]:
    with serve.running() as sandbox:
        yield Ground(tmp_path, secret_service, sandbox)
