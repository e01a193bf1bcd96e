"""Real processes on one profile: together they answer once, and one cleans up after another."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from countersign.push.values import ChallengeStatus
from tests.contract.reference_server import Hang

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from countersign.device.records import Account
    from tests.contract.reference_server import ReferenceServer
    from tests.integration.device.device_support import Computer

pytestmark = pytest.mark.anyio

ANSWER = "POST */Challenges/*"
ROOT = Path(__file__).parents[3]
MODULE = "tests.integration.device.answerer"


@dataclass(frozen=True)
class Answerer:
    """Another process of the app, at work on one request."""

    process: asyncio.subprocess.Process

    async def says(self) -> str:
        """Return the next word that it prints."""
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().strip()

    def go(self) -> None:
        """Let it answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"go\n")

    async def die(self) -> None:
        """End it without a goodbye."""
        self.process.kill()
        await self.process.communicate()


@asynccontextmanager
async def answerer(
    computer: Computer, account: Account, sid: str, *words: str
) -> AsyncIterator[Answerer]:
    """Start a process that opens a request and waits for `go`."""
    key = computer.keys._keys[account.key_id]
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    arguments = [str(computer.folder), sid, pem, *words]
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", MODULE, *arguments],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    started = Answerer(process)
    try:
        assert await started.says() == "ready"
        yield started
    finally:
        if process.returncode is None:
            await started.die()


def answers(server: ReferenceServer) -> int:
    """Count the answers that reached the service."""
    return sum(one.method == "POST" and "/Challenges/" in one.path for one in server.requests)


@pytest.fixture
async def account(computer: Computer, server: ReferenceServer) -> Account:
    """Enrol."""
    return await computer.enrol(server.backend_url)


async def test_two_processes_that_answer_at_once_send_one_answer(
    computer: Computer, server: ReferenceServer, account: Account
) -> None:
    sid = server.add_challenge(account.sid)
    async with answerer(computer, account, sid) as one, answerer(computer, account, sid) as two:
        one.go()
        two.go()
        words = {await one.says(), await two.says()}
    assert len(words) == 2
    assert words < {"approved", "being_answered", "already_answered"}
    assert "approved" in words
    assert answers(server) == 1
    assert len(await computer.log.all()) == 1


async def test_what_another_process_is_about_is_left_alone_until_it_is_killed(
    computer: Computer, server: ReferenceServer, account: Account
) -> None:
    sid = server.add_challenge(account.sid)
    fault = server.fault(ANSWER, Hang(take=True))
    async with answerer(computer, account, sid) as other:
        other.go()
        await asyncio.to_thread(fault.reached.wait)
        assert await computer.decisions.settle() == []
        await other.die()
        (settled,) = await computer.decisions.settle()
    assert settled.server_status is ChallengeStatus.APPROVED
    assert answers(server) == 1


async def test_an_answer_that_a_killed_process_never_sent_did_not_arrive(
    computer: Computer, server: ReferenceServer, account: Account
) -> None:
    sid = server.add_challenge(account.sid)
    async with answerer(computer, account, sid, "stuck") as other:
        other.go()
        assert await other.says() == "stuck"
        assert len(await computer.log.find(sid)) == 1  # written down before it is sent
        assert await computer.decisions.settle() == []
        await other.die()
        (settled,) = await computer.decisions.settle()
    assert (settled.server_status, settled.error) == (None, "not_arrived")
    assert answers(server) == 0
