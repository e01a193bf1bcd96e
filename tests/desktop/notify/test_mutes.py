"""How long notices stay off."""

from __future__ import annotations

import pytest

from countersign.desktop.notify.mutes import MUTE, Mutes


class Clock:
    """A clock that stands still until a test moves it."""

    now = 1_000_000.0

    def __call__(self) -> float:
        """Return POSIX time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_mute_ends_by_itself(clock: Clock) -> None:
    mutes = Mutes(clock)
    mutes.mute("YF1")
    assert mutes.until("YF1") == clock.now + MUTE
    assert mutes.any
    assert not mutes.muted("YF2")
    clock.now += MUTE
    assert not mutes.muted("YF1")
    assert not mutes.any


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_is_set_never_makes_it_longer(clock: Clock, hours: int) -> None:
    mutes = Mutes(clock)
    mutes.mute("YF1")
    clock.now += hours * 3600
    assert not mutes.muted("YF1")


def test_turning_notices_on_is_told(clock: Clock) -> None:
    mutes = Mutes(clock)
    told: list[bool] = []
    mutes.listeners.append(lambda: told.append(mutes.any))
    mutes.mute("YF1")
    mutes.mute("YF2")
    mutes.clear()
    assert told == [True, True, False]
