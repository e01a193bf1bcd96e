"""A policy file is obeyed by real commands; a broken one stops approvals and says so.

The place of the policy can't be chosen by a flag or a variable, so these processes begin with
another `read_policy`, of a file that belongs to whoever runs the tests.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from typing_extensions import override

from countersign.cli import requests, session
from countersign.cli.output import Output
from countersign.device.inbox import AccountView
from countersign.device.policy import Policy
from countersign.device.settings import Proxy, Settings
from countersign.push.errors import NetworkError
from countersign.storage import policy_file, settings_file
from tests.integration.cli.altering_proxy import Answer, Rule
from tests.integration.cli.conftest import Cli
from tests.integration.cli.test_network_settings import Keys
from tests.unit.device.poll_world import ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.cli.altering_proxy import AlteringProxy
    from tests.integration.cli.conftest import Device

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the file's owner is a POSIX one")

BEGIN = """\
import sys
from pathlib import Path
from countersign.storage import policy_file
file, owner = Path(sys.argv[1]), int(sys.argv[2])
real = policy_file.read_policy
policy_file.read_policy = lambda: real(file, owner=owner)
from countersign.cli.main import main
sys.exit(main(sys.argv[3:]))
"""
NOBODY = "http://127.0.0.1:1"


@dataclass
class Managed(Cli):
    """Runs commands on a computer with a policy."""

    policy: Path | None = None

    @override
    def start(self, *words: str, stdin: str | None = None) -> subprocess.Popen[str]:
        """Start a command and don't wait."""
        before = (str(self.policy), str(os.getuid()), "--profile", str(self.profile))
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", BEGIN, *before, *words],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | self.environment,
        )


@pytest.fixture
def managed(cli: Cli, tmp_path: Path) -> Managed:
    """Give the command line on a computer with a policy, which is yet to be written."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    return Managed(cli.profile, cli.environment, folder / "policy.toml")


def write(managed: Managed, text: str) -> None:
    assert managed.policy is not None
    managed.policy.write_text(text, encoding="utf-8")
    managed.policy.chmod(0o644)


def checks(managed: Managed) -> dict[str, Any]:
    doctor = managed("--api-url", f"{NOBODY}/v2", "doctor", "--json")
    return {one["name"]: one for one in doctor.json["checks"]}


def test_a_broken_policy_stops_approvals_and_lets_denials_through(
    device: Device, managed: Managed
) -> None:
    sid = device.ask()
    write(managed, 'support = "the IT desk"\nwhat = 1\n')
    refused = managed("approve", sid, "--json")
    assert refused.status == 1
    assert (refused.error["code"], refused.error["name"]) == (60404, "policy_broken")
    assert str(managed.policy) in refused.error["message"]
    assert "Approve this request" not in refused.err
    assert device.status(sid) == "pending"
    assert managed("deny", sid, "--json").json["status"] == "denied"


def test_a_pin_that_is_required_stops_approvals(device: Device, managed: Managed) -> None:
    sid = device.ask()
    write(managed, "[approvals]\npin_required = true\n")
    refused = managed("approve", sid, "--json")
    assert (refused.status, refused.error["name"]) == (1, "pin_required")
    assert device.status(sid) == "pending"


def test_a_policy_that_allows_it_is_not_in_the_way(device: Device, managed: Managed) -> None:
    sid = device.ask()
    write(managed, "[approvals]\nsilent_everything = false\n")
    assert managed("approve", sid, "--json").json["status"] == "approved"


def test_an_account_from_elsewhere_is_not_added(
    managed: Managed, enrolment: tuple[str, ...]
) -> None:
    write(managed, 'support = "the IT desk"\n[accounts]\nbackends = ["https://other.example"]\n')
    refused = managed(*enrolment)
    assert (refused.status, refused.error["code"]) == (1, 60404)
    assert refused.error["message"] == "Your company doesn't allow accounts from this address."
    assert refused.error["hint"] == "Ask the IT desk."
    assert managed("accounts", "--json").json["accounts"] == []


def test_errors_name_whom_to_ask(
    managed: Managed, proxy: AlteringProxy, enrolment: tuple[str, ...]
) -> None:
    def another_type(answer: Answer) -> Answer:
        body = answer.json() | {"factorType": "totp"}
        return Answer(answer.status, answer.headers, json.dumps(body).encode())

    proxy.rules.append(Rule("POST", "/access-token", another_type))
    write(managed, 'support = "the IT desk"\n')
    refused = managed(*enrolment)
    assert refused.error["name"] == "not_push"
    assert refused.error["hint"] == "Tell the IT desk."
    assert "Tell the IT desk." in refused.err


def test_doctor_tells_whether_there_is_one(managed: Managed) -> None:
    found = checks(managed)["policy"]
    assert (found["ok"], found["detail"]) == (
        True,
        "Your company has set nothing on this computer.",
    )
    write(managed, "")
    assert checks(managed)["policy"]["detail"].endswith(f"in force: {managed.policy}")
    write(managed, "[")
    found = checks(managed)["policy"]
    assert not found["ok"]
    assert str(managed.policy) in found["detail"]


def test_doctor_tells_it_of_a_profile_that_does_not_open(managed: Managed) -> None:
    managed.profile.write_text("no folder", encoding="utf-8")
    write(managed, "[")
    found = checks(managed)
    assert (found["storage"]["ok"], found["policy"]["ok"]) == (False, False)


async def test_the_policy_s_proxy_beats_the_user_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "OsKeyStore", Keys)
    held = Policy(proxy=Proxy.MANUAL, proxy_url=NOBODY)
    monkeypatch.setattr(session, "read_policy", lambda: held)
    own = Settings(proxy=Proxy.MANUAL, proxy_url="http://127.0.0.1:2")
    await asyncio.to_thread(settings_file.write, tmp_path, own)
    async with session.open_device(tmp_path) as device:
        assert device.policy is held
        with pytest.raises(NetworkError) as caught:
            await device.http.send("GET", "https://api.example.test/v2")
    assert "127.0.0.1:1" in caught.value.message


def test_nothing_names_another_policy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = policy_file.policy_path()
    for name in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("COUNTERSIGN_POLICY", "COUNTERSIGN_PROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "policy.toml"))
    assert policy_file.policy_path() == before


def test_whom_to_ask_is_named_in_each_account_s_error_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = Output(json=True)
    output.support = "the IT desk"
    error = NetworkError("unreachable", "No answer.", "Tell whoever gave you this account.")
    view = AccountView(ACCOUNT, (), error=error)
    requests._show(Mock(), [view], output, None)
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["errors"][0]["hint"] == document["error"]["hint"] == "Tell the IT desk."
    assert "Tell the IT desk." in printed.err
