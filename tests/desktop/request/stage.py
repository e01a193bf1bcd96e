"""A presenter on a stage: what it shows and says is written down, its tasks are waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from countersign.desktop.request import ports
from countersign.desktop.request.presenter import RequestPresenter
from tests.desktop.request.world import NO_GUARD, challenge, listed

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from countersign.desktop.request.ports import Waits
    from countersign.desktop.request.view import Event, RequestView
    from countersign.device.inbox import Request
    from tests.desktop.request.world import World


class Stage:
    """One presenter in its world; `view()` is what is shown, `events` what it told."""

    def __init__(self, world: World, waits: Waits = NO_GUARD) -> None:
        self.world = world
        self.events: list[Event] = []
        self.shown: list[RequestView | None] = []
        self._tasks: set[asyncio.Task[object]] = set()
        self.presenter = RequestPresenter(
            ports.World(world, world, self._start, world.hours.after, waits),
            self.shown.append,
            self.events.append,
        )

    def view(self) -> RequestView:
        """Return what is shown; there must be something."""
        view = self.presenter.view
        assert view is not None
        return view

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """Events as name, status and code."""
        return [(event.kind.name, event.status, event.code) for event in self.events]

    async def open(self, request: Request | None = None, *, chosen: bool = True) -> Stage:
        """Open a request and let it be read."""
        self.presenter.open(request or listed(challenge()), chosen=chosen)
        await self.idle()
        return self

    async def idle(self) -> None:
        """Let what can run, run: until nothing moves on by itself."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, and what comes of it happen."""
        self.world.hours.pass_by(seconds)
        await self.idle()

    async def end(self) -> None:
        """Stop it all; nothing may wait for its hour then."""
        self.presenter.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert not self.world.hours.waiting

    def _start(self, work: Coroutine[object, object, object], name: str) -> asyncio.Task[object]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
