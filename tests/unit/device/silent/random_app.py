"""The app in random sequences of events, with the independent judgement of what it sends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from hypothesis.stateful import RuleBasedStateMachine
from typing_extensions import override

from countersign.device.records import Mode
from countersign.device.silent.approval import SilentApproval
from tests.unit.device.silent.random_world import (
    LOCAL,
    REMOTE,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.inbox import Request
    from countersign.device.silent.events import Barred
    from tests.unit.device.silent.random_world import (
        Pending,
        Rules,
    )


class App(RuleBasedStateMachine):
    """Drives the real thing and, beside it, `Rules`; what can be done to it, one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.world = World()
        self.world.permitted = self.permitted
        self.world.on_listed = self.saw
        self.armed: dict[tuple[str, Mode], Rules] = {}
        self.active = self.locked = False
        self.barred: Barred | None = None
        self.numbers = 0
        self.ids: list[str] = []

    def permitted(self, request: Request, shown: int) -> bool:
        """Tell whether an approval that goes out now is permitted."""
        sid, factor = request.challenge.sid, request.account.sid
        now = self.world.pending.get(sid)
        if now is None or now.factor != factor or self.locked or self.barred is not None:
            return False
        if self.world.listed[sid] != shown:
            return False
        for mode in (Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW):
            held = self.armed.get((factor, mode))
            if held is None or not held.alive or self.world.now >= held.until or not held.count:
                continue
            if sid in held.tried or not self.fits(held, now):
                continue
            held.count -= 1
            held.tried.add(sid)
            return True
        return False

    def fits(self, held: Rules, one: Pending) -> bool:
        """Tell whether a request is one that was armed for."""
        if held.transaction is not None:
            return one.transaction == held.transaction and held.same_id == {one.sid}
        active = self.active or one.factor == LOCAL.sid
        return active and one.sid not in held.excluded and one.created > held.after

    def saw(self, factor: str) -> None:
        """Take in what a look showed, with what ends by it."""
        waiting = [one for one in self.world.pending.values() if one.factor == factor]
        held = self.armed.get((factor, Mode.SILENT_SIGN_IN))
        if held is not None:
            held.same_id |= {o.sid for o in waiting if o.transaction == held.transaction}
        held = self.armed.get((factor, Mode.SILENT_WINDOW))
        if held is not None and factor == REMOTE.sid:
            held.came |= {o.sid: o.created for o in waiting if o.sid not in held.excluded}
            times = list(held.came.values())
            crowded = any(sum(0 <= one - first <= 60 for one in times) > 2 for first in times)
            if len(waiting) > 1 or crowded:
                held.alive = False

    def start_app(self) -> None:
        """Make silent approval anew, as at each start of the app."""
        self.parked: list[asyncio.Event] = []
        self.silent = SilentApproval(
            cast("Any", self.world),
            cast("Any", self.world),
            lambda _account, _mode: self.barred,
            lambda _event: None,
            now=lambda: self.world.now,
            pause=self.pause,
        )
        self.silent.set_active(active=self.active)
        self.silent.set_locked(locked=self.locked)

        async def run() -> asyncio.Task[None]:
            return asyncio.create_task(self.silent.run())

        self.task = self.loop.run(run())

    async def pause(self, _seconds: float) -> None:
        """Wait for the next look."""
        moved = asyncio.Event()
        self.parked.append(moved)
        await moved.wait()

    def text_changes(self) -> None:
        """Change what every request says."""
        for one in self.world.pending.values():
            one.text += 1

    def stop(self, factor: str) -> None:
        """Press Stop."""
        self.silent.stop(factor)
        self.end(lambda key: key[0] == factor)

    def lock(self) -> None:
        """Lock."""
        self.locked = True
        self.silent.set_locked(locked=True)
        self.end(lambda _key: True)

    def unlock(self) -> None:
        """Unlock."""
        self.locked = False
        self.silent.set_locked(locked=False)

    def lock_and_unlock(self) -> None:
        """Lock for a moment."""
        self.lock()
        self.unlock()

    def come(self) -> None:
        """Make the window active."""
        self.active = True
        self.silent.set_active(active=True)

    def leave(self) -> None:
        """Give another window the focus."""
        self.active = False
        self.silent.set_active(active=False)

    def close(self) -> None:
        """Close the window."""
        self.silent.window_closed()
        self.end(lambda key: key == (REMOTE.sid, Mode.SILENT_WINDOW))

    def bar(self, why: Barred) -> None:
        """Forbid it."""
        self.barred = why

    def unbar(self) -> None:
        """Allow it again."""
        self.barred = None

    def time_passes(self, seconds: int) -> None:
        """Let time pass."""
        self.world.now += seconds

    def restart(self) -> None:
        """End the app and start it again."""
        self.quit()
        self.start_app()

    def end(self, which: Callable[[tuple[str, Mode]], bool]) -> None:
        """End what is armed."""
        for key, held in self.armed.items():
            if which(key):
                held.alive = False

    def quit(self) -> None:
        """End the app."""
        self.end(lambda _key: True)

        async def cancelled() -> None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

        self.loop.run(cancelled())

    @override
    def teardown(self) -> None:
        self.quit()
        self.loop.close()
