"""PostgreSQL: one database for several sandboxes, and an address that nobody gets to see.

With --full all tests that use `world` run on it, too.
"""

from __future__ import annotations

import contextlib
import traceback
from functools import partial
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.errors import SandboxError
from countersign.sandbox.serve import run, running
from countersign.sandbox.store import Store
from tests.sandbox.processes import started
from tests.sandbox.world import Device, Key, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import httpx

    from tests.sandbox.postgres import Server

    Together = Callable[[Sequence[Callable[[], httpx.Response]]], list[httpx.Response]]

SECRET = "s3cret-password"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (f"mysql://me:{SECRET}@127.0.0.1/sandbox", "must be PostgreSQL or SQLite"),
        (f"postgresql://me:{SECRET}@127.0.0.1:port/sandbox", "no valid URL"),
        (f"{SECRET}", "no valid URL"),
        (f"postgresql://me:{SECRET}@127.0.0.1:1/sandbox", "can't be opened"),
        (f"postgres://me:{SECRET}@127.0.0.1:1/sandbox?nonsense={SECRET}", "can't be opened"),
    ],
)
def test_an_unusable_address_is_a_sentence_without_its_password(
    url: str, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SandboxError, match=sentence) as caught:
        Store(url)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert run(database_url=url) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert sentence in err
    assert SECRET not in err


@pytest.mark.full
def test_a_wrong_password_is_a_sentence_without_either(postgres: Server) -> None:
    url = postgres.url("postgres").replace(postgres.password, SECRET)
    with started(url=url) as process:
        status, out, err = process.ended()
    assert (status, out) == (1, "")
    assert err == "The sandbox's database can't be opened.\n"


@pytest.mark.full
def test_a_restart_finds_everything(postgres: Server) -> None:
    with postgres.database() as url:
        with running(database_url=url) as sandbox, World.over(sandbox) as world:
            device = world.device()
            pending = world.pending(device)
            before = sandbox.line()
            assert postgres.password not in repr(sandbox) + repr(sandbox.sandbox) + before
        with running(database_url=url) as sandbox, World.over(sandbox) as world:
            again = Device(world, device.factor, device.key)
            assert sandbox.auth_token in before
            assert again.answer(pending).status_code == 200


@pytest.fixture
def pair(postgres: Server) -> Iterator[tuple[World, World]]:
    """Start two sandboxes at the same moment over one empty database."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(postgres.database())
        both = [stack.enter_context(started(url=url)) for _ in range(2)]
        one, two = (stack.enter_context(World.over(process.ready())) for process in both)
        yield one, two


@pytest.mark.full
def test_two_sandboxes_make_one_account_and_one_service(pair: tuple[World, World]) -> None:
    one, two = (world.ready for world in pair)
    assert one.api_url != two.api_url
    assert (one.account_sid, one.auth_token) == (two.account_sid, two.auth_token)
    assert one.service_sid == two.service_sid


@pytest.mark.full
def test_of_answers_through_two_sandboxes_exactly_one_wins(
    pair: tuple[World, World], together: Together
) -> None:
    one, two = pair
    for _ in range(5):
        here = one.device()
        there = Device(two, here.factor, here.key)
        sid = one.pending(here)
        fetched = there.fetch(sid)
        calls = [
            partial(device.post, sid, device.signed(fetched, status))
            for device in (here, there)
            for status in ("approved", "denied")
        ] * 2
        results = together(calls)
        codes = sorted(result.json().get("code", 0) for result in results)
        assert codes == [0] + [60322] * 7
        won = next(result.json() for result in results if result.is_success)
        assert here.fetch(sid).json()["status"] == won["status"]
        assert there.fetch(sid).json()["date_responded"] == won["date_responded"]


@pytest.mark.full
def test_what_is_unique_is_so_through_two_sandboxes(
    pair: tuple[World, World], together: Together
) -> None:
    one, two = pair
    for number in range(5):
        identity, key = f"identity-{number}", Key()
        created = together(
            [
                partial(world.company, "POST", "/Entities", data={"Identity": identity})
                for world in pair
            ]
        )
        assert sorted(each.status_code for each in created) == [201, 409]
        tokens = [one.access_token(identity) for _ in pair]
        enrolled = together(
            [
                partial(world.create_factor, identity, key, token)
                for world, token in zip(pair, tokens, strict=True)
            ]
        )
        assert sorted(each.json().get("code", 0) for each in enrolled) == [0, 60317]
        token = two.access_token(identity)
        enrolled = together(
            [partial(world.create_factor, identity, Key(), token) for world in pair]
        )
        assert sorted(each.json().get("code", 0) for each in enrolled) == [0, 60313]


@pytest.mark.full
def test_the_limit_of_factors_holds_through_two_sandboxes(
    pair: tuple[World, World], together: Together
) -> None:
    one, _ = pair
    tokens = [one.access_token("one-with-many") for _ in range(24)]
    calls = [
        partial(pair[number % 2].create_factor, "one-with-many", Key(), token)
        for number, token in enumerate(tokens)
    ]
    codes = [each.json().get("code", 0) for each in together(calls)]
    assert sorted(codes) == [0] * 20 + [60315] * 4
