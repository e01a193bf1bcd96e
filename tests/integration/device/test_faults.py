"""Every flow meets every fault of the sandbox: what the user is told, and that nothing is lost.

docs/faults.md is written from what comes out; `pytest --full --write-docs` writes it anew.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from countersign.device import accounts
from countersign.device.decisions import Answer
from countersign.device.enrolment import UnfinishedError, finish
from countersign.device.inbox import look
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus
from countersign.sandbox.client import SandboxClient
from countersign.sandbox.fault_kinds import FACTS
from countersign.testing.keys import MemoryKeyStore
from tests.integration.cli.sandbox_process import started
from tests.integration.device.device_support import running

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from countersign.device.records import Account
    from countersign.sandbox.fault_kinds import Kind
    from tests.integration.device.device_support import Computer

pytestmark = [pytest.mark.anyio, pytest.mark.full]

PAGE: Final = Path(__file__).parents[3] / "docs" / "faults.md"
HEAD: Final = """\
# What users see of faults

Written by tests/integration/device/test_faults.py (`pytest --full --write-docs` writes it anew)
from what happens: each flow of the app, on real HTTP, meets each fault of the sandbox once, at the
very request that the heading names. In each case nothing is lost: no key without an account and no
account without its key, no answer sent twice or unknown to the history, and what failed can be
done again, unless the service has it already.
"""
DONE: Final = "nothing: it is done"


@dataclass(frozen=True)
class Service:
    """A sandbox, and its control."""

    backend_url: str
    client: SandboxClient


@dataclass
class Ground:
    """The app, its account, and the service."""

    computer: Computer
    sandbox: Service
    account: Account

    async def open(self) -> str:
        """Let the company ask; the request's sid."""
        create = self.sandbox.client.create_challenge
        sent = await asyncio.to_thread(create, self.account.sid, message="Sign in?")
        return str(sent["sid"])

    async def clear(self) -> None:
        """Turn all faults off."""
        await asyncio.to_thread(self.sandbox.client.clear_faults)

    async def status(self, sid: str) -> str:
        """Return what the service says of a request."""
        return str((await asyncio.to_thread(self.sandbox.client.challenge, sid))["status"])

    async def answers(self, sid: str) -> int:
        """Return how many answers to a request reached the service."""
        traffic = await asyncio.to_thread(self.sandbox.client.traffic, find=sid)
        return sum(one["method"] == "POST" and one["caller"] == "device" for one in traffic)


@dataclass(frozen=True)
class Flow:
    """A request of a flow: how it is told from others, how it is made, and what must hold."""

    title: str
    method: str
    path: str
    run: Callable[[Ground], Awaitable[None]]
    caller: str = "device"


async def add(ground: Ground) -> None:
    computer, identity = ground.computer, f"{ground.computer.folder.name}-2"
    try:
        await computer.enrol(ground.sandbox.backend_url, identity)
    except CountersignError as error:
        kept = await computer.device.accounts.all()
        assert len(computer.keys) == len(kept), "no key without an account"
        await ground.clear()
        if isinstance(error, UnfinishedError):
            await finish(computer.device, error.account)
            raise
        for account in kept:
            if not account.verified:  # as it says: remove it and add it again
                await accounts.remove(computer.device, account, local_only=True)
        await computer.enrol(ground.sandbox.backend_url, identity)
        raise


async def poll(ground: Ground) -> None:
    sid = await ground.open()
    for _ in range(2):
        (view,) = await look(ground.computer.device, [ground.account], ChallengeStatus.PENDING, 100)
        error = view.error
        if error is None:
            assert sid in {one.challenge.sid for one in view.requests}
            return
        await ground.clear()
        (again,) = await look(
            ground.computer.device, [ground.account], ChallengeStatus.PENDING, 100
        )
        assert again.error is None
        raise error


async def read(ground: Ground) -> None:
    sid = await ground.open()
    try:
        request = await ground.computer.open(sid)
        await ground.computer.decisions.answer(request, Answer(ChallengeStatus.APPROVED))
    except CountersignError:
        assert await ground.status(sid) == "pending"
        assert all(one.error for one in await ground.computer.log.find(sid))
        await ground.clear()
        request = await ground.computer.open(sid)
        await ground.computer.decisions.answer(request, Answer(ChallengeStatus.APPROVED))
        raise
    assert await ground.status(sid) == "approved"


