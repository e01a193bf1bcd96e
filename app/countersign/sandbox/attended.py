"""What surrounds a sandbox that somebody runs by hand: a log, a scenario, a file to find it by."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.sandbox import ready_file, scenario_play, traffic
from countersign.sandbox.errors import ApiError, SandboxError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from countersign.sandbox.state import Sandbox


@dataclass(frozen=True, slots=True)
class Attended:
    """What whoever runs it wants besides."""

    scenario: str | None = None
    """Played from the start on."""
    ready_file: Path | None = None
    """Where the ready line is kept while it runs, for its owner alone."""
    log: TextIO | None = None
    """Gets a line a request."""

    @contextlib.contextmanager
    def around(self, sandbox: Sandbox, base: str, line: str) -> Iterator[None]:
        """Have all that while the block lasts; `base` is the server's address.

        Raises SandboxError, for a scenario that doesn't exist too.
        """
        with contextlib.ExitStack() as stack:
            if self.log is not None:
                stack.enter_context(traffic.live(sandbox.traffic, self.log))
            if self.scenario is not None:
                try:
                    scenario_play.begin(sandbox, base, self.scenario)
                except ApiError as error:
                    raise SandboxError(f"{error.message}.") from error
            if self.ready_file is not None:
                try:
                    stack.enter_context(ready_file.written(self.ready_file, line))
                except OSError as error:
                    raise SandboxError(f"{self.ready_file.name} can't be written.") from error
            yield
