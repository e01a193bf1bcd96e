"""`demo`: the whole way once, over real HTTP with a real password store, as a user would go it.

Each step is the command that it shows, run as a process of its own; what is printed behind it is
what the *service* says. Nothing stays: not in the password store, not on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from countersign.cli.sandbox import missing_extra
from countersign.device.plain_text import visible
from countersign.push.errors import CountersignError, InitializationError, KeyStorageError
from countersign.storage.keyring_store import OsKeyStore
from countersign.testing.secret_service import PrivateSecretService, SecretServiceUnavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from countersign.cli.output import Output
    from countersign.sandbox.client import SandboxClient

_PATIENCE: Final = 60.0
_SHORT_LIFE: Final = 5
_NEAR: Final = 0.25


@dataclass
class _Stage:
    """A sandbox, a profile, and the commands run in it."""

    profile: str
    ready: dict[str, str] = field(repr=False)
    service: SandboxClient
    output: Output

    def run(self, *words: str) -> dict[str, Any]:
        """Run a command as a user would, shown, and return its JSON; raises CountersignError."""
        self.output.line(f"$ countersign {' '.join(words)}")
        result = subprocess.run(  # noqa: S603 - our own program, with our own words
            [*_program(self.profile), *words, "--json"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        try:
            document: dict[str, Any] = json.loads(result.stdout)
        except ValueError as error:
            raise _failed(f"`countersign {words[0]}` gave no JSON") from error
        if result.returncode != 0:
            said = document.get("error", {})
            raise CountersignError(
                str(said.get("name")), str(said.get("message")), str(said.get("hint", ""))
            )
        return document

    def says(self, text: str) -> None:
        """Print what the service says."""
        self.output.line(f"    the service: {visible(text)}")


def demo(_options: Namespace, output: Output) -> int:
    """Enrol, let three requests come, approve one, deny one, let one expire, and leave nothing."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_password_store(output))
        profile = stack.enter_context(tempfile.TemporaryDirectory(prefix="countersign-demo-"))
        stage = stack.enter_context(_sandbox(profile, output))
        account = stage.run(
            "enroll", "--backend", stage.ready["backend_url"], "--identity", "demo-user"
        )
        try:
            stage.says(f"factor {account['sid']} is {_factor_status(stage, account['sid'])}")
            agreed = _three_answers(stage, account["sid"])
        finally:
            stage.run("remove", account["sid"])
        agreed &= _all_gone(stage)
    output.line("The service agrees with every step." if agreed else "The service disagrees.")
    return 0 if agreed else 1


def _three_answers(stage: _Stage, factor_sid: str) -> bool:
    asked = [
        stage.service.create_challenge(
            factor_sid,
            message=message,
            fields=[{"label": "Location", "value": "Berlin, Germany"}],
            expires_in=expires_in,
        )["sid"]
        for message, expires_in in (
            ("Sign in to Northwind online banking", 300),
            ("Transfer € 1,250.00 to M. Weber", 300),
            ("Approve payroll run for March", _SHORT_LIFE),
        )
    ]
    stage.says("3 requests sent")
    waiting = stage.run("inbox")["challenges"]
    for challenge in waiting:
        stage.output.line(f"    {challenge['sid']}  {visible(challenge['details']['message'])}")
    approved, denied, expired = asked
    stage.run("approve", approved)
    agreed = len(waiting) == len(asked) and _agrees(stage, approved, "approved")
    stage.run("deny", denied, "--reason", "suspicious")
    agreed &= _agrees(stage, denied, "denied")
    stage.output.line("  (the third one is left alone until it expires)")
    _wait_for_expiry(stage, expired)
    return agreed and _agrees(stage, expired, "expired") and _kept(stage)


def _agrees(stage: _Stage, sid: str, wanted: str) -> bool:
    status = stage.service.challenge(sid)["status"]
    stage.says(f"{sid} is {status}")
    return status == wanted


def _kept(stage: _Stage) -> bool:
    decisions = stage.run("history")["decisions"]
    return sorted(decision["server_status"] for decision in decisions) == ["approved", "denied"]


def _all_gone(stage: _Stage) -> bool:
    factors = stage.service.factors()
    stage.says(f"{len(factors)} factors left")
    return not factors


def _factor_status(stage: _Stage, sid: str) -> str:
    return next((one["status"] for one in stage.service.factors() if one["sid"] == sid), "unknown")


def _wait_for_expiry(stage: _Stage, sid: str) -> None:
    ends = time.monotonic() + _PATIENCE
    while stage.service.challenge(sid)["status"] == "pending" and time.monotonic() < ends:
        time.sleep(_NEAR)


@contextlib.contextmanager
def _sandbox(profile: str, output: Output) -> Iterator[_Stage]:
    """Run the sandbox as a process of its own until the block ends."""
    try:
        from countersign.sandbox import serve  # noqa: F401, PLC0415 - an extra: is it all there?
        from countersign.sandbox.client import SandboxClient  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        raise missing_extra() from error
    output.line("$ countersign sandbox --port 0")
    process = subprocess.Popen(  # noqa: S603 - our own program, with our own words
        [*_program(profile), "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        ready: dict[str, str] = json.loads(_first_line(process))
        output.line(f"    ready at {ready['console_url']}")
        with SandboxClient(ready["control_url"], ready["auth_token"]) as service:
            yield _Stage(profile, ready, service, output)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)


def _first_line(process: subprocess.Popen[str]) -> str:
    line: str = process.stdout.readline() if process.stdout else ""
    if not line:
        raise _failed("the sandbox didn't start")
    return line


@contextlib.contextmanager
def _password_store(output: Output) -> Iterator[None]:
    """Use the user's own password store where one answers, else one of the demo's own."""
    try:
        name = asyncio.run(_store_name())
    except KeyStorageError as error:
        output.line(f"{error.message} The demo starts a GNOME Keyring of its own.")
    else:
        output.line(f"Keys go to {name}, and are removed at the end.")
        yield
        return
    try:
        with PrivateSecretService() as service, _environment(service.environment):
            yield
    except SecretServiceUnavailable as error:
        raise InitializationError(
            "no_keyring", str(error), "Install dbus and gnome-keyring, then try again."
        ) from error


async def _store_name() -> str:
    store = OsKeyStore("demo")
    try:
        return await store.check()
    finally:
        await store.aclose()


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _program(profile: str) -> list[str]:
    return [sys.executable, "-m", "countersign", "--profile", profile]


def _failed(what: str) -> InitializationError:
    return InitializationError("demo_failed", f"The demo can't go on: {what}.")
