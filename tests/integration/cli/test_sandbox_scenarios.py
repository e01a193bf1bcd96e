"""The app against each scenario of the sandbox: it does what the scenario says that it should."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.client import SandboxClient
from countersign.testing.secret_service import PrivateSecretService
from tests.integration.cli.conftest import Cli
from tests.integration.cli.sandbox_process import started

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Stage:
    """One account at one sandbox, for all tests of this file."""

    cli: Cli
    ready: dict[str, str]
    client: SandboxClient
    keys: PrivateSecretService
    began: int = 0

    def enrolling(self, identity: str) -> tuple[str, ...]:
        """Give the words that enrol."""
        where = ("--backend", self.ready["backend_url"], "--identity", identity, "--json")
        return ("--api-url", self.ready["api_url"], "enroll", *where)

    def play(self, name: str) -> list[str]:
        """Play a scenario, and give the sids of what it sent."""
        return [challenge["sid"] for challenge in self.client.play(name)["challenges"]]

    def status(self, sid: str) -> str:
        """Give the service's word on a request."""
        return self.client.challenge(sid)["status"]

    def calls(self) -> list[tuple[str, int, str]]:
        """Give method, status and fault of what the app asked for in this test."""
        found = self.client.traffic(self.began)
        return [(c["method"], c["status"], c["fault"]) for c in found if c["caller"] == "device"]

    def posts(self) -> int:
        """Count the answers that were sent."""
        return sum(1 for method, _, _ in self.calls() if method == "POST")


@pytest.fixture(scope="module")
def kept_stage() -> Iterator[Stage]:
    """Enrol once: the tests leave the account as it is."""
    with (
        tempfile.TemporaryDirectory(prefix="cs-test-") as folder,
        PrivateSecretService() as keys,
        started("sandbox", "--port", "0", "--quiet") as sandbox,
        SandboxClient(sandbox.ready["control_url"], sandbox.ready["auth_token"]) as client,
    ):
        stage = Stage(Cli(Path(folder) / "profile", keys.environment), sandbox.ready, client, keys)
        result = stage.cli(*stage.enrolling("test-user-1"))
        assert result.status == 0, result.err
        yield stage


@pytest.fixture
def stage(kept_stage: Stage) -> Iterator[Stage]:
    """Give the account on a good day."""
    kept_stage.began = kept_stage.client.traffic(limit=1)[0]["number"]
    yield kept_stage
    kept_stage.client.play("good-day")
    kept_stage.client.reset()


def test_reply_lost_is_found_by_a_look_and_sent_once(stage: Stage) -> None:
    (sid,) = stage.play("reply-lost")
    result = stage.cli("approve", sid, "--json")
    assert (result.status, result.json["status"], stage.status(sid)) == (0, "approved", "approved")
    assert stage.calls() == [("GET", 200, ""), ("POST", 0, "drop-after"), ("GET", 200, "")]


@pytest.mark.parametrize("name", ["answer-lost", "answer-refused"])
def test_an_answer_that_did_not_arrive_can_be_given_again(stage: Stage, name: str) -> None:
    (sid,) = stage.play(name)
    result = stage.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, "not_arrived")
    assert (stage.posts(), stage.status(sid)) == (1, "pending")
    assert stage.cli("approve", sid, "--json").status == 0
    assert (stage.posts(), stage.status(sid)) == (2, "approved")


def test_copied_key_is_an_alarm(stage: Stage) -> None:
    (sid,) = stage.play("copied-key")
    result = stage.cli("deny", sid, "--json")
    assert (result.status, result.error["code"], result.error["name"]) == (
        1,
        60322,
        "answered_elsewhere",
    )
    assert "someone may have a copy of your key" in result.err


def test_changed_after_shown_is_told_and_nothing_is_signed_again(stage: Stage) -> None:
    (sid,) = stage.play("changed-after-shown")
    result = stage.cli("approve", sid, "--json")
    assert (result.status, result.error["code"], result.error["name"]) == (1, 60324, "changed")
    assert (stage.posts(), stage.status(sid)) == (1, "pending")
    assert "(changed)" in stage.cli("show", sid).out
    assert stage.cli("approve", sid, "--json").status == 0


def test_no_signature_fields_is_shown_and_cannot_be_answered(stage: Stage) -> None:
    (sid,) = stage.play("no-signature-fields")
    assert stage.cli("show", sid).status == 0
    assert stage.cli("approve", sid, "--json").error["name"] == "no_signature_fields"
    assert (stage.posts(), stage.status(sid)) == (0, "pending")


def test_expired_in_5s_is_refused_without_an_answer(stage: Stage) -> None:
    (sid,) = stage.play("expired-in-5s")
    stage.client.move_clock(6)
    result = stage.cli("approve", sid, "--json")
    assert (result.error["code"], result.error["name"]) == (60323, "expired")
    assert stage.posts() == 0


