"""What the demo plays on: a sandbox, a profile that lasts as long as it, and what is asked."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from countersign.cli.sandbox import missing_extra
from countersign.device.plain_text import visible
from countersign.push.errors import CountersignError, InitializationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countersign.cli.output import Output
    from countersign.sandbox.client import SandboxClient

_PATIENCE: Final = 60.0
IDENTITY: Final = "demo-user"
LABEL: Final = "Northwind Bank"

_ASKED: Final = (
    (
        "Sign in to Northwind online banking",
        (("Location", "Berlin, Germany"), ("Device", "Firefox on Linux")),
    ),
    ("Transfer € 1,250.00 to M. Weber", (("IBAN", "DE89 3704 0044 0532 0130 00"),)),
    ("Approve payroll run for March", (("Employees", "214"), ("Sum", "€ 482,110.00"))),
)


@dataclass
class Stage:
    """Lasts for one demo. `root` is a folder that is removed after it."""

    root: Path
    ready: dict[str, str] = field(repr=False)
    service: SandboxClient
    output: Output

    @property
    def profile(self) -> Path:
        """The demo's own profile."""
        return self.root / "profile"

    def line(self, text: str) -> None:
        """Print what happens."""
        self.output.line(text)

    def says(self, text: str) -> None:
        """Print what the service says."""
        self.output.line(f"    the service: {visible(text)}")

    def agrees(self, sid: str, wanted: str) -> bool:
        """Print the service's word on a request, and tell whether it is this."""
        status = self.service.challenge(sid)["status"]
        self.says(f"{sid} is {status}")
        return status == wanted

    def ask(self, factor_sid: str, lives: tuple[float, float, float]) -> list[str]:
        """Send the three requests with these seconds to live, and return their sids."""
        asked = [
            self.service.create_challenge(
                factor_sid,
                message=message,
                fields=[{"label": label, "value": value} for label, value in fields],
                expires_in=life,
            )["sid"]
            for (message, fields), life in zip(_ASKED, lives, strict=True)
        ]
        self.says(f"{len(asked)} requests sent")
        return asked

    def run(self, *words: str) -> dict[str, Any]:
        """Run a command as a user would and return its JSON; raises CountersignError."""
        result = subprocess.run(  # noqa: S603 - our own program, with our own words
            [*_program(str(self.profile)), *words, "--json"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        try:
            document: dict[str, Any] = json.loads(result.stdout)
        except ValueError as error:
            raise failed(f"`countersign {words[0]}` gave no JSON") from error
        if result.returncode != 0:
            said = document.get("error", {})
            raise CountersignError(
                str(said.get("name")), str(said.get("message")), str(said.get("hint", ""))
            )
        return document

    def remove_accounts(self) -> None:
        """Remove every account of the profile, its key first of all."""
        for account in self.run("accounts")["accounts"]:
            try:
                self.run("remove", account["sid"])
            except CountersignError:
                self.run("remove", account["sid"], "--local-only")


def messages() -> tuple[str, ...]:
    """Return what the three requests say, in the order in which they are sent."""
    return tuple(message for message, _ in _ASKED)


@contextlib.contextmanager
def opened(root: Path, output: Output) -> Iterator[Stage]:
    """Run the sandbox as a process of its own until the block ends."""
    try:
        from countersign.sandbox import serve  # noqa: F401, PLC0415 - an extra: is it all there?
        from countersign.sandbox.client import SandboxClient  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        raise missing_extra() from error
    process = subprocess.Popen(  # noqa: S603 - our own program, with our own words
        [*_program(str(root / "company")), "sandbox", "--port", "0", "--quiet"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for us: the accounts are removed there first
    )
    try:
        ready: dict[str, str] = json.loads(_first_line(process))
        output.line(f"The sandbox plays the company. Its page: {ready['console_url']}")
        with SandboxClient(ready["control_url"], ready["auth_token"]) as service:
            yield Stage(root, ready, service, output)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)


def failed(what: str) -> InitializationError:
    """Return the error for what the demo can't go on after."""
    return InitializationError("demo_failed", f"The demo can't go on: {what}.")


def _first_line(process: subprocess.Popen[str]) -> str:
    line: str = process.stdout.readline() if process.stdout else ""
    if not line:
        raise failed("the sandbox didn't start")
    return line


def _program(profile: str) -> list[str]:
    return [sys.executable, "-m", "countersign", "--profile", profile]
