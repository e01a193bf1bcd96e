"""How long the lists hold up the window: scrolling, selecting, polls, pages, searching.

Run by itself it writes its own section of docs/benchmarks.md anew.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from countersign.desktop.lists.history import HistoryPane
from countersign.desktop.lists.inbox_view import InboxView
from countersign.desktop.theme import Theme
from countersign.device.inbox import PAGE_SIZE
from tests.desktop.lists.lists_support import account, decision, now, request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countersign.desktop.lists.row_list import RowList
    from countersign.device.inbox import Request

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
TITLE = "## The lists"
SIZE = (388, 600)
FRAMES = 400
WHEEL = 53
BUDGET = 16.0
_HEAD = """\
{title}

{date}, on {cores} cores of {machine}, {system}, CPython {python}, PySide6 {pyside}, offscreen,
{width} by {height} px. Budget: 16 ms (p95) for scrolling and selecting among 10,000.

Milliseconds of CPU of the window's thread for one event, painting included, with the lists and
delegates of the app: what else the machine does doesn't count. "A poll" brings its page of 100
again as new objects, "searched" is one more key press.

| list | event | p50 | p95 | worst |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Times:
    """Milliseconds of one kind of event, sorted."""

    took: list[float]

    def at(self, share: float) -> float:
        """Give the value that this share of the events doesn't exceed."""
        return self.took[min(len(self.took) - 1, int(share * len(self.took)))]

    def row(self) -> str:
        """Give the cells of the table."""
        return f"{self.at(0.5):.1f} | {self.at(0.95):.1f} | {self.took[-1]:.1f}"


def timed(events: Iterable[Callable[[], object]]) -> Times:
    """Run events one by one, each until it is painted."""
    took = []
    for event in events:
        begin = time.thread_time()
        event()
        QCoreApplication.sendPostedEvents()
        QApplication.processEvents()
        took.append((time.thread_time() - begin) * 1000)
    return Times(sorted(took))


def scrolling(rows: RowList) -> list[Callable[[], None]]:
    """Give one turn of the wheel after another, down and up again, then jumps all over the list."""
    bar = rows.verticalScrollBar()
    turns = [bar.minimum() + i * WHEEL for i in range(FRAMES // 2)]
    jumps = [bar.maximum() * (i * 37 % 100) // 100 for i in range(FRAMES // 2)]
    return [lambda value=value: bar.setValue(value) for value in (*turns, *turns[::-1], *jumps)]  # type: ignore[misc]  # bound on purpose


def selecting(rows: RowList) -> list[Callable[[], None]]:
    """Give the choice of one row after another."""
    model = rows.model()
    return [
        lambda row=row: rows.setCurrentIndex(model.index(row, 0))  # type: ignore[misc]  # bound on purpose
        for row in range(1, FRAMES)
    ]


def asked(count: int, first: int = 0) -> list[Request]:
    """Give requests, newest first, as a service has them."""
    return [
        request(number, f"Sign in to shop {number % 97}", age=20_000 - number, life=30_000)
        for number in range(first + count, first, -1)
    ]


def as_new(requests: list[Request]) -> list[Request]:
    """Give the same, of which the newest page was just read anew."""
    page = [replace(one, challenge=replace(one.challenge)) for one in requests[:PAGE_SIZE]]
    return [*page, *requests[PAGE_SIZE:]]


def inbox(theme: Theme, count: int) -> dict[str, Times]:
    """Measure the inbox with so many requests in it."""
    view = InboxView(theme)
    view.list.set_now(now)
    view.resize(*SIZE)
    view.show()
    waiting = asked(count)
    newer = asked(50, first=count)
    ends = range(count - 9 * PAGE_SIZE, count + 1, PAGE_SIZE)
    view.list.set_requests(waiting[: ends[0] - PAGE_SIZE])
    QApplication.processEvents()
    found = {
        "a page more": timed(
            [lambda end=end: view.list.set_requests(waiting[:end]) for end in ends]  # type: ignore[misc]  # bound on purpose
        ),
        "scrolled": timed(scrolling(view.list)),
        "selected": timed(selecting(view.list)),
        "a poll, nothing new": timed(
            [lambda: view.list.set_requests(as_new(waiting)) for _ in range(20)]
        ),
        "a poll, one is new": timed(
            [lambda i=i: view.list.set_requests(newer[-i:] + waiting) for i in range(1, 40)]  # type: ignore[misc]  # bound on purpose
        ),
        "searched": timed(
            [lambda text=text: view.search.setText(text) for text in typed("shop 13")]  # type: ignore[misc]  # bound on purpose
        ),
    }
    view.close()
    return found


def typed(text: str) -> list[str]:
    """Give what stands in a field after each key."""
    return [text[:end] for end in range(1, len(text) + 1)]


def history(theme: Theme, count: int) -> dict[str, Times]:
    """Measure History with so many answers in it."""
    pane = HistoryPane(theme)
    pane.set_now(now)
    pane.resize(*SIZE)
    pane.show()
    known = {account().sid: account()}
    answers = [decision(i, age=i * 60.0, message=f"Sign in {i % 97}") for i in range(count)]
    pane.set_decisions(answers[:200], known)
    pages = [answers[at : at + 200] for at in range(200, count, 200)]
    found = {
        "a page more": timed([lambda page=page: pane.add_older(page) for page in pages]),  # type: ignore[misc]  # bound on purpose
        "scrolled": timed(scrolling(pane.list)),
        "selected": timed(selecting(pane.list)),
        "one more answer": timed(
            [
                lambda i=i: pane.set_decisions([decision(-i, age=-60.0 * i), *answers], known)  # type: ignore[misc]  # bound on purpose
                for i in range(1, 20)
            ]
        ),
        "searched": timed(
            [lambda text=text: pane.search.setText(text) for text in typed("sign in 13")]  # type: ignore[misc]  # bound on purpose
        ),
    }
    pane.close()
    return found


def section() -> str:
    """Measure all of it; the section of the page."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    text = _HEAD.format(
        title=TITLE,
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        cores=os.cpu_count(),
        machine=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
        pyside=PySide6.__version__,
        width=SIZE[0],
        height=SIZE[1],
    )
    measured = {
        "1,000 pending": inbox(theme, 1_000),
        "10,000 pending": inbox(theme, 10_000),
        "20,000 answers": history(theme, 20_000),
    }
    for name, events in measured.items():
        for event, times in events.items():
            text += f"| {name} | {event} | {times.row()} |\n"
    return text


def main() -> None:
    """Measure, print and put the section into the page."""
    new = section()
    page = PAGE.read_text(encoding="utf-8")
    old = re.search(rf"^{TITLE}\n.*?(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    page = page.replace(old.group(), new + "\n") if old else f"{page.rstrip()}\n\n{new}"
    PAGE.write_text(page.rstrip() + "\n", encoding="utf-8")
    sys.stdout.write(new)


if __name__ == "__main__":
    main()
