"""Whatever happens in whatever order: no approval goes out without its permission."""

from __future__ import annotations

from hypothesis import settings

from countersign.device.silent.events import Origin
from tests.unit.device.silent.random_machine import Silence
from tests.unit.device.silent.random_world import LOCAL, REMOTE, START

Silence.TestCase.settings = settings(
    deadline=None, database=None, max_examples=300, stateful_step_count=25
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
