"""How long Approve waits: longer with each request that comes too soon after the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from countersign.desktop.bursts.watch import BurstWatch
from countersign.device.inbox import AccountView
from countersign.device.polling import Watch
from countersign.push.clock import ServiceClock
from tests.desktop.lists.lists_support import account, now, request

if TYPE_CHECKING:
    from countersign.device.records import Account


class Clocks:
    """A device of which only the clocks are asked for."""

    def clock(self, _account: Account) -> ServiceClock:
        """Return a clock that stands still."""
        return ServiceClock(local=now)


@pytest.fixture
def watch(qapp: object) -> BurstWatch:
    assert qapp is not None
    return BurstWatch(Clocks(), QObject(), lambda: "")  # type: ignore[arg-type]  # all that is asked


def waits(watch: BurstWatch, count: int, *, apart: int = 1) -> float:
    """Return for how long Approve waits where so many came, so many seconds apart."""
    requests = tuple(request(number, "Sign in?", age=number * apart) for number in range(count))
    watch.follow([Watch(account(), AccountView(account(), requests))])
    return watch.guard(account().sid)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (1, 0), (3, 0), (4, 2.0), (5, 2.5), (6, 3.0), (30, 3.0)]
)
def test_the_guard_grows(watch: BurstWatch, count: int, seconds: float) -> None:
    assert waits(watch, count) == pytest.approx(seconds)


def test_those_that_came_slowly_are_no_flood(watch: BurstWatch) -> None:
    assert waits(watch, 30, apart=60) == 0
    assert watch.folded("") == []


def test_an_account_that_went_has_none(watch: BurstWatch) -> None:
    assert waits(watch, 6) > 0
    watch.follow([])
    assert watch.guard(account().sid) == 0
