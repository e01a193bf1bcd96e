"""`countersign` with every effect on the outside world counted, and killed before one of them.

    python -m tests.integration.crash.driver [WORDS ...]

Effects are writes of SQLite (statement by statement), calls of the keyring before and after, and
HTTP requests before they are sent and after their answer came. `CRASH_LOG` names a file that gets
a line for each; `CRASH_AT` is the number of the one before which the process kills itself, as a
power cut would: no handler runs, no buffer is written.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from keyring.backends import SecretService
from typing_extensions import override

from countersign.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

_WRITES = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER")


class Effects:
    """Counts, writes down, and kills."""

    def __init__(self, log: Path, at: int) -> None:
        self._log = log
        self._at = at
        self._done = 0

    def __call__(self, name: str) -> None:
        """Take in that this is about to happen."""
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{name}\n")
        if self._done == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        self._done += 1


def instrument(effects: Effects) -> None:
    """Have all three ends count."""
    connect = sqlite3.connect

    class Counted(sqlite3.Connection):
        @override
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            verb = sql.split(maxsplit=1)[0].upper()
            if verb in _WRITES:
                effects(f"sqlite {' '.join(sql.split()[:3])}")
            return super().execute(sql, *values)

    def counted(*args: Any, **more: Any) -> sqlite3.Connection:  # noqa: ANN401 - passed on
        return connect(*args, **more, factory=Counted)

    sqlite3.connect = counted  # type: ignore[assignment]  # for this process alone
    for name in ("get_password", "set_password", "delete_password"):
        setattr(
            SecretService.Keyring,
            name,
            _around(effects, f"keyring {name}", getattr(SecretService.Keyring, name)),
        )
    send = httpx.AsyncClient.send

    async def sent(
        client: httpx.AsyncClient,
        request: httpx.Request,
        **more: Any,  # noqa: ANN401 - passed on
    ) -> httpx.Response:
        what = f"{request.method} {request.url.path.rsplit('/', 1)[-1][:2]}"
        effects(f"http before {what}")
        response = await send(client, request, **more)
        effects(f"http after {what}")
        return response

    httpx.AsyncClient.send = sent  # type: ignore[assignment,method-assign]  # for this process alone


def _around(effects: Effects, name: str, call: Callable[..., object]) -> Callable[..., object]:
    def around(*args: object) -> object:
        effects(f"{name} before")
        result = call(*args)
        effects(f"{name} after")
        return result

    return around


if __name__ == "__main__":
    instrument(Effects(Path(os.environ["CRASH_LOG"]), int(os.environ.get("CRASH_AT", "-1"))))
    sys.exit(main(sys.argv[1:]))