async def answer(ground: Ground) -> None:
    sid = await ground.open()
    request = await ground.computer.open(sid)
    try:
        await ground.computer.decisions.answer(request, Answer(ChallengeStatus.APPROVED))
    except CountersignError:
        await ground.clear()
        await ground.computer.decisions.settle()
        status = await ground.status(sid)
        (known,) = await ground.computer.log.find(sid)
        assert not known.open
        if status == "pending":
            assert known.error is not None
            request = await ground.computer.open(sid)
            await ground.computer.decisions.answer(request, Answer(ChallengeStatus.APPROVED))
        raise
    finally:
        assert await ground.answers(sid) <= 2, "a second by a click of its own, or after a 401"


async def rename(ground: Ground) -> None:
    try:
        await accounts.rename(ground.computer.device, ground.account, "Desk 2")
    except CountersignError:
        await ground.clear()
        await accounts.rename(ground.computer.device, ground.account, "Desk 2")
        raise


async def remove(ground: Ground) -> None:
    try:
        await accounts.remove(ground.computer.device, ground.account, local_only=False)
    except CountersignError:
        assert len(ground.computer.keys) == 1, "nothing was removed here"
        await ground.clear()
        await accounts.remove(ground.computer.device, ground.account, local_only=False)
        raise
    finally:
        assert len(ground.computer.keys) == len(await ground.computer.device.accounts.all()) == 0


FLOWS: Final = (
    Flow("Adding an account: the company's permission", "POST", "/access-token", add, "backend"),
    Flow("Adding an account: registering", "POST", "*/Factors", add),
    Flow("Adding an account: the check", "POST", "*/Factors/*", add),
    Flow("Looking for requests", "GET", "*/Challenges", poll),
    Flow("Opening a request", "GET", "*/Challenges/*", read),
    Flow("Answering", "POST", "*/Challenges/*", answer),
    Flow("Renaming this computer", "POST", "*/Factors/*", rename),
    Flow("Removing an account", "DELETE", "*/Factors/*", remove),
)


def cells() -> Iterator[tuple[Flow, Kind]]:
    """Yield the faults that can happen to each flow's request."""
    for flow in FLOWS:
        for kind, facts in FACTS.items():
            if facts.method is None or (facts.method, facts.path) == (flow.method, flow.path):
                yield flow, kind


async def seen(flow: Flow, kind: Kind, sandbox: Service, folder: Path) -> str:
    """Return what the user is told; whatever else must hold is asserted on the way."""
    async with running(folder, MemoryKeyStore()) as computer:
        ground = Ground(computer, sandbox, await computer.enrol(sandbox.backend_url, folder.name))
        seconds = FACTS[kind].seconds
        await asyncio.to_thread(
            sandbox.client.fault,
            kind.value,
            callers=(flow.caller,),
            method=flow.method,
            path=flow.path,
            seconds=None if seconds is None else min(seconds, 0.2),
        )
        try:
            await flow.run(ground)
        except CountersignError as error:
            return f"{error.message} {error.hint}".strip()
        finally:
            await ground.clear()
            assert not await computer.device.accounts.stray_keys()
    return DONE


@pytest.fixture
def sandbox() -> Iterator[Service]:
    """Run a sandbox in a process of its own: the app's loop and its own share nothing."""
    with started("sandbox", "--port", "0") as made:
        ready = made.ready
        with SandboxClient(ready["control_url"], ready["auth_token"]) as client:
            yield Service(ready["backend_url"], client)


async def test_each_flow_tells_each_fault_and_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, sandbox: Service
) -> None:
    lines, last = [HEAD], ""
    for number, (flow, kind) in enumerate(cells()):
        if flow.title != last:
            lines += [f"\n## {flow.title}\n", "\n| fault | what the user sees |\n|---|---|\n"]
            last = flow.title
        told = await seen(flow, kind, sandbox, tmp_path / f"user-{number}")
        assert told, (flow.title, kind)
        lines.append(f"| {FACTS[kind].title} | {anonymous(told)} |\n")
    page = "".join(lines)
    if request.config.getoption("--write-docs"):
        await asyncio.to_thread(PAGE.write_text, page, encoding="utf-8")
    assert await asyncio.to_thread(PAGE.read_text, encoding="utf-8") == page


def anonymous(text: str) -> str:
    """Return a sentence without what differs from run to run."""
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", re.sub(r"YF[0-9a-f]{32}", "YF…", text))
