"""What errors say in full: details that are open, how to fix a password store, the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.enroll.store_help import HowToFixDialog
from countersign.desktop.enroll.trying import no_sandbox_error
from countersign.push.errors import StorageError
from tests.screenshots.scenes.requests import couldnt_read
from tests.screenshots.scenes.window import offline
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage


@scene("offline", "details")
async def offline_details(stage: Stage) -> None:
    await offline(stage)
    stage.click("errorDetailsButton", stage.controller.workspace.banner)


@scene("request", "failed-details")
async def failed_details(stage: Stage) -> None:
    await couldnt_read(stage)
    stage.click("errorDetailsButton", stage.pane)


@scene("password-store", "missing-banner")
async def missing_banner(stage: Stage) -> None:
    await stage.has()
    stage.keys.lock("sign", error="missing")
    stage.three_ask()
    await stage.start()


@scene("password-store", "how-to-fix-banner")
async def how_to_fix_banner(stage: Stage) -> None:
    await missing_banner(stage)
    stage.click("bannerHelp")
    await stage.dialog(HowToFixDialog)


@scene("first-start", "problem")
async def first_start_problem(stage: Stage) -> None:
    await stage.start_empty()
    error = StorageError(
        "disk_full", "Can't save on this computer: the disk is full.", "Make room, then try again."
    )
    stage.controller.tell(error)


@scene("first-start", "sandbox-starting")
async def sandbox_starting(stage: Stage) -> None:
    await stage.start_empty()
    first = stage.controller.first_start
    first.trying.start = lambda: None  # type: ignore[method-assign]  # it stays as it is
    stage.click("useSandboxButton")


@scene("first-start", "sandbox-failed")
async def sandbox_failed(stage: Stage) -> None:
    await sandbox_starting(stage)
    stage.controller.first_start.trying.failed.emit(no_sandbox_error())
