"""Fixtures for the command line as its users meet it: a process, a service, a password store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from countersign.sandbox import serve
from tests.integration.cli.altering_proxy import AlteringProxy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from countersign.testing.secret_service import PrivateSecretService

_PATIENCE = 60


@dataclass
class Result:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON document on stdout; anything else there fails the test."""
        assert self.out.isascii()
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def error(self) -> dict[str, Any]:
        """The error document."""
        error: dict[str, Any] = self.json["error"]
        assert set(error) >= {"code", "name", "message", "hint"}
        return error


@dataclass
class Cli:
    """Runs `countersign` on one profile; whatever it does, a traceback fails the test."""

    profile: Path
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, stdin: str | None = None) -> subprocess.Popen[str]:
        """Start a command and don't wait."""
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "countersign", "--profile", str(self.profile), *words],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | self.environment,
        )

    def finish(self, process: subprocess.Popen[str], stdin: str | None = None) -> Result:
        """Wait for a command."""
        out, err = process.communicate(stdin, timeout=_PATIENCE)
        assert "Traceback" not in out + err, err
        return Result(process.returncode, out, err)

    def __call__(self, *words: str, stdin: str | None = None) -> Result:
        """Run a command."""
        return self.finish(self.start(*words, stdin=stdin), stdin)


@dataclass
class Device:
    """A profile with an account at a sandbox behind a proxy."""

    cli: Cli
    proxy: AlteringProxy
    sandbox: serve.Running
    factor_sid: str

    def ask(self, message: str = "Sign in to Northwind", **more: Any) -> str:  # noqa: ANN401 - as the client takes it
        """Send a request and return its sid."""
        return self.sandbox.client.create_challenge(self.factor_sid, message=message, **more)["sid"]

    def status(self, sid: str) -> str:
        """Return what the service says of a request."""
        return self.sandbox.client.challenge(sid)["status"]

    def history(self) -> list[Mapping[str, Any]]:
        """Return what the profile says of its answers, newest first."""
        decisions: list[Mapping[str, Any]] = self.cli("history", "--json").json["decisions"]
        return decisions


@pytest.fixture
def cli(tmp_path: Path, secret_service: PrivateSecretService) -> Cli:
    """Give the command line, a fresh profile and a real, unlocked password store."""
    return Cli(tmp_path / "profile", secret_service.environment)


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    """Run a sandbox."""
    with serve.running() as running:
        yield running


@pytest.fixture
def proxy(sandbox: serve.Running) -> Iterator[AlteringProxy]:
    """Run a proxy before the sandbox."""
    upstream = urlsplit(sandbox.api_url)
    with AlteringProxy(f"http://{upstream.netloc}") as proxy:
        yield proxy


@pytest.fixture
def enrolment(proxy: AlteringProxy) -> tuple[str, ...]:
    """Give the words that enrol at the sandbox through the proxy."""
    backend = f"{proxy.url}/access-token"
    return ("enroll", "--backend", backend, "--identity", "test-user-1", "--json")


@pytest.fixture
def device(
    cli: Cli, sandbox: serve.Running, proxy: AlteringProxy, enrolment: tuple[str, ...]
) -> Device:
    """Give an enrolled device whose API calls go through the proxy."""
    result = cli("--api-url", f"{proxy.url}/v2", *enrolment)
    assert result.status == 0, result.err
    proxy.seen.clear()
    return Device(cli, proxy, sandbox, result.json["sid"])
