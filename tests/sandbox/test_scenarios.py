"""Scenarios: each sets up what its title says, at once or from the start on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.client import SandboxClientError
from countersign.sandbox.fault_kinds import FACTS
from countersign.sandbox.scenario_play import begin
from countersign.sandbox.scenarios import SCENARIOS

if TYPE_CHECKING:
    from tests.sandbox.world import Device, World


def test_all_are_listed_with_what_an_app_should_do(world: World) -> None:
    listed = world.sandbox.client.scenarios()
    assert [each["name"] for each in listed] == list(SCENARIOS)
    assert all(each["title"] and each["app_should"].endswith(".") for each in listed)


@pytest.mark.parametrize("name", [n for n in SCENARIOS if n != "thousand-pending"])
def test_each_does_what_it_says(world: World, device: Device, name: str) -> None:
    scenario = SCENARIOS[name]
    played = world.sandbox.client.play(name)
    challenges = played["challenges"]
    assert len(challenges) == (9 if scenario.samples else scenario.count * bool(scenario.ask))
    assert {each["factor_sid"] for each in challenges} <= {device.sid}
    assert [fault["kind"] for fault in played["faults"]] == [
        fault.kind.value for fault in scenario.faults
    ]
    assert played["clock"]["offset"] == (scenario.clock or 0)
    if not scenario.samples:
        states = {world.sandbox.client.challenge(each["sid"])["status"] for each in challenges}
        assert states <= {"pending"}


def test_a_thousand_are_a_thousand(world: World, device: Device) -> None:
    world.sandbox.client.play("thousand-pending")
    page = device.call("GET", "/Challenges?Status=pending&PageSize=1000").json()
    assert len(page["challenges"]) == 1_000
    assert page["meta"]["next_page_url"] is None
    newest, oldest = page["challenges"][-1]["sid"], page["challenges"][0]["sid"]
    assert {device.answer(sid).status_code for sid in (newest, oldest)} == {200}
    run = world.http.get(f"{world.base}/control/export?limit=1000").json()["challenges"]
    assert {each["events"][0]["kind"] for each in run} == {"sent"}


def test_a_good_day_ends_all(world: World, device: Device) -> None:
    world.sandbox.client.play("clock-10-min-slow")
    world.sandbox.client.play("offline")
    played = world.sandbox.client.play("good-day")
    assert (played["faults"], played["clock"]["offset"]) == ([], 0)
    assert device.call("GET", "/Challenges").status_code == 200


def test_it_can_be_played_many_times_and_for_one_account(world: World, device: Device) -> None:
    world.device()
    played = world.sandbox.client.play("burst", factor_sid=device.sid, count=3)
    assert len(played["challenges"]) == 24
    assert {each["factor_sid"] for each in played["challenges"]} == {device.sid}


def test_too_many_and_unknown_ones_are_refused(world: World, device: Device) -> None:
    with pytest.raises(SandboxClientError) as many:
        world.sandbox.client.play("thousand-pending", count=3)
    assert (many.value.status, many.value.code) == (400, 60306)
    with pytest.raises(SandboxClientError, match="copied-key") as unknown:
        world.sandbox.client.play("no such")
    assert unknown.value.status == 404
    assert device.call("GET", "/Challenges").json()["challenges"] == []


def test_without_an_account_nothing_happens(world: World) -> None:
    with pytest.raises(SandboxClientError, match="No account is ready yet"):
        world.sandbox.client.play("rate-limited")
    assert world.sandbox.client.faults() == []


def test_from_the_start_on_faults_come_first_and_requests_with_an_account(world: World) -> None:
    begin(world.sandbox.sandbox, world.base, "copied-key")
    assert [fault["kind"] for fault in world.sandbox.client.faults()] == ["copied-key"]
    unfinished = world.device(verified=False)
    assert world.sandbox.client.state()["challenges"] == []
    assert unfinished.verify().status_code == 200
    (sent,) = world.sandbox.client.state()["challenges"]
    assert sent["factor_sid"] == unfinished.sid
    world.device()
    assert len(world.sandbox.client.state()["challenges"]) == 1


def test_an_account_that_is_there_already_gets_them_at_once(world: World, device: Device) -> None:
    begin(world.sandbox.sandbox, world.base, "burst")
    listed = device.call("GET", "/Challenges").json()["challenges"]
    assert len(listed) == 8
    assert listed[0]["url"].startswith(world.base)


def test_the_manual_has_each_scenario_and_each_fault_in_these_words() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    for each in SCENARIOS.values():
        assert f"| `{each.name}` | {each.title} | {each.app_should} |" in manual
    for kind, facts in FACTS.items():
        assert f"| `{kind.value}` | {facts.title}" in manual
        assert f"| {facts.app_should} |" in manual
