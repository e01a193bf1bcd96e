"""`countersign sandbox` as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Started:
    """A sandbox that runs as a command."""

    process: subprocess.Popen[str]
    ready: dict[str, str]

    @property
    def port(self) -> str:
        """Its port."""
        return self.ready["api_url"].removesuffix("/v2").rpartition(":")[2]

    def end(self) -> str:
        """Stop it, and give what it said on stderr."""
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=60)
        assert (self.process.returncode, out) == (0, "")
        assert self.ready["auth_token"] not in err
        return err


@contextlib.contextmanager
def started(*words: str) -> Iterator[Started]:
    """Run `countersign` with these words until the block ends."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "countersign", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "COUNTERSIGN_PROFILE"},
    )
    try:
        assert process.stdout is not None
        yield Started(process, json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.communicate()
