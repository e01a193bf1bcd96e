"""Random sequences of all that can happen to silent approval, judged by `Rules`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from countersign.device.records import Mode
from countersign.device.silent.events import Barred, Origin, SilentRefusedError
from countersign.device.silent.period import Terms
from tests.unit.device.silent.random_app import App
from tests.unit.device.silent.random_world import (
    ACCOUNTS,
    LOCAL,
    REMOTE,
    Pending,
    Rules,
)

if TYPE_CHECKING:
    from collections.abc import Callable


TEMPLATE = "https://login.example.com/{transaction}"
accounts = st.sampled_from([REMOTE.sid, LOCAL.sid])
origins = st.sampled_from([Origin.CLICK, Origin.CLICK, Origin.CLICK, Origin.LINK])
moments = st.sampled_from(["list", "read", "sign", "sign"])
EVENTS = [
    *("text", "goes", "half", "soon", "late", "come", "leave", "close", "restart"),
    *("stop", "stop other", "lock", "lock and unlock", "unlock", "bar", "unbar"),
]
events = st.sampled_from(EVENTS)
ages = st.one_of(st.just(0), st.just(0), st.integers(1, 3))
at_times = st.one_of(*[st.just("nothing")] * 4, events)
STEPS = 60
"""Turns of the loop that are more than enough where nothing really waits."""


class Silence(App):
    """What hypothesis does to the app, in any order."""

    @initialize()
    def begin(self) -> None:
        """Start the app."""
        self.start_app()

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

    @rule(factor=accounts, which=st.integers(0, 5), age=ages)
    def request_comes(self, factor: str, which: int, age: int) -> None:
        """Let a request come: with an id of a recent sign-in, a wrong one, or none."""
        self.numbers += 1
        transaction = None
        if which < 3:
            transaction = self.ids[-1 - which] if which < len(self.ids) else "f" * 32
        sid = f"YC{self.numbers}"
        created = self.world.service_now + 1 - age
        self.world.pending[sid] = Pending(sid, factor, created, transaction)

    @rule(moment=moments, event=events)
    def meanwhile(self, moment: str, event: str) -> None:
        """Plan something for the middle of the next look."""
        unseen = moment == "sign" and event in {"text", "goes"}  # it was read already
        if event != "restart" and not unseen:
            self.world.meanwhile[moment] = lambda: self.happen(event)

    @rule(event=events)
    def happen(self, event: str) -> None:
        """Let one thing happen."""
        happens: dict[str, Callable[[], object]] = {
            "nothing": lambda: None,
            "text": self.text_changes,
            "stop": lambda: self.stop(REMOTE.sid),
            "stop other": lambda: self.stop(LOCAL.sid),
            "lock": self.lock,
            "lock and unlock": self.lock_and_unlock,
            "bar": lambda: self.bar(Barred.POLICY),
            "unlock": self.unlock,
            "unbar": self.unbar,
            "come": self.come,
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
        requests=st.lists(st.tuples(st.integers(0, 4), ages, at_times), max_size=4),
        first=at_times,
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

    @invariant()
    def nothing_went_out_without_permission(self) -> None:
        """Hold what went out to the rules."""
        assert self.world.violations == []
        assert len(set(self.world.sent)) == len(self.world.sent), "approved twice"
