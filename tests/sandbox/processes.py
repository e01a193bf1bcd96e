"""Sandboxes in processes of their own, which can be killed and can share a database."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.sandbox.serve import Ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PROGRAM = """
import os, pathlib, sys
from countersign.sandbox.serve import run
folder = pathlib.Path(sys.argv[1]) if sys.argv[1] else None
sys.exit(run(state_dir=folder, database_url=os.environ.get("COUNTERSIGN_SANDBOX_DATABASE")))
"""
_PATIENCE = 60


@dataclass
class Process:
    """A sandbox that was started and may not be ready yet."""

    child: subprocess.Popen[str]

    def ready(self) -> Ready:
        """Wait until it listens."""
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        assert line, self.child.communicate(timeout=_PATIENCE)[1]
        return Ready(**json.loads(line))

    def kill(self) -> None:
        """End it at once, in the midst of whatever it does (SIGKILL)."""
        self.child.kill()
        self.child.wait(_PATIENCE)

    def ended(self) -> tuple[int, str, str]:
        """Wait for its end; give its exit status and what it wrote."""
        out, err = self.child.communicate(timeout=_PATIENCE)
        return self.child.returncode, out, err


@contextlib.contextmanager
def started(*, folder: Path | None = None, url: str | None = None) -> Iterator[Process]:
    """Start a sandbox over a folder or a database; the block's end kills it."""
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-c", _PROGRAM, str(folder or "")],
        env=os.environ | ({"COUNTERSIGN_SANDBOX_DATABASE": url} if url else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Process(child)
    finally:
        child.kill()
        child.communicate()
