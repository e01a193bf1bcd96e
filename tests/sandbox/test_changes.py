from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.changes import Changes
from countersign.sandbox.serve import running
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.sandbox.world import Device

LONG = 30.0


@pytest.mark.anyio
async def test_a_wait_ends_with_the_change_of_another_thread() -> None:
    changes = Changes()
    waits = [asyncio.create_task(changes.wait(0, LONG)) for _ in range(3)]
    await asyncio.sleep(0)
    thread = threading.Thread(target=changes.bump)
    thread.start()
    assert await asyncio.gather(*waits) == [1, 1, 1]
    thread.join()
    assert await changes.wait(0, LONG) == 1  # missed it, and still hears of it


@pytest.mark.anyio
async def test_a_wait_ends_without_news_and_at_the_end() -> None:
    changes = Changes()
    assert await changes.wait(0, 0.01) == 0
    waiting = asyncio.create_task(changes.wait(0, LONG))
    await asyncio.sleep(0)
    changes.close()
    assert await waiting == 0
    assert changes.closed
    assert await changes.wait(0, LONG) == 0


def test_a_loop_that_is_gone_is_no_problem() -> None:
    changes = Changes()

    async def leave() -> None:
        task = asyncio.create_task(changes.wait(0, LONG))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(leave())
    changes.bump()
    assert changes.version == 1


def events(response: httpx.Response) -> Iterator[str]:
    for line in response.iter_lines():
        if line.startswith("data: "):
            yield line


def test_the_stream_tells_of_each_change(world: World, device: Device) -> None:
    with world.http.stream("GET", f"{world.base}/console/changes") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        news = events(response)
        seen = {next(news)}
        sid = world.pending(device)
        seen.add(next(news))
        device.answer(sid)
        seen.add(next(news))
        assert len(seen) == 3


def test_a_sandbox_stops_though_someone_listens() -> None:
    with running() as sandbox, World.over(sandbox) as world:
        stream = world.http.stream("GET", f"{world.base}/console/changes")
        response = stream.__enter__()
        news = events(response)
        next(news)
        sandbox.sandbox.changes.close()
        assert list(news) == []
        stream.__exit__(None, None, None)


def test_what_is_refused_is_no_news(world: World, device: Device) -> None:
    device.call("GET", "/Challenges")
    before = world.sandbox.sandbox.changes.version
    refused = world.http.post(f"{world.sandbox.control_url}/reset", json={})
    assert refused.status_code == 403
    assert world.sandbox.sandbox.changes.version == before
