"""The app is killed before each of its effects in turn, and started again.

Which effects there are is found by a run that is let through, not listed here: the loop over a
flow ends when a run was long enough to come to its end.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.integration.cli.conftest import Cli
    from tests.integration.crash.conftest import Ground

pytestmark = pytest.mark.timeout(900)
MANY = 200


def enrolled(ground: Ground) -> tuple[Cli, str]:
    """Return a profile with an account, and its sid."""
    cli = ground.profile()
    result = cli(*_enroll(ground), "--json")
    assert result.status == 0, result.err
    return cli, str(result.json["sid"])


def _enroll(ground: Ground) -> tuple[str, ...]:
    identity = f"user-{ground.profiles}"
    return ("enroll", "--backend", ground.sandbox.backend_url, "--identity", identity)


def kills(run: Callable[[int], list[str] | None]) -> Iterator[int]:
    """Yield after each kill, until a run comes to its end; fail where nothing was ever killed."""
    for at in range(MANY):
        effects = run(at)
        if effects is not None:
            assert len(effects) == at, "another way than the times before"
            assert at > 2, effects
            return
        yield at
    raise AssertionError("it never came to its end")


def stray_notes(cli: Cli) -> int:
    """Return how many keys are still noted as nobody's, seen by another reader."""
    with sqlite3.connect(cli.profile / "countersign.db") as connection:
        (count,) = connection.execute("SELECT count(*) FROM stray_keys").fetchone()
    connection.close()
    return int(count)


@pytest.mark.full
def test_adding_an_account_leaves_no_key_that_nobody_has_and_no_account_without_one(
    ground: Ground,
) -> None:
    cli = ground.profile()
    clients = ground.sandbox.client

    def run(at: int) -> list[str] | None:
        nonlocal cli
        cli = ground.profile()
        return ground.run(cli, *_enroll(ground), at=at)

    for at in kills(run):
        listed = cli("accounts", "--json")  # the next start tidies up
        assert listed.status == 0, listed.err
        accounts = listed.json["accounts"]
        assert len(ground.keys()) == len(accounts), at
        assert stray_notes(cli) == 0
        there = {factor["sid"] for factor in clients.factors()}
        assert {account["sid"] for account in accounts} <= there
        for account in accounts:
            if account["status"] != "verified":
                assert "Not finished" in cli("accounts").out, "the user is told"
                assert cli("enroll", "--resume", account["sid"]).status == 0
            cli("remove", account["sid"])
        assert not ground.keys()
        clients.reset(everything=False)


@pytest.mark.full
@pytest.mark.parametrize("answer", ["approve", "deny"])
def test_an_answer_is_sent_once_and_known_to_the_history(ground: Ground, answer: str) -> None:
    cli, factor = enrolled(ground)
    client = ground.sandbox.client
    sid, before = "", 0

    def run(at: int) -> list[str] | None:
        nonlocal sid, before
        sid = str(client.create_challenge(factor, message="Sign in?")["sid"])
        before = max((one["number"] for one in client.traffic()), default=0)
        return ground.run(cli, answer, sid, "--json", at=at)

    for at in kills(run):
        again = cli("inbox", "--json")  # the next start asks what became of it
        assert again.status == 0, again.err
        posts = _answers(ground, sid, before)
        status = client.challenge(sid)["status"]
        assert posts <= 1, (at, "sent twice")
        known = [one for one in _history(cli) if one["challenge_sid"] == sid]
        if status != "pending":
            (decision,) = known
            assert decision["server_status"] == status, at
            assert decision["error"] is None
        else:
            assert all(one["error"] is not None for one in known), (at, "open for ever")
            waiting = [one["sid"] for one in again.json["challenges"]]
            assert sid in waiting, "nothing was lost: it can be answered now"
            assert cli(answer, sid, "--json").status == 0
            assert _answers(ground, sid, before) == posts + 1
        if known and posts:
            assert sid in again.err, "the user is told what became of it"


def _answers(ground: Ground, sid: str, after: int) -> int:
    """Count the answers to a request that reached the service."""
    seen = ground.sandbox.client.traffic(after)
    return sum(one["method"] == "POST" and one["path"].endswith(sid) for one in seen)


def _history(cli: Cli) -> list[dict[str, object]]:
    decisions: list[dict[str, object]] = cli("history", "--json").json["decisions"]
    return decisions


@pytest.mark.full
def test_a_new_name_is_one_of_the_two_and_never_none(ground: Ground) -> None:
    cli, factor = enrolled(ground)
    name = ""

    def run(at: int) -> list[str] | None:
        nonlocal name
        name = f"Desk {at}"
        return ground.run(cli, "rename", factor, name, at=at)

    for _ in kills(run):
        (account,) = cli("accounts", "--json").json["accounts"]
        assert account["friendly_name"]
        assert len(ground.keys()) == 1
        assert cli("rename", factor, name, "--json").json["friendly_name"] == name
        (there,) = [one for one in ground.sandbox.client.factors() if one["sid"] == factor]
        assert there["friendly_name"] == name


@pytest.mark.full
def test_removing_leaves_a_whole_account_or_none(ground: Ground) -> None:
    cli, factor = enrolled(ground)

    def run(at: int) -> list[str] | None:
        nonlocal cli, factor
        cli, factor = enrolled(ground)
        return ground.run(cli, "remove", factor, at=at)

    cli("remove", factor)
    for at in kills(run):
        accounts = cli("accounts", "--json").json["accounts"]
        assert len(ground.keys()) == len(accounts), at
        assert stray_notes(cli) == 0
        for account in accounts:
            assert cli("remove", account["sid"]).status == 0, "it can be done again"
        assert not ground.keys()
        there = {one["sid"] for one in ground.sandbox.client.factors()}
        assert factor not in there
