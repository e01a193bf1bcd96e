"""A PostgreSQL server in a temporary folder, for the tests and benchmarks that want a real one."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from countersign.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "countersign"
_PATIENCE = 60.0
_STOP = 20.0
_BETWEEN = 0.05


@dataclass
class Server:
    """A server that runs; each test gets a database of its own."""

    folder: Path
    password: str = field(repr=False)
    count: int = 0
    templates: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        """Give a database's address, as COUNTERSIGN_SANDBOX_DATABASE takes it."""
        return f"postgresql://{USER}:{self.password}@/{database}?host={self.folder}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Connect to the database that is there from the start."""
        return psycopg.connect(self.url("postgres"), autocommit=True)

    @contextlib.contextmanager
    def database(self, *, ready_made: bool = False) -> Iterator[str]:
        """Make a database, empty or with all tables ready-made, and drop it afterwards."""
        if ready_made and not self.templates:
            self.templates.append(self._template())
        self.count += 1
        name = f"sandbox_{self.count}"
        with self.connect() as connection:
            template = self.templates[0] if ready_made else "template1"
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            with self.connect() as connection:
                command = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(command.format(sql.Identifier(name)))

    def _template(self) -> str:
        # Copied for each test: to make all tables anew takes far longer than most tests do.
        with self.connect() as connection:
            connection.execute("CREATE DATABASE sandbox_template")
        Store(self.url("sandbox_template")).close()
        return "sandbox_template"


def server_programs() -> Path | None:
    """Find the folder with `initdb` and `postgres`, which Debian keeps off PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    places = [*debian, *([Path(found).resolve().parent] if found else [])]
    return next((place for place in places if (place / "initdb").exists()), None)


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Run a server that listens on a socket in its folder alone, and asks for the password."""
    programs = server_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="countersign-pg-") as place:
        folder, password = Path(place), secrets.token_hex(16)
        (folder / "password").write_text(password)
        as_whom = _unprivileged(folder)
        _run([programs / "initdb", "-D", folder / "data", *_INITDB, folder / "password"], as_whom)
        command: list[str | Path] = [programs / "postgres", "-D", folder / "data"]
        command += ["-k", folder, *_QUICK]
        with _process(command, as_whom, folder / "log") as process:
            started = Server(folder, password)
            _wait(started, process)
            yield started


_INITDB = ("-U", USER, "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", "--no-sync", "--pwfile")
# What is lost with the machine doesn't matter here.
_QUICK = ("-c", "listen_addresses=", "-c", "fsync=off")


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Give the options to run as somebody else where we are root, whom the server refuses."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, folder / "password"):
        shutil.chown(path, "nobody")
    return {"user": "nobody", "extra_groups": []}


def _run(command: list[str | Path], as_whom: dict[str, Any]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, check=False, **as_whom)  # noqa: S603 - PostgreSQL's own program
    assert done.returncode == 0, done.stderr.decode()


@contextlib.contextmanager
def _process(
    command: list[str | Path], as_whom: dict[str, Any], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd="/", stdout=output, stderr=output, **as_whom)  # noqa: S603 - as above
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)  # ends at once, whoever is still connected
            try:
                process.wait(_STOP)
            finally:
                process.kill()


def _wait(started: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            started.connect().close()
        except psycopg.OperationalError:
            assert process.poll() is None, (started.folder / "log").read_text()
            assert time.monotonic() < end, "PostgreSQL did not start"
            time.sleep(_BETWEEN)  # nothing tells but trying
        else:
            return
