"""Fixtures for the window as its users meet it: a screen, a keyring, a company, real clicks."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from countersign.sandbox.client import SandboxClient
from countersign.testing.secret_service import PrivateSecretService
from countersign.testing.x_session import XSession
from countersign.testing.x_session_app import WAIT, AppDriver
from countersign.testing.x_session_parts import stop, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.environment import OwnHome

PROGRAM = (sys.executable, "-m", "countersign")

# What Qt says, and nothing of ours: where there is a desktop by name and no portal to it; and where
# a screen reader asks for something that it heard of, and that is gone by then (a row, a button).
# The registry on this session's bus does that whenever it is slow.
_QTS_OWN = re.compile(
    r"^qt\.(qpa\.(theme\.gnome|services): .*portal.*"
    r'|accessibility\.atspi: Could not find accessible on path: "/org/a11y/atspi/accessible/\d+")$',
    re.MULTILINE,
)


class Company:
    """A sandbox that is a process of its own, and can be away for a while."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self.start()

    def start(self) -> None:
        """Start it, at the port and with the state of last time."""
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "--profile", str(self._folder), "sandbox", "--port", str(self._port)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            self._process.communicate()
            pytest.fail("the sandbox did not start")
        ready = json.loads(line)
        self.backend_url: str = ready["backend_url"]
        self.origin = self.backend_url.removesuffix("/access-token")
        self._port = int(self.origin.rpartition(":")[2])
        self.client = SandboxClient(ready["control_url"], ready["auth_token"])

    def stop(self) -> None:
        """Be away."""
        self.client.close()
        stop(self._process)
        self._process.communicate()

    def status(self, sid: str) -> str:
        """Return what it says of a request."""
        return self.client.challenge(sid)["status"]

    def becomes(self, sid: str, status: str) -> None:
        """Wait until it says this of a request."""
        until(lambda: self.status(sid) == status, f"{sid} to be {status}", WAIT)


@dataclass
class Desk:
    """One user at one screen: a profile, and the windows that are opened on it."""

    screen: XSession
    keyring: PrivateSecretService
    company: Company
    profile: Path
    log: Path
    factor_sid: str = ""
    open_windows: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def environment(self) -> dict[str, str]:
        """What the user's programs are started with."""
        return dict(os.environ) | self.screen.environment | self.keyring.environment

    def run(self, *words: str) -> dict[str, Any]:
        """Run a command."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, "--profile", str(self.profile), *words, "--json"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def enrol(self, *more: str, backend: str = "") -> None:
        """Add an account without the window."""
        # One of its own for each account: a service takes 20 devices an identity.
        identity = f"window-user-{uuid.uuid4().hex[:8]}"
        where = ("--backend", backend or self.company.backend_url, "--identity", identity)
        account = self.run(*more, "enroll", *where, "--label", "Northwind")
        self.factor_sid = account["sid"]

    def ask(self, message: str, **more: Any) -> str:  # noqa: ANN401 - as the client takes it
        """Send a request and return its sid."""
        client = self.company.client
        return client.create_challenge(self.factor_sid, message=message, **more)["sid"]

    def open(self) -> AppDriver:
        """Open the window; it is ended with the test, however that goes."""
        environment = self.keyring.environment
        return self.open_windows.enter_context(
            AppDriver(self.screen, self.profile, environment, self.log)
        )

    def read(self, app: AppDriver, message: str) -> None:
        """Choose a request in the list and see it open."""
        app.click_on(app.row(message))
        app.says("requestMessage", message)

    def complaints(self) -> str:
        """Return what the windows had to complain about."""
        said = self.log.read_text(errors="replace") if self.log.exists() else ""
        return _QTS_OWN.sub("", said).strip()


@pytest.fixture(scope="session")
def screen() -> Iterator[XSession]:
    """Start a screen for all tests."""
    with XSession() as started:
        yield started


@pytest.fixture(scope="session")
def keyring() -> Iterator[PrivateSecretService]:
    """Start a keyring for all tests: each has a profile, and with it a namespace, of its own."""
    with PrivateSecretService() as started:
        yield started


@pytest.fixture(scope="session")
def shared_company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Start a company for all tests that don't send it away."""
    started = Company(tmp_path_factory.mktemp("company"))
    yield started
    started.stop()


@pytest.fixture
def make_desk(
    screen: XSession, keyring: PrivateSecretService, tmp_path: Path, own_home: OwnHome
) -> Iterator[Callable[[Company], Desk]]:
    """Give what seats a user before a company."""
    del own_home  # its folders are in the environment
    with contextlib.ExitStack() as stack:

        def make(company: Company) -> Desk:
            desk = Desk(screen, keyring, company, tmp_path / "profile", tmp_path / "log")
            stack.callback(_leave, desk)
            return desk

        yield make


def _leave(desk: Desk) -> None:
    desk.keyring.unlock()
    desk.open_windows.close()
    assert desk.complaints() == ""


@pytest.fixture
def new_desk(make_desk: Callable[[Company], Desk], shared_company: Company) -> Desk:
    """Seat a user who has no account yet."""
    return make_desk(shared_company)


@pytest.fixture
def desk(new_desk: Desk) -> Desk:
    """Seat a user with an account."""
    new_desk.enrol()
    return new_desk
