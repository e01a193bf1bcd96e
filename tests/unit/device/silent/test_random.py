"""Whatever happens in whatever order: no approval goes out without its permission."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from countersign.device.records import Mode
from countersign.device.silent.approval import SilentApproval
from countersign.device.silent.events import Barred, Origin, SilentRefusedError
from countersign.device.silent.period import Terms
from tests.unit.device.silent.random_world import (
    ACCOUNTS,
    LOCAL,
    REMOTE,
    START,
    Pending,
    Rules,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.inbox import Request

TEMPLATE = "https://login.example.com/{transaction}"
accounts = st.sampled_from([REMOTE.sid, LOCAL.sid])
origins = st.sampled_from([Origin.CLICK, Origin.CLICK, Origin.CLICK, Origin.LINK])
moments = st.sampled_from(["list", "read", "sign"])
events = st.one_of(
    st.just("nothing"),
    st.sampled_from(["text", "stop", "stop other", "lock", "lock and unlock", "bar", "leave"]),
    st.sampled_from(["close", "soon", "late", "restart", "goes", "half"]),
)
STEPS = 60
"""Turns of the loop that are more than enough where nothing really waits."""


class Silence(RuleBasedStateMachine):
    """Drives the real thing and, beside it, `Rules`."""

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

    # --- the independent statement

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

    # --- what happens

    @initialize()
    def begin(self) -> None:
        """Start the app."""
        self.start_app()

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

    @rule()
    def look(self) -> None:
        """Let all that is on look once, and do what comes of it."""

        async def turns() -> None:
            for _ in range(STEPS):
                await asyncio.sleep(0)

        parked, self.parked = self.parked, []
        for moved in parked:
            moved.set()
        self.loop.run(turns())
        if self.task.done():
            self.task.result()

    @rule(factor=accounts, origin=origins)
    def sign_in(self, factor: str, origin: Origin) -> None:
        """Click Sign in, or have a link ask for it."""
        try:
            address = self.silent.sign_in(ACCOUNTS[factor], TEMPLATE, origin)
        except SilentRefusedError:
            assert origin is Origin.LINK or self.locked or self.barred is not None
            return
        assert origin is Origin.CLICK
        transaction = address.rpartition("/")[2]
        self.ids.append(transaction)
        held = Rules(self.world.now + 60, 1, transaction)
        self.armed[factor, Mode.SILENT_SIGN_IN] = held

    @rule(
        factor=accounts,
        origin=origins,
        seconds=st.integers(1, 900),
        count=st.integers(1, 10),
    )
    def everything(self, factor: str, origin: Origin, seconds: int, count: int) -> None:
        """Turn on everything for a while, or have a link ask for it."""
        before = frozenset(one.sid for one in self.world.pending.values() if one.factor == factor)
        terms = Terms(seconds, count)
        self.world.meanwhile.clear()
        try:
            self.loop.run(self.silent.everything(ACCOUNTS[factor], terms, origin))
        except SilentRefusedError:
            return
        assert origin is Origin.CLICK
        self.armed[factor, Mode.SILENT_WINDOW] = Rules(
            self.world.now + seconds, count, excluded=before, after=self.world.service_now
        )

    @rule(factor=accounts, which=st.integers(0, 5), age=st.integers(-3, 3))
    def request_comes(self, factor: str, which: int, age: int) -> None:
        """Let a request come: with an id of a recent sign-in, a wrong one, or none."""
        self.numbers += 1
        transaction = None
        if which < 3:
            transaction = self.ids[-1 - which] if which < len(self.ids) else "f" * 32
        sid = f"YC{self.numbers}"
        created = self.world.service_now + 1 - age
        self.world.pending[sid] = Pending(sid, factor, created, transaction)

    @rule(data=st.data())
    def request_goes(self, data: st.DataObject) -> None:
        """Let a request be answered elsewhere."""
        if self.world.pending:
            del self.world.pending[data.draw(st.sampled_from(sorted(self.world.pending)))]

    @rule()
    def text_changes(self) -> None:
        """Change what every request says."""
        for one in self.world.pending.values():
            one.text += 1

    @rule(moment=moments, event=events)
    def meanwhile(self, moment: str, event: str) -> None:
        """Plan something for the middle of the next look."""
        unseen = moment == "sign" and event in {"text", "goes"}  # it was read already
        if event != "restart" and not unseen:
            self.world.meanwhile[moment] = lambda: self.happen(event)

    def happen(self, event: str) -> None:
        """Let one thing happen."""
        happens: dict[str, Callable[[], object]] = {
            "nothing": lambda: None,
            "text": self.text_changes,
            "stop": lambda: self.stop(REMOTE.sid),
            "stop other": lambda: self.stop(LOCAL.sid),
            "lock": self.lock,
            "lock and unlock": lambda: (self.lock(), self.unlock()),
            "bar": lambda: self.bar(Barred.POLICY),
            "leave": self.leave,
            "close": self.close,
            "soon": lambda: self.time_passes(29),
            "late": lambda: self.time_passes(61),
            "restart": self.restart,
            "goes": self.world.pending.clear,
            "half": lambda: setattr(self.world, "unreadable", 1 - self.world.unreadable),
        }
        happens[event]()

    @rule(
        way=st.sampled_from(["sign in", "everything", "nothing new"]),
        factor=accounts,
        count=st.integers(1, 3),
        requests=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), events), max_size=4),
        first=events,
        moment=moments,
        during=events,
    )
    def story(  # noqa: PLR0913, PLR0917 - what hypothesis draws
        self,
        way: str,
        factor: str,
        count: int,
        requests: list[tuple[int, int, str]],
        first: str,
        moment: str,
        during: str,
    ) -> None:
        """Tell a whole story, from a good beginning: else most sequences approve nothing."""
        if way != "nothing new":
            self.world.pending.clear()
            self.world.meanwhile.clear()
            self.world.unreadable = 0
            self.come()
            self.unlock()
            self.unbar()
            if way == "sign in":
                self.sign_in(factor, Origin.CLICK)
            else:
                self.everything(factor, Origin.CLICK, 90, count)
        self.happen(first)
        self.meanwhile(moment, during)
        for which, age, event in requests:
            self.request_comes(factor, which, age)
            self.look()
            self.happen(event)
        self.look()

    @rule(factor=accounts)
    def stop(self, factor: str) -> None:
        """Press Stop."""
        self.silent.stop(factor)
        self.end(lambda key: key[0] == factor)

    @rule()
    def lock(self) -> None:
        """Lock."""
        self.locked = True
        self.silent.set_locked(locked=True)
        self.end(lambda _key: True)

    @rule()
    def unlock(self) -> None:
        """Unlock."""
        self.locked = False
        self.silent.set_locked(locked=False)

    @rule()
    def come(self) -> None:
        """Make the window active."""
        self.active = True
        self.silent.set_active(active=True)

    @rule()
    def leave(self) -> None:
        """Give another window the focus."""
        self.active = False
        self.silent.set_active(active=False)

    @rule()
    def close(self) -> None:
        """Close the window."""
        self.silent.window_closed()
        self.end(lambda key: key == (REMOTE.sid, Mode.SILENT_WINDOW))

    @rule(why=st.sampled_from([Barred.POLICY, Barred.PIN, Barred.ACCOUNT]))
    def bar(self, why: Barred) -> None:
        """Forbid it."""
        self.barred = why

    @rule()
    def unbar(self) -> None:
        """Allow it again."""
        self.barred = None

    @rule(seconds=st.integers(0, 30))
    def time_passes(self, seconds: int) -> None:
        """Let time pass."""
        self.world.now += seconds

    @rule()
    def restart(self) -> None:
        """End the app and start it again."""
        self.quit()
        self.start_app()

    @invariant()
    def nothing_went_out_without_permission(self) -> None:
        """Hold what went out to the rules."""
        assert self.world.violations == []
        assert len(set(self.world.sent)) == len(self.world.sent), "approved twice"

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


Silence.TestCase.settings = settings(
    deadline=None, database=None, max_examples=250, stateful_step_count=20
)
TestSilence = Silence.TestCase


def test_the_random_world_does_approve_at_times() -> None:
    """Else the test above could hold for want of any approval."""
    machine = Silence()
    machine.start_app()
    machine.come()
    machine.everything(REMOTE.sid, Origin.CLICK, 300, 1)
    machine.request_comes(REMOTE.sid, 5, 0)
    machine.sign_in(LOCAL.sid, Origin.CLICK)
    machine.request_comes(LOCAL.sid, 0, 0)
    machine.look()
    machine.look()
    assert sorted(machine.world.sent) == [(REMOTE.sid, "YC1"), (LOCAL.sid, "YC2")]
    machine.nothing_went_out_without_permission()
    machine.teardown()


def test_the_random_world_sees_an_approval_without_permission() -> None:
    """Else its invariant could hold for want of eyes."""
    machine = Silence()
    machine.start_app()
    machine.come()
    machine.everything(REMOTE.sid, Origin.CLICK, 300, 1)
    machine.armed.clear()
    machine.request_comes(REMOTE.sid, 5, 0)
    machine.look()
    machine.look()
    assert len(machine.world.violations) == 1
    assert machine.world.now == START
    machine.teardown()
