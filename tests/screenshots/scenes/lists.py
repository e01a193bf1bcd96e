"""An inbox with more in it than polls see: searched, loaded further, and what can't be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.push.errors import NetworkError
from tests.screenshots.people import ALL, NORTHWIND, PAYROLL, SIGN_IN, TRANSFER, Asked
from tests.screenshots.table import scene
from tests.unit.device.device_support import fail

if TYPE_CHECKING:
    from countersign.desktop.lists.inbox_view import InboxView
    from tests.screenshots.stage import Stage

COUNT = 230

APART = 30
"""Seconds between two requests: closer ones would be a flood."""


def view_of(stage: Stage) -> InboxView:
    """Return the list and what is around it."""
    return stage.controller.workspace.inbox.inbox_view


async def many(stage: Stage) -> InboxView:
    """Let more wait than polls see."""
    await stage.has()
    for number in range(COUNT):
        one = (SIGN_IN, TRANSFER, PAYROLL)[number % 3]
        age = number * APART
        stage.asks(NORTHWIND, Asked(one.message, one.fields, age=age, life=2 * COUNT * APART))
    stage.asks(ALL[1], PAYROLL)
    await stage.start()
    view = view_of(stage)
    bar = view.list.verticalScrollBar()
    await stage.until(lambda: bar.maximum() > 0)  # a long page is read in a thread
    await stage.settle()
    return view


def to_the_end(view: InboxView) -> None:
    """Scroll down."""
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum())


@scene("inbox", "more")
async def more(stage: Stage) -> None:
    view = await many(stage)
    to_the_end(view)
    await stage.until(lambda: view.list.requests.known > 101)
    await stage.settle()
    view.list.verticalScrollBar().setValue(0)


@scene("inbox", "loading-more")
async def loading_more(stage: Stage) -> None:
    view = await many(stage)
    await stage.hold("GET", "/Challenges", lambda: to_the_end(view))


@scene("inbox", "more-failed")
async def more_failed(stage: Stage) -> None:
    view = await many(stage)
    error = NetworkError("unreachable", "Can't reach verify.northwind.example.")
    stage.service.on("GET", "/Challenges", fail(error))
    to_the_end(view)
    words = QCoreApplication.translate("InboxFoot", "Couldn't load more. {why}").partition("{")[0]
    await stage.until(lambda: words in view.foot.text.text())


@scene("inbox", "search")
async def search(stage: Stage) -> None:
    view = await many(stage)
    view.search.setText("payroll")


@scene("inbox", "no-match")
async def no_match(stage: Stage) -> None:
    view = await many(stage)
    view.search.setText("paperclips")
