"""History off the disk: the newest page at once, the rest behind it, and what changed since."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.lists.history import HistoryPane
from countersign.desktop.lists.history_feed import PAGE, HistoryFeed
from tests.desktop.lists.lists_support import DENIED, account, decision, now

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import TypeAlias

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.records import Decision

    Run: TypeAlias = Callable[[Coroutine[object, object, object]], object]

KNOWN = {account().sid: account()}
DAY = 86_400


class Log:
    """History in memory; `reads` are the places at which pages began, `gate` holds them up."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = list(decisions)
        self.reads: list[str] = []
        self.gate: asyncio.Event | None = None

    async def page(self, limit: int, after: Decision | None = None) -> Sequence[Decision]:
        """Return a page."""
        self.reads.append(after.id if after else "")
        if self.gate is not None:
            await self.gate.wait()
        ids = [one.id for one in self.decisions]
        start = 0 if after is None else ids.index(after.id) + 1
        return [replace(one) for one in self.decisions[start : start + limit]]

    async def doubtful(self) -> Sequence[Decision]:
        """Return open ones."""
        return [one for one in self.decisions if one.open]

    async def find(self, challenge_sid: str) -> Sequence[Decision]:
        """Return those of a request."""
        return [one for one in self.decisions if one.challenge_sid == challenge_sid]

    async def all(self, limit: int | None = None) -> Sequence[Decision]:
        """Return the newest."""
        return self.decisions[:limit]

    async def begin(self, decision: Decision) -> None:
        """Add one."""
        self.decisions.insert(0, decision)

    async def finish(self, decision: Decision) -> None:
        """Change one."""
        ids = [one.id for one in self.decisions]
        self.decisions[ids.index(decision.id)] = decision

    async def unresolved(self) -> Sequence[Decision]:
        """Return open ones."""
        return await self.doubtful()

    async def mark_suspicious(self, decision_id: str) -> bool:
        """Mark one."""
        raise NotImplementedError(decision_id)  # nothing that is tested here does

    async def prune(self, days: int) -> None:
        """Forget what is older."""
        oldest = now() - days * DAY
        self.decisions = [one for one in self.decisions if one.decided_at.timestamp() >= oldest]


class World:
    """A log, the pane, and what feeds it."""

    def __init__(self, pane: HistoryPane, count: int) -> None:
        self.log = Log([decision(number, age=number * 600.0) for number in range(count)])
        self.pane = pane
        self.feed = HistoryFeed(pane, self.log)

    def shown(self) -> list[str]:
        """Return what the list shows, by id."""
        return [one.id for one in self.pane.shown_decisions()]

    def logged(self) -> list[str]:
        """Return what there is, by id."""
        return [one.id for one in self.log.decisions]


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> HistoryPane:
    """Return the pane, shown."""
    made = HistoryPane(theme)
    qtbot.addWidget(made)
    made.set_now(now)
    made.resize(400, 600)
    made.show()
    return made


@pytest.fixture
def run(qt_loop: Loop, qtbot: QtBot) -> Run:
    """Await something while Qt goes on."""

    def run(work: Coroutine[object, object, object]) -> object:
        task = qt_loop.create_task(work)
        qtbot.waitUntil(task.done)
        return task.result()

    return run


def test_the_newest_page_is_one_read(pane: HistoryPane, run: Run) -> None:
    world = World(pane, 3 * PAGE)
    run(world.feed.newest(KNOWN))
    assert world.shown() == world.logged()[:PAGE]
    assert world.log.reads == [""]


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 7])
def test_all_pages_come_in_order_with_one_heading_a_day(
    pane: HistoryPane, run: Run, count: int
) -> None:
    world = World(pane, count)
    assert run(world.feed.whole(KNOWN)) is True
    assert world.shown() == world.logged()
    keys = [row.key for row in pane.list.decisions.rows()]
    assert len(set(keys)) == len(keys)
    days = [row for row in pane.list.decisions.rows() if row.decision is None]
    assert len(days) == len({one.decided_at.astimezone().date() for one in world.log.decisions})


def test_later_pages_are_added_below_without_making_the_list_anew(
    pane: HistoryPane, run: Run
) -> None:
    world = World(pane, 3 * PAGE)
    run(world.feed.newest(KNOWN))
    told: list[str] = []
    model = pane.list.model()
    model.rowsInserted.connect(lambda: told.append("inserted"))
    model.rowsRemoved.connect(lambda: told.append("removed"))
    model.layoutChanged.connect(lambda: told.append("arranged"))
    model.dataChanged.connect(lambda: told.append("changed"))
    run(world.feed.whole(KNOWN))
    assert told == ["inserted", "inserted"]
    told.clear()
    run(world.feed.whole(KNOWN))
    assert told == []