@pytest.mark.parametrize(
    ("name", "way", "statuses"),
    [
        # A token lives as long as that, and a minute more.
        ("clock-10-min-slow", "slow", [200, 200]),
        ("clock-10-min-fast", "fast", [401, 200, 200]),
    ],
)
def test_a_wrong_clock_is_corrected_and_told(
    stage: Stage, name: str, way: str, statuses: list[int]
) -> None:
    (sid,) = stage.play(name)
    result = stage.cli("approve", sid, "--json")
    assert (result.status, stage.status(sid)) == (0, "approved")
    assert f"clock is 10 min {way}" in result.err
    assert [status for _, status, _ in stage.calls()] == statuses


def test_rate_limited_is_told_with_how_long_to_wait(stage: Stage) -> None:
    (sid,) = stage.play("rate-limited")
    for asked in (1, 2):
        result = stage.cli("inbox", "--json")
        assert (result.status, result.error["name"]) == (1, "too_many_requests")
        assert result.error["hint"] == "Try again in 3 s."
        assert len(stage.calls()) == asked, "one request a command: none goes out before its time"
    (shown,) = stage.cli("inbox", "--json").json["challenges"]
    assert shown["sid"] == sid


@pytest.mark.parametrize(
    ("name", "error", "requests"),
    [
        ("offline", "answer_lost", 1),
        ("out-of-order", "busy", 1),
        ("unauthorized", "not_authorized", 2),
        ("malformed", "bad_answer", 1),
        ("truncated", "answer_lost", 1),
    ],
)
def test_trouble_is_told_and_removes_nothing(
    stage: Stage, name: str, error: str, requests: int
) -> None:
    stage.play(name)
    result = stage.cli("inbox", "--json")
    assert (result.status, result.error["name"]) == (1, error)
    assert result.json["challenges"] == []
    assert len(stage.calls()) == requests
    assert len(stage.cli("accounts", "--json").json["accounts"]) == 1
    stage.client.play("good-day")
    assert stage.cli("inbox", "--json").status == 0


def test_flaky_loses_no_request(stage: Stage) -> None:
    (sid,) = stage.play("flaky")
    results = [stage.cli("inbox", "--json") for _ in range(3)]
    assert [result.status for result in results] == [0, 1, 0]
    assert [[c["sid"] for c in r.json["challenges"]] for r in results] == [[sid], [], [sid]]


def test_a_slow_answer_is_waited_for_and_sent_once(stage: Stage) -> None:
    (sid,) = stage.play("sign-in")
    stage.client.fault("latency", seconds=1, method="POST")
    assert stage.cli("approve", sid, "--json").json["status"] == "approved"
    assert stage.calls() == [("GET", 200, ""), ("POST", 200, "latency")]


def test_an_access_token_that_ran_out_leaves_nothing_behind(stage: Stage) -> None:
    stage.play("expired-token")
    keys = len(stage.keys.items())
    other = Cli(stage.cli.profile.with_name("other"), stage.cli.environment)
    words = stage.enrolling("test-user-2")
    result = other(*words)
    assert (result.status, result.error["code"], result.error["name"]) == (
        1,
        60313,
        "token_expired",
    )
    assert other("accounts", "--json").json == {"accounts": []}
    assert len(stage.keys.items()) == keys
    account = other(*words).json
    assert account["status"] == "verified"
    assert other("remove", account["sid"]).status == 0


@pytest.mark.parametrize(("name", "count"), [("burst", 8), ("ten-pending", 10)])
def test_many_are_all_shown_newest_first(stage: Stage, name: str, count: int) -> None:
    sids = stage.play(name)
    shown = [each["sid"] for each in stage.cli("inbox", "--json").json["challenges"]]
    assert len(shown) == count
    assert shown == sids[::-1]


def test_of_a_thousand_the_newest_come_with_one_request(stage: Stage) -> None:
    sids = stage.play("thousand-pending")
    shown = stage.cli("inbox", "--limit", "5", "--json").json["challenges"]
    assert [each["sid"] for each in shown] == sids[:-6:-1]
    assert len(stage.calls()) == 1
    assert len(stage.cli("inbox", "--json").json["challenges"]) == 1_000


def test_one_of_each_are_told_apart(stage: Stage) -> None:
    stage.play("one-of-each")
    for status, count in {"pending": 6, "approved": 1, "denied": 1, "expired": 1}.items():
        found = stage.cli("inbox", "--status", status, "--json").json["challenges"]
        assert [each["status"] for each in found] == [status] * count


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        ("html", '<b>Sign in</b> to <a href="https://evil.example/">'),
        ("right-to-left", "invoice⟨U+202E⟩fdp.exe"),
        ("hostile-text", "⟨U+202E⟩gnikab⟨U+202C⟩"),
        ("twenty-fields", "Line 20: Value 20"),
        ("long-message", "m" * 200),
    ],
)
def test_whatever_is_asked_is_shown_as_it_is(stage: Stage, name: str, visible: str) -> None:
    (sid,) = stage.play(name)
    assert visible in stage.cli("show", sid).out
    assert stage.cli("approve", sid, "--json").status == 0
