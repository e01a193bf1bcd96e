"""Screen 12: silent approval, from its switches to how it ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.silent.dialog import EverythingDialog
from countersign.device.polling import Presence
from countersign.device.silent.period import Terms
from tests.screenshots.people import ALL, NORTHWIND
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.screenshots.stage import Stage

TEMPLATE = "https://login.northwind.example/start?id={transaction}"
ALLOWED = replace(NORTHWIND, sign_in_address=TEMPLATE, silent_sign_in=True, silent_everything=True)


async def ready(stage: Stage, account: Account = ALLOWED) -> None:
    """Have an account, a user in the window, and a browser that opens nothing."""
    silent = stage.controller.silent
    silent.open_url = lambda _: True
    silent._approval.now = stage.clock.monotonic
    await stage.has(account, *(one for one in ALL if one.sid != account.sid))
    await stage.start()
    await stage.until(lambda: silent.account(account.sid) is not None)
    silent.set_presence(Presence.ACTIVE)


async def details(stage: Stage, account: Account) -> None:
    await ready(stage, account)
    stage.controller.dialogs.details(account.sid)
    shown = await stage.dialog(AccountDetails)
    stage.click("silentApprovalButton", shown)
    await stage.until(shown.technical.fingerprint.text)


@scene("silent", "off")
async def off(stage: Stage) -> None:
    await details(stage, NORTHWIND)


@scene("silent", "allowed")
async def allowed(stage: Stage) -> None:
    await details(stage, ALLOWED)


@scene("silent", "choose")
async def choose(stage: Stage) -> None:
    await ready(stage)
    EverythingDialog(stage.controller.silent, ALLOWED, stage.window).open()
    shown = await stage.dialog(EverythingDialog)
    stage.click("onlySomeButton", shown)


@scene("silent", "refused")
async def refused(stage: Stage) -> None:
    await ready(stage)
    stage.controller.silent.set_presence(Presence.BACKGROUND)
    EverythingDialog(stage.controller.silent, ALLOWED, stage.window).open()
    shown = await stage.dialog(EverythingDialog)
    stage.click("turnOnButton", shown)
    await stage.until(shown.problem.isVisible)


@scene("silent", "waiting")
async def waiting(stage: Stage) -> None:
    await ready(stage)
    stage.controller.silent.sign_in(ALLOWED)
    stage.clock.forward(8)
    stage.controller.silent.changed.emit()


@scene("silent", "on")
async def on(stage: Stage) -> None:
    await ready(stage)
    await stage.controller.silent.everything(ALLOWED, Terms(900.0, 10))


@scene("silent", "ended")
async def ended(stage: Stage) -> None:
    await on(stage)
    stage.controller.silent.set_presence(Presence.AWAY)
