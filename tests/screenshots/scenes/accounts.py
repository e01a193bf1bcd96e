"""Screens 3 to 6: the first start, adding an account, one that isn't finished, and details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.push.errors import NetworkError
from tests.screenshots.people import ACME, NORTHWIND, STAGING
from tests.screenshots.stage import unfinished
from tests.screenshots.table import scene
from tests.unit.device.device_support import fail, refuse

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage

NO_NETWORK = NetworkError("unreachable", "Can't reach the service.")


@scene("first-start", "welcome")
async def welcome(stage: Stage) -> None:
    await stage.start_empty()


# --- 5 Not finished ------------------------------------------------------------------------------


@scene("unfinished", "waiting")
async def waiting(stage: Stage) -> None:
    await stage.has(NORTHWIND, ACME, unfinished(STAGING))
    stage.three_ask()
    await stage.start()
    stage.controller.workspace.sidebar.accounts.select(STAGING.sid)
    stage.controller.workspace.sidebar.accounts.accountChosen.emit(STAGING.sid)


async def fails_to_finish(stage: Stage) -> None:
    """Try to finish, and wait for the outcome."""
    pane = stage.controller.workspace.unfinished
    stage.click("finishButton")
    await stage.until(pane.problem.isVisible)


@scene("unfinished", "failed")
async def failed(stage: Stage) -> None:
    await waiting(stage)
    stage.service.on("POST", "/Factors", fail(NO_NETWORK))
    await fails_to_finish(stage)


@scene("unfinished", "too-late")
async def too_late(stage: Stage) -> None:
    await waiting(stage)
    stage.service.on("POST", "/Factors", refuse(404, 20404))
    await fails_to_finish(stage)


@scene("unfinished", "removed")
async def removed(stage: Stage) -> None:
    await stage.has()
    stage.three_ask()
    await stage.start()
    stage.service.on("GET", STAGING.identity, refuse(401, 20003), times=99)
    for _ in range(2):  # never concluded from one refusal
        await stage.poll()
    stage.controller.workspace.sidebar.accounts.select(STAGING.sid)
    stage.controller.workspace.sidebar.accounts.accountChosen.emit(STAGING.sid)


# --- 6 Account details ---------------------------------------------------------------------------


async def details(stage: Stage) -> AccountDetails:
    """Open an account's details."""
    await stage.has()
    await stage.start()
    stage.controller.dialogs.details(NORTHWIND.sid)
    return await stage.dialog(AccountDetails)


async def rename(stage: Stage) -> AccountDetails:
    """Give the computer another name."""
    dialog = await details(stage)
    edit = stage.find(QLineEdit, "friendlyNameEdit", dialog)
    edit.setText("Blue laptop")
    dialog.computer_field.leave()
    return dialog


@scene("account-details", "plain")
async def plain(stage: Stage) -> None:
    await details(stage)


@scene("account-details", "saved")
async def saved(stage: Stage) -> None:
    dialog = await rename(stage)
    done: list[None] = []
    dialog.computer_field.saved.connect(lambda: done.append(None))
    await stage.until(lambda: done)


@scene("account-details", "couldnt-save")
async def couldnt_save(stage: Stage) -> None:
    stage.service.on("POST", "/Factors", fail(NO_NETWORK))
    dialog = await rename(stage)
    await stage.until(dialog.computer_field.problem_box.isVisible)


@scene("account-details", "technical")
async def technical(stage: Stage) -> None:
    dialog = await details(stage)
    stage.click("technicalButton", dialog)
    await stage.until(lambda: bool(stage.find(QLabel, "keyFingerprint", dialog).text()))


async def asked_to_remove(stage: Stage) -> RemoveAccountDialog:
    """Open the question how to remove an account."""
    await stage.has()
    await stage.start()
    stage.controller.dialogs.remove(NORTHWIND.sid)
    return await stage.dialog(RemoveAccountDialog)


@scene("account-details", "remove")
async def remove(stage: Stage) -> None:
    await asked_to_remove(stage)


@scene("account-details", "remove-offline")
async def remove_offline(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    dialog = RemoveAccountDialog(stage.process.device, NORTHWIND, stage.window, offline=True)
    dialog.open()
    await stage.dialog(RemoveAccountDialog)


@scene("account-details", "remove-failed")
async def remove_failed(stage: Stage) -> None:
    dialog = await asked_to_remove(stage)
    stage.service.on("DELETE", "/Factors", fail(NO_NETWORK))
    stage.click("confirmRemoveButton", dialog)
    await stage.until(dialog.problem.isVisible)
