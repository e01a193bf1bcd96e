"""A service that gives 25 requests a page at most, as Twilio's page on error 60373 has it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from countersign.device.inbox import PAGE_SIZE, look
from countersign.device.paging import Backlog
from countersign.device.watch import Watch
from countersign.push.http import Http
from countersign.push.values import ChallengeStatus
from countersign.sandbox import serve
from countersign.sandbox.state import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.push.http import Reply
    from tests.integration.device.device_support import Computer

pytestmark = pytest.mark.anyio

PENDING = ChallengeStatus.PENDING


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    """Run a strict sandbox."""
    with serve.running(settings=Settings(max_page_size=25)) as running:
        yield running


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the size of each page that is asked for."""
    asked: list[str] = []
    send = Http.send

    class Recorded(Http):
        @override
        async def send(self, method: str, url: str, **more: Any) -> Reply:
            asked.extend(re.findall(r"PageSize=(\d+)", url))
            return await send(self, method, url, **more)

    monkeypatch.setattr(Http, "send", Recorded.send)
    return asked


def ask(sandbox: serve.Running, factor_sid: str, count: int) -> None:
    for number in range(count):
        sandbox.client.create_challenge(factor_sid, message=f"Request {number}")


async def test_all_that_waits_is_seen_and_the_size_is_learnt_once(
    computer: Computer, sandbox: serve.Running, sizes: list[str]
) -> None:
    first = await computer.enrol(sandbox.backend_url, "first-of-two")
    second = await computer.enrol(sandbox.backend_url, "second-of-two")
    await asyncio.to_thread(ask, sandbox, first.sid, 60)
    (view,) = await look(computer.device, [first], PENDING, PAGE_SIZE)
    assert (view.error, len(view.requests)) == (None, 60)
    assert sizes == ["100", "25", "25", "25"]
    (view,) = await look(computer.device, [second], PENDING, PAGE_SIZE)
    assert view.error is None
    assert sizes[4:] == ["25"]  # at the same service


async def test_what_lies_behind_a_poll_is_fetched_too(
    computer: Computer, sandbox: serve.Running
) -> None:
    account = await computer.enrol(sandbox.backend_url)
    await asyncio.to_thread(ask, sandbox, account.sid, 130)
    (view,) = await look(computer.device, [account], PENDING, PAGE_SIZE)
    watch = Watch(account, view, checked_at=1.0)
    assert (watch.pending, watch.complete) == (100, False)
    backlog = Backlog(computer.device)
    backlog.follow([watch])
    while backlog.extent([account.sid]).more:
        await backlog.load([account.sid])
        assert backlog.extent([account.sid]).error is None
    assert len(backlog.requests()) == 130
