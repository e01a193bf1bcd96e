"""Silent approval before the real sandbox: the companies' side sees what it should, and no more."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from countersign.device.records import Mode
from countersign.device.silent.approval import SilentApproval
from countersign.device.silent.arming import Ended
from countersign.device.silent.events import Origin, SilentApproved, SilentEnded
from countersign.device.silent.period import FieldIs, Terms
from countersign.sandbox import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from countersign.device.records import Account
    from countersign.device.silent.events import SilentEvent
    from countersign.sandbox.client_types import ChallengeJson
    from tests.integration.device.device_support import Computer

pytestmark = pytest.mark.anyio

TEMPLATE = "http://127.0.0.1:1/sign-in?id={transaction}"
QUICK = 0.01


class Ears:
    """Hears of what happens, and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard: list[SilentEvent] = []
        self._news = asyncio.Event()

    def __call__(self, event: SilentEvent) -> None:
        """Hear."""
        self.heard.append(event)
        self._news.set()

    async def until(self, happened: Callable[[list[SilentEvent]], bool]) -> None:
        """Wait for what a test expects."""
        async with asyncio.timeout(60):
            while not happened(self.heard):
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    """Run a sandbox."""
    with serve.running() as running:
        yield running


@pytest.fixture
async def account(computer: Computer, sandbox: serve.Running) -> Account:
    """Enrol."""
    return await computer.enrol(sandbox.backend_url)


def silent_approval(computer: Computer, ears: Ears) -> SilentApproval:
    """Return silent approval whose looks follow each other quickly."""
    return SilentApproval(
        computer.device,
        computer.decisions,
        lambda _account, _mode: None,
        ears,
        pause=lambda _seconds: asyncio.sleep(QUICK),
    )


@asynccontextmanager
async def running(silent: SilentApproval) -> AsyncIterator[SilentApproval]:
    """Run it until the block is left."""
    task = asyncio.create_task(silent.run())
    try:
        yield silent
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def send(sandbox: serve.Running, account: Account, **hidden: str) -> ChallengeJson:
    """Let the company ask."""
    return await asyncio.to_thread(
        sandbox.client.create_challenge,
        account.sid,
        fields=[{"label": "App", "value": hidden.pop("app", "VPN")}],
        hidden_details=hidden,
    )


async def status(sandbox: serve.Running, sent: ChallengeJson) -> str:
    """Return what the sandbox says of a request."""
    return (await asyncio.to_thread(sandbox.client.challenge, sent["sid"]))["status"]


async def test_the_sign_in_that_was_started_here_and_no_other(
    computer: Computer, sandbox: serve.Running, account: Account
) -> None:
    ears = Ears()
    async with running(silent_approval(computer, ears)) as silent:
        other = await send(sandbox, account, transaction="0" * 32)
        address = silent.sign_in(account, TEMPLATE, Origin.CLICK)
        (transaction,) = parse_qs(urlsplit(address).query)["id"]
        sent = await send(sandbox, account, transaction=transaction)
        await ears.until(lambda heard: isinstance(heard[-1], SilentEnded))
        again = await send(sandbox, account, transaction=transaction)
    assert [await status(sandbox, one) for one in (sent, other, again)] == [
        "approved",
        "pending",
        "pending",
    ]
    (decision,) = await computer.log.all()
    assert (decision.challenge_sid, decision.mode) == (sent["sid"], Mode.SILENT_SIGN_IN)


async def test_two_with_the_same_id_are_both_left_alone(
    computer: Computer, sandbox: serve.Running, account: Account
) -> None:
    ears = Ears()
    silent = silent_approval(computer, ears)
    address = silent.sign_in(account, TEMPLATE, Origin.CLICK)
    (transaction,) = parse_qs(urlsplit(address).query)["id"]
    sent = [await send(sandbox, account, transaction=transaction) for _ in range(2)]
    async with running(silent):  # from now on it looks
        await ears.until(lambda heard: isinstance(heard[-1], SilentEnded))
    assert [await status(sandbox, one) for one in sent] == ["pending", "pending"]
    assert await computer.log.all() == []
    (ended,) = [event for event in ears.heard if isinstance(event, SilentEnded)]
    assert ended.reason is Ended.SAME_ID


async def test_everything_for_a_while_that_has_the_field(
    computer: Computer, sandbox: serve.Running, account: Account
) -> None:
    ears = Ears()
    terms = Terms(300, 1, FieldIs("App", "VPN"))
    async with running(silent_approval(computer, ears)) as silent:
        before = await send(sandbox, account)
        await silent.everything(account, terms, Origin.CLICK)
        await asyncio.to_thread(sandbox.client.move_clock, 2.0)  # a later second of its clock
        wrong = await send(sandbox, account, app="Payroll")
        sent = await send(sandbox, account)
        await ears.until(lambda heard: isinstance(heard[-1], SilentEnded))
    assert [await status(sandbox, one) for one in (before, wrong, sent)] == [
        "pending",
        "pending",
        "approved",
    ]
    assert [one.mode for one in ears.heard if isinstance(one, SilentApproved)] == [
        Mode.SILENT_WINDOW
    ]
