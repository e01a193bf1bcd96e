"""Screen 2, the compact window, and the list of shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.request.view import Phase, Say
from countersign.desktop.shortcuts.dialog import ShortcutsDialog
from tests.screenshots.people import MANY, NORTHWIND, SIGN_IN
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from countersign.desktop.compact.window import CompactWindow
    from tests.screenshots.people import Asked
    from tests.screenshots.stage import Stage


async def small(stage: Stage, sid: str) -> CompactWindow:
    """Read a request in the small window."""
    await stage.start()
    stage.controller.workspace.inbox.inbox.select(sid)
    stage.controller.reading.read_small()
    window = stage.controller.reading.small
    view = window.pane.presenter
    await stage.until(lambda: view.view is not None and view.view.phase is Phase.READY)
    stage.shot = window
    return window


async def alone(stage: Stage, asked: Asked) -> CompactWindow:
    """Read the only request that waits."""
    await stage.has()
    return await small(stage, stage.asks(NORTHWIND, asked))


@scene("compact", "one")
async def one(stage: Stage) -> None:
    await alone(stage, SIGN_IN)


@scene("compact", "several")
async def several(stage: Stage) -> None:
    await stage.has()
    await small(stage, stage.three_ask())


@scene("compact", "many-fields")
async def many_fields(stage: Stage) -> None:
    await alone(stage, MANY)


@scene("compact", "approved")
async def approved(stage: Stage) -> None:
    window = await alone(stage, SIGN_IN)
    window.keep_open = True
    stage.clock.forward(5)
    stage.click("approveButton", window)
    presenter = window.pane.presenter
    await stage.until(lambda: presenter.view and presenter.view.result is Say.CONFIRMED)


@scene("shortcuts", "list")
async def shortcuts(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    stage.controller.dialogs.shortcuts()
    await stage.dialog(ShortcutsDialog)
