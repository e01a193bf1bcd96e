"""The presenter with the device's own layer under it, and a service in memory."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.request import ports
from countersign.desktop.request.ports import Waits
from countersign.desktop.request.presenter import RequestPresenter
from countersign.desktop.request.view import EventKind, Phase
from countersign.device.inbox import look, merged
from countersign.push.values import ChallengeStatus
from tests.desktop.request.world import Hours
from tests.unit.device.device_support import FakeService, Keys, Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

    from countersign.desktop.request.view import Event, RequestView


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    started = await Process.start(tmp_path / "profile", FakeService(), Keys())
    yield started
    await started.die()


async def test_a_click_costs_one_request_and_the_service_has_the_answer(process: Process) -> None:
    account = await process.add_account()
    process.service.add_challenge(account.sid)
    [listed] = merged(await look(process.device, [account], ChallengeStatus.PENDING))
    events: asyncio.Queue[Event] = asyncio.Queue()
    views: list[RequestView | None] = []
    tasks = []

    def start(work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        tasks.append(asyncio.create_task(work, name=name))
        return tasks[-1]

    world = ports.World(process.device, process.decisions, start, Hours().after, Waits())
    presenter = RequestPresenter(world, views.append, events.put_nowait)
    presenter.open(
        replace(listed, challenge=replace(listed.challenge, signature_fields=None)), chosen=True
    )
    assert (await events.get()).kind is EventKind.READY
    process.service.sent.clear()
    presenter.approve()
    told = await events.get()
    assert (told.kind, told.status) == (EventKind.CONFIRMED, "approved")
    assert len(process.service.sent) == 1
    assert views[-1] is not None
    assert views[-1].phase is Phase.DONE
    await asyncio.gather(*tasks)
