"""The computer's own bad days: password store, disk, profile, usage."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from countersign.testing.secret_service import PrivateSecretService
    from tests.integration.cli.conftest import Cli, Device

WORDS = ("enroll", "--backend", "http://127.0.0.1:9/t", "--identity", "test-user-1", "--json")


def test_no_password_store(cli: Cli) -> None:
    cli.environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    result = cli(*WORDS)
    assert (result.status, result.error["code"], result.error["name"]) == (3, 60405, "missing")
    assert cli("accounts", "--json").json == {"accounts": []}
    doctor = cli("doctor", "--json")
    assert doctor.status == 3
    checks = {check["name"]: check["ok"] for check in doctor.json["checks"]}
    assert checks["keyring"] is False
    assert checks["storage"] is True


def test_a_locked_password_store(device: Device, secret_service: PrivateSecretService) -> None:
    sid = device.ask()
    secret_service.lock()
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (3, "locked")
    assert device.cli(*WORDS).status == 3
    inbox = device.cli("inbox", "--json")
    assert (inbox.status, inbox.error["name"], inbox.json["challenges"]) == (3, "locked", [])
    assert device.cli("accounts", "--json").json["accounts"]
    secret_service.unlock()
    assert device.cli("approve", sid, "--json").json["status"] == "approved"


def test_a_backend_chosen_by_the_environment_is_not_used(cli: Cli) -> None:
    cli.environment = {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    assert cli(*WORDS).status == 3


def test_a_key_that_is_gone(device: Device, secret_service: PrivateSecretService) -> None:
    sid = device.ask()
    secret_service.wipe()
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (3, "gone")
    kept = device.cli("remove", device.factor_sid, "--json")
    assert kept.status == 3
    assert device.factor_sid in kept.error["hint"]
    local = device.cli("remove", device.factor_sid, "--local-only", "--json")
    assert local.json == {"sid": device.factor_sid, "removed_at_service": False}


def test_a_profile_that_cannot_be_made(cli: Cli) -> None:
    cli.profile.write_text("a file where the folder should be")
    result = cli("accounts", "--json")
    assert (result.status, result.error["code"], result.error["name"]) == (1, 60403, "disk")


def test_a_full_disk(device: Device) -> None:
    """A process that may write no byte more stands in for a disk that takes none."""
    sid = device.ask()
    command = [sys.executable, "-m", "countersign", "--profile", str(device.cli.profile)]
    result = subprocess.run(  # noqa: S603 - our own program
        [*command, "approve", sid, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )
    assert "Traceback" not in result.stderr
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["name"] == "disk"
    assert device.proxy.count("POST", sid) == 0


def test_a_read_only_profile(device: Device) -> None:
    sid = device.ask()
    folder = device.cli.profile
    places = [*folder.iterdir(), folder]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    command = [sys.executable, "-m", "countersign", "--profile", str(folder)]
    if os.getuid() == 0:  # root writes everywhere, unless it gives that up
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    result = subprocess.run(  # noqa: S603 - our own program
        [*command, "approve", sid, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    for place in places:
        place.chmod(0o700)
    assert "Traceback" not in result.stderr
    assert result.returncode == 1, result.stdout + result.stderr
    assert json.loads(result.stdout)["error"]["name"] == "disk"
    assert device.proxy.seen == []
    assert device.status(sid) == "pending"


def test_a_profile_of_a_newer_version(device: Device) -> None:
    database = sqlite3.connect(device.cli.profile / "countersign.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    result = device.cli("inbox", "--json")
    assert (result.status, result.error["code"]) == (1, 60406)
    assert result.error["name"] == "newer_version"


def test_a_damaged_profile_is_restored_and_that_is_told(device: Device) -> None:
    letter = b"no database at all" * 1000
    (device.cli.profile / "countersign.db").write_bytes(letter)
    listed = device.cli("accounts", "--json")
    (account,) = listed.json["accounts"]
    assert account["sid"] == device.factor_sid
    assert "restored from a copy" in listed.err
    (aside,) = device.cli.profile.glob("countersign.db.damaged-*")
    assert aside.name in listed.err
    assert aside.read_bytes() == letter
    sid = device.ask()
    assert device.cli("approve", sid, "--json").status == 0, "its key was not taken for a stray"
    assert "restored" not in device.cli("accounts", "--json").err


def test_a_damaged_profile_without_a_copy(cli: Cli) -> None:
    cli("accounts")
    letter = b"no database at all" * 1000
    (cli.profile / "countersign.db").write_bytes(letter)
    (cli.profile / "countersign.db.copy").unlink()
    assert cli("accounts", "--json").error["name"] == "damaged"
    assert (cli.profile / "countersign.db").read_bytes() == letter


@pytest.mark.parametrize(
    "words",
    [
        ("show", "YC123"),
        ("approve", "YF" + "0" * 32),
        ("remove", "../etc"),
        ("inbox", "--limit", "0"),
        ("inbox", "--status", "open"),
        ("wait", "--timeout", "nan"),
        ("sandbox", "--port", "70000"),
        ("dance",),
    ],
)
def test_wrong_usage(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli(*words).status == 2


@pytest.mark.parametrize("words", [(), ("gui",)])
def test_no_display_for_the_window(cli: Cli, words: tuple[str, ...]) -> None:
    cli.environment = {"QT_QPA_PLATFORM": ""}
    result = cli(*words)
    assert result.status == 1
    assert "no display" in result.err


def test_an_account_that_is_not_here(cli: Cli) -> None:
    result = cli("remove", "YF" + "0" * 32, "--json")
    assert (result.status, result.error["name"]) == (1, "no_such_account")


def test_a_request_without_any_account(cli: Cli) -> None:
    assert cli("show", "YC" + "0" * 32, "--json").error["name"] == "no_account"
    assert cli("inbox", "--json").json == {"challenges": []}


def test_a_closed_pipe_is_no_error(cli: Cli) -> None:
    process = cli.start("accounts")
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(timeout=60)
