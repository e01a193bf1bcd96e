"""`countersign sandbox` and `sandbox send`: found by the profile, or by the port."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.client import SandboxClient
from tests.integration.cli.conftest import Cli
from tests.integration.cli.sandbox_process import started

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plain_cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "profile")


def test_it_is_found_by_its_profile_and_leaves_no_file(plain_cli: Cli) -> None:
    file = plain_cli.profile / "sandbox" / "running.json"
    with started("--profile", str(plain_cli.profile), "sandbox", "--port", "0") as sandbox:
        assert json.loads(file.read_text()) == sandbox.ready
        assert file.stat().st_mode & 0o777 == 0o600
        document = plain_cli("sandbox", "send", "offline", "--json").json
        assert document["scenario"]["name"] == "offline"
        assert [fault["kind"] for fault in document["faults"]] == ["drop-before"]
        shown = plain_cli("sandbox", "send", "good-day")
        assert (shown.status, shown.out) == (0, "The app should: Recover by itself.\n")
        err = sandbox.end()
        assert not file.exists()
    assert [line.split(maxsplit=2)[1] for line in err.splitlines()] == ["201", "201"]
    assert "control  POST /control/scenarios/offline" in err


def test_it_is_found_by_its_port_without_a_token(plain_cli: Cli) -> None:
    with started("sandbox", "--port", "0", "--quiet") as sandbox:
        words = ("sandbox", "--port", sandbox.port, "send")
        missing = plain_cli(*words, "--json")
        assert (missing.status, missing.error["name"]) == (1, "no_account")
        assert sandbox.ready["backend_url"] in missing.error["hint"]
        unknown = plain_cli(*words, "nonsense", "--json")
        assert (unknown.status, unknown.error["name"]) == (1, "no_such_scenario")
        assert "reply-lost" in unknown.error["hint"]
        assert plain_cli(*words, "rate-limited", "--count", "0").status == 2
        assert sandbox.end() == ""


def test_where_none_runs_it_says_how_to_start_one(plain_cli: Cli) -> None:
    with started("sandbox", "--port", "0", "--quiet") as sandbox:
        port = sandbox.port
        sandbox.end()
    result = plain_cli("sandbox", "--port", port, "send", "--json")
    assert (result.status, result.error["name"]) == (1, "no_sandbox_runs")
    assert "countersign sandbox" in result.error["hint"]


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        "[]",
        '{"control_url": "http://evil.example:80/control", "auth_token": "abc"}',
        '{"control_url": "http://127.0.0.1:x/control", "auth_token": "abc"}',
        '{"control_url": "http://127.0.0.1:99/control", "auth_token": "a\\nb"}',
    ],
)
def test_a_file_that_makes_no_sense_is_passed_over(plain_cli: Cli, content: str) -> None:
    with started("sandbox", "--port", "0", "--quiet") as sandbox:
        (plain_cli.profile / "sandbox").mkdir(parents=True)
        (plain_cli.profile / "sandbox" / "running.json").write_text(content)
        assert plain_cli("sandbox", "--port", sandbox.port, "send", "slow").status == 0


def test_it_starts_with_a_scenario(plain_cli: Cli) -> None:
    words = ("sandbox", "--port", "0", "--quiet", "--scenario", "rate-limited")
    with started(*words) as sandbox:
        address, token = sandbox.ready["control_url"], sandbox.ready["auth_token"]
        with SandboxClient(address, token) as client:
            assert [fault["words"] for fault in client.faults()] == ["429 for the next 2"]
    wrong = plain_cli("sandbox", "--port", "0", "--scenario", "nonsense")
    assert (wrong.status, wrong.out) == (1, "")
    assert "There is no such scenario; there are: sign-in" in wrong.err
