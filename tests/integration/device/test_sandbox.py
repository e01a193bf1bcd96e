"""The device before the sandbox: what QA sees there is what the device says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device import accounts
from countersign.device.decisions import Answer
from countersign.device.errors import DecisionError
from countersign.push.errors import NetworkError
from countersign.push.values import ChallengeStatus
from countersign.sandbox import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from tests.integration.device.device_support import Computer

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)


@pytest.fixture
def sandbox() -> Iterator[serve.Running]:
    """Run a sandbox."""
    with serve.running() as running:
        yield running


@pytest.fixture
async def account(computer: Computer, sandbox: serve.Running) -> Account:
    """Enrol."""
    return await computer.enrol(sandbox.backend_url)


@pytest.fixture
async def opened(computer: Computer, sandbox: serve.Running, account: Account) -> Request:
    """Open a request."""
    sent = await asyncio.to_thread(sandbox.client.create_challenge, account.sid)
    return await computer.open(sent["sid"])


async def status(sandbox: serve.Running, opened: Request) -> str:
    """Return what the sandbox says of a request."""
    return (await asyncio.to_thread(sandbox.client.challenge, opened.challenge.sid))["status"]


@pytest.mark.parametrize("word", ["approved", "denied"])
async def test_an_answer_is_the_same_on_both_sides(
    computer: Computer, sandbox: serve.Running, opened: Request, word: str
) -> None:
    answered = await computer.decisions.answer(opened, Answer(ChallengeStatus(word)))
    assert (answered.decision.server_status, await status(sandbox, opened)) == (word, word)


async def test_the_mark_of_a_suspicious_request_arrives(
    computer: Computer, sandbox: serve.Running, opened: Request
) -> None:
    await computer.decisions.answer(opened, Answer(ChallengeStatus.DENIED, suspicious=True))
    seen = await asyncio.to_thread(sandbox.client.challenge, opened.challenge.sid)
    assert seen["metadata"] == {"reason": "suspicious"}


async def metadata(sandbox: serve.Running, opened: Request) -> object:
    """Return the note that the sandbox has of a request."""
    return (await asyncio.to_thread(sandbox.client.challenge, opened.challenge.sid))["metadata"]


async def test_a_mark_that_comes_after_the_denial_arrives_too_and_once(
    computer: Computer, sandbox: serve.Running, opened: Request
) -> None:
    sid = opened.challenge.sid
    await computer.decisions.answer(opened, Answer(ChallengeStatus.DENIED))
    marked = await computer.decisions.mark_suspicious(opened.account.sid, sid)
    assert marked.told
    assert marked.challenge is not None
    assert marked.challenge.status is ChallengeStatus.DENIED
    assert await metadata(sandbox, opened) == {"reason": "suspicious"}
    assert await status(sandbox, opened) == "denied"
    [decision] = await computer.log.find(sid)
    assert decision.suspicious
    updated = await asyncio.to_thread(sandbox.client.challenge, sid)
    again = await computer.decisions.mark_suspicious(opened.account.sid, sid)
    assert again.before
    assert await asyncio.to_thread(sandbox.client.challenge, sid) == updated


async def test_history_has_a_mark_that_could_not_be_told(
    computer: Computer, sandbox: serve.Running, opened: Request
) -> None:
    await computer.decisions.answer(opened, Answer(ChallengeStatus.DENIED))
    away = replace(opened.account, api_url="http://127.0.0.1:9/v2")
    await computer.device.accounts.update(away)
    marked = await computer.decisions.mark_suspicious(away.sid, opened.challenge.sid)
    assert isinstance(marked.error, NetworkError)
    [decision] = await computer.log.find(opened.challenge.sid)
    assert decision.suspicious
    assert await metadata(sandbox, opened) is None


async def test_what_expired_there_is_expired_here(
    computer: Computer, sandbox: serve.Running, opened: Request
) -> None:
    await asyncio.to_thread(sandbox.client.move_clock, 600.0)
    with pytest.raises(DecisionError) as raised:
        await computer.decisions.answer(opened, APPROVE)
    assert raised.value.name == "expired"
    assert await status(sandbox, opened) == "expired"


async def test_a_removed_account_is_gone_there(
    computer: Computer, sandbox: serve.Running, account: Account
) -> None:
    await accounts.remove(computer.device, account)
    assert await asyncio.to_thread(sandbox.client.factors) == []
    assert len(computer.keys) == 0
