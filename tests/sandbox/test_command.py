"""What whoever runs `countersign sandbox` may choose by its flags."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from countersign.cli.parser import parse
from countersign.cli.sandbox import chosen_settings
from countersign.sandbox import deliveries_sending
from countersign.sandbox.client import SandboxClient
from countersign.sandbox.serve import Ready, running
from countersign.sandbox.state import Settings
from tests.integration.cli.sandbox_process import started
from tests.sandbox.receiver import done, hook
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from countersign.sandbox.deliveries import Job

    Refused = Callable[[httpx.Response, int, int], None]

QUIET = ("sandbox", "--port", "0", "--quiet")


def test_unverified_factors_are_forgotten_when_it_is_told_to(refused: Refused) -> None:
    with (
        started(*QUIET, "--forget-after", "600") as command,
        World.over(Ready(**command.ready)) as world,
        SandboxClient(world.ready.control_url, world.ready.auth_token) as client,
    ):
        verified, unverified = world.device("somebody-1"), world.device(verified=False)
        assert len(client.factors()) == 2
        client.move_clock(595)
        assert len(client.factors()) == 2
        client.move_clock(700)
        assert [each["sid"] for each in client.factors()] == [verified.sid]
        refused(unverified.verify(), 401, 20003)


@pytest.mark.parametrize("flags", [(), ("--webhooks-anywhere",)])
def test_webhooks_leave_the_computer_only_when_it_is_told_to(
    flags: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    async def post(_http: httpx.AsyncClient, job: Job) -> tuple[int, str]:
        sent.append(job.url)
        return 200, ""

    monkeypatch.setattr(deliveries_sending, "_post", post)
    settings = Settings(**chosen_settings(parse([*QUIET, *flags])))
    with running(settings=settings) as sandbox, World.over(sandbox) as world:
        hook(world, "https://hooks.example/", "factor.verified")
        world.device()
        (delivery,) = done(sandbox)
    assert delivery["state"] == ("delivered" if flags else "failed")
    assert len(sent) == len(flags)


def test_pages_may_be_as_small_as_twilios_error_page_says(refused: Refused) -> None:
    with (
        started(*QUIET, "--max-page-size", "25") as command,
        World.over(Ready(**command.ready)) as world,
    ):
        device = world.device()
        for _ in range(26):
            world.pending(device)
        refused(device.call("GET", "/Challenges", params={"PageSize": "26"}), 400, 60373)
        for size in ({}, {"PageSize": "25"}):
            page = device.call("GET", "/Challenges", params=size).json()
            assert (len(page["challenges"]), page["meta"]["page_size"]) == (25, 25)
            assert page["meta"]["next_page_url"]


@pytest.mark.parametrize("sandbox_settings", [Settings(max_page_size=10)])
def test_a_small_page_goes_on_to_the_end(world: World) -> None:
    device = world.device()
    made = [world.pending(device) for _ in range(21)]
    page = device.call("GET", "/Challenges").json()
    found = page["challenges"]
    while page["meta"]["next_page_url"]:
        page = world.company("GET", page["meta"]["next_page_url"]).json()
        found += page["challenges"]
    assert [item["sid"] for item in found] == made


@pytest.mark.parametrize(
    "words",
    [
        ("--forget-after", "0"),
        ("--forget-after", "86401"),
        ("--forget-after", "1e3"),
        ("--forget-after", "9" * 5_000),
        ("--forget-after", "-1"),
        ("--forget-after", "٣"),
        ("--max-page-size", "0"),
        ("--max-page-size", "1001"),
        ("--port", "65536"),
        ("send", "--count", "101"),
    ],
)
def test_a_number_out_of_range_is_wrong_usage(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "countersign", "sandbox", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own program
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "not a " in ended.stderr or "expected one argument" in ended.stderr
