"""A TPM 2.0 of the test's own: swtpm, which is one in software."""

from __future__ import annotations

import shutil
import socket as socketlib
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0


def _listens(place: Path) -> bool:
    """Tell whether somebody takes connections there: the file comes a moment before."""
    with socketlib.socket(socketlib.AF_UNIX) as probe:
        return probe.connect_ex(str(place)) == 0


class SoftTpm:
    """A TPM whose state lies in a folder; `stop` and `start` are the computer's power switch."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def tcti(self) -> str:
        """How to reach it."""
        return f"swtpm:path={self._folder / 's'}"

    def start(self) -> None:
        """Switch it on, and wait until it listens."""
        socket, control = self._folder / "s", self._folder / "s.ctrl"
        for old in (socket, control):
            old.unlink(missing_ok=True)
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [
                shutil.which("swtpm") or "swtpm",
                *("socket", "--tpm2", "--tpmstate", f"dir={self._folder}"),
                *("--server", f"type=unixio,path={socket}"),
                *("--ctrl", f"type=unixio,path={control}"),
                *("--flags", "not-need-init,startup-clear"),
            ],
            stderr=subprocess.DEVNULL,  # it tells of each client that goes
        )
        end = time.monotonic() + PATIENCE
        while not (_listens(control) and _listens(socket)):
            assert self._process.poll() is None, "swtpm ended"
            assert time.monotonic() < end
            time.sleep(0.01)

    def stop(self) -> None:
        """Switch it off."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    def clear(self) -> None:
        """Have it forget its seeds, as a firmware's "clear TPM" does."""
        self.stop()
        for state in self._folder.glob("tpm2-*"):
            state.unlink()
        self.start()


@pytest.fixture
def soft_tpm(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoftTpm]:
    """Start a TPM and have the app find it; a short path, since a socket's may not be long."""
    with tempfile.TemporaryDirectory(prefix="cs-tpm-") as folder:
        tpm = SoftTpm(Path(folder))
        tpm.start()
        monkeypatch.setenv("COUNTERSIGN_TPM_TCTI", tpm.tcti)
        monkeypatch.setenv("TSS2_LOG", "all+NONE")
        yield tpm
        tpm.stop()