def test_a_filter_holds_for_pages_that_come_later(pane: HistoryPane, run: Run) -> None:
    world = World(pane, 3 * PAGE)
    old = replace(world.log.decisions[-1], message="Payroll run")
    world.log.decisions[-1] = old
    pane.search.setText("payroll")
    run(world.feed.newest(KNOWN))
    assert world.shown() == []
    run(world.feed.whole(KNOWN))
    assert world.shown() == [old.id]
    pane.search.clear()
    assert world.shown() == world.logged()


@pytest.mark.parametrize("place", [0, 5, PAGE - 1, PAGE, 2 * PAGE + 3])
def test_an_answer_that_changed_is_shown_as_it_is_now(
    pane: HistoryPane, run: Run, place: int
) -> None:
    world = World(pane, 3 * PAGE)
    run(world.feed.whole(KNOWN))
    pane.list.select(world.log.decisions[7].id)
    marked = replace(world.log.decisions[place], suspicious=True)
    run(world.log.finish(marked))
    run(world.feed.whole(KNOWN))
    assert [one.id for one in pane.shown_decisions() if one.suspicious] == [marked.id]
    assert world.shown() == world.logged()
    assert pane.list.selected() == world.log.decisions[7].id


def test_new_ones_come_on_top_and_forgotten_ones_go(pane: HistoryPane, run: Run) -> None:
    world = World(pane, 2 * PAGE + 9)
    run(world.feed.whole(KNOWN))
    run(world.log.begin(decision(-1, age=-60)))
    run(world.feed.newest(KNOWN))
    assert world.shown() == world.logged()
    run(world.log.prune(2))
    run(world.feed.whole(KNOWN))
    assert world.shown() == world.logged()
    assert 0 < len(world.shown()) < PAGE * 2
    run(world.log.prune(-1))
    run(world.feed.newest(KNOWN))
    assert world.shown() == []


def test_a_renamed_account_is_renamed_in_all_rows(pane: HistoryPane, run: Run) -> None:
    world = World(pane, PAGE + 5)
    run(world.feed.whole(KNOWN))
    run(world.feed.whole({account().sid: account(label="New name")}))
    assert {row.account for row in pane.list.decisions.rows() if row.decision} == {"New name"}


def test_a_reading_that_begins_ends_the_one_before(
    pane: HistoryPane, qt_loop: Loop, qtbot: QtBot
) -> None:
    world = World(pane, 2 * PAGE)
    world.log.gate = asyncio.Event()
    first = qt_loop.create_task(world.feed.whole(KNOWN))
    qtbot.waitUntil(lambda: len(world.log.reads) == 1)
    second = qt_loop.create_task(world.feed.whole(KNOWN))
    qtbot.waitUntil(lambda: len(world.log.reads) == 2)
    world.log.gate.set()
    qtbot.waitUntil(lambda: first.done() and second.done())
    assert (first.result(), second.result()) == (False, True)
    assert world.shown() == world.logged()


def test_what_is_in_doubt_is_known_however_old_and_followed_to_its_end(
    pane: HistoryPane, run: Run
) -> None:
    world = World(pane, 2 * PAGE)
    old = replace(world.log.decisions[-3], server_status=None, answer=DENIED)
    run(world.log.finish(old))
    run(world.feed.newest(KNOWN))
    assert [one.id for one in world.feed.doubtful] == [old.id]
    found = world.feed.find(old.id)
    assert found is not None
    assert found.open
    run(world.log.finish(old.finished(old.decided_at, DENIED)))
    run(world.feed.newest(KNOWN))
    assert world.feed.doubtful == []
    found = world.feed.find(old.id)
    assert found is not None
    assert found.server_status is DENIED
    assert world.feed.find("nothing") is None


def test_the_foot_says_how_long_and_offers_to_change_it(pane: HistoryPane, qtbot: QtBot) -> None:
    pane.set_kept(30)
    assert pane.kept.text() == "Kept for 30 days."
    assert pane.change.isHidden(), "nobody listens yet"
    pane.offer_change()
    with qtbot.waitSignal(pane.retentionWanted):
        pane.change.click()
