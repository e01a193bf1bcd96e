"""Screen 11: a flood of requests, from the entry that stands for it to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tests.screenshots.people import ALL, NORTHWIND, PAYROLL, SIGN_IN
from tests.screenshots.scenes.requests import CHALLENGE
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage


async def flood(stage: Stage) -> list[str]:
    """Let an account send six, while another one has one waiting."""
    await stage.has()
    stage.asks(ALL[1], PAYROLL)
    sids = [stage.asks(NORTHWIND, SIGN_IN) for _ in range(6)]
    await stage.start()
    return sids


@scene("burst", "folded")
async def folded(stage: Stage) -> None:
    await flood(stage)


@scene("burst", "denying")
async def denying(stage: Stage) -> None:
    await flood(stage)
    await stage.hold("POST", CHALLENGE, lambda: stage.click("denyAllButton"))


@scene("burst", "denied")
async def denied(stage: Stage) -> None:
    sids = await flood(stage)
    stage.service.challenges[sids[0]]["status"] = "expired"
    stage.click("denyAllButton")
    read = stage.window.findChild(QPushButton, "burstReadButton")
    assert read is not None
    await stage.until(read.isVisible)
    await stage.poll()


@scene("burst", "one-by-one")
async def one_by_one(stage: Stage) -> None:
    sids = await flood(stage)
    stage.click("oneByOneButton")
    await stage.read(sids[-1])
