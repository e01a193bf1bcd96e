"""Screens 7, 9 and 10, and an empty inbox: the window when no request is in the foreground."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton

from countersign.desktop.account.details import AccountDetails
from countersign.push.errors import ApiError, NetworkError, StorageError
from tests.screenshots.people import ALL, NORTHWIND, STAGING, history
from tests.screenshots.table import scene
from tests.unit.device.device_support import answer, fail

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage

NO_NETWORK = NetworkError("unreachable", "Can't reach the service.")
LIST = "/Challenges"


@scene("inbox", "empty")
async def empty(stage: Stage) -> None:
    await stage.has()
    await stage.start()


@scene("inbox", "looking")
async def looking(stage: Stage) -> None:
    await stage.has()
    await stage.hold("GET", LIST, stage.controller.start)


# --- 7 History -----------------------------------------------------------------------------------


async def in_history(stage: Stage) -> None:
    """Look at history."""
    await stage.start()
    stage.controller.workspace.inbox.show_history_tab()
    await stage.controller.past.refresh()


@scene("history", "list")
async def listed(stage: Stage) -> None:
    await stage.has()
    stage.three_ask()
    await stage.answered(history())
    await in_history(stage)


@scene("history", "filtered")
async def filtered(stage: Stage) -> None:
    await listed(stage)
    pane = stage.controller.workspace.inbox.history
    pane.account.setCurrentText(NORTHWIND.label)
    pane.result.setCurrentText("Denied")


@scene("history", "no-match")
async def no_match(stage: Stage) -> None:
    await listed(stage)
    stage.controller.workspace.inbox.history.search.setText("paperclips")


@scene("history", "detail")
async def detail(stage: Stage) -> None:
    await listed(stage)
    stage.controller.workspace.inbox.history.list.decisionChosen.emit("decision-3")


@scene("history", "empty")
async def no_history(stage: Stage) -> None:
    await stage.has()
    await in_history(stage)


@scene("inbox", "muted")
async def muted(stage: Stage) -> None:
    await empty(stage)
    stage.controller.mutes.mute(NORTHWIND.sid)


# --- 9 Offline -----------------------------------------------------------------------------------


async def goes_offline(stage: Stage, error: Exception, part: str = LIST) -> None:
    """Let the accounts whose path has this part fail from now on."""
    stage.service.on("GET", part, fail(error), times=99)
    await stage.poll()
    stage.clock.forward(65)
    watches = list(stage.controller.poller.watches.values())
    for watch in watches:
        watch.next_at = stage.clock.monotonic() + 40
    stage.tick()
    stage.controller.showing.set_watches(watches)


@scene("offline", "all")
async def offline(stage: Stage) -> None:
    await stage.reading()
    await goes_offline(stage, NO_NETWORK)


@scene("offline", "one-account")
async def one_offline(stage: Stage) -> None:
    await stage.reading()
    await goes_offline(stage, NO_NETWORK, STAGING.identity)


@scene("offline", "busy")
async def busy(stage: Stage) -> None:
    await stage.reading()
    error = ApiError("too_many_requests", "Busy.", code=20429, status=429, retry_after=120.0)
    await goes_offline(stage, error, STAGING.identity)


@scene("offline", "clock")
async def wrong_clock(stage: Stage) -> None:
    await stage.has(*(replace(each, token_offset=420.0) for each in ALL))
    stage.clock.forward(420)  # the service's time
    sid = stage.three_ask()
    stage.clock.forward(-420)
    await stage.start()
    await stage.read(sid)


@scene("offline", "problem")
async def problem(stage: Stage) -> None:
    await stage.reading()
    error = StorageError(
        "disk_full", "Can't save on this computer: the disk is full.", "Make room, then try again."
    )
    stage.controller.showing.banners.set_problem(error)


@scene("offline", "while-away")
async def while_away(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    stage.controller.showing.banners.set_expired_while_away(12)


# --- 10 Password store ---------------------------------------------------------------------------


@scene("password-store", "locked")
async def locked(stage: Stage) -> None:
    await stage.has()
    stage.keys.lock("sign")
    stage.three_ask()
    await stage.start()


@scene("password-store", "gone")
async def gone(stage: Stage) -> None:
    await stage.has()
    stage.three_ask()
    del stage.keys.memory._keys[STAGING.key_id]
    await stage.start()


@scene("password-store", "missing")
async def missing(stage: Stage) -> None:
    stage.keys.lock(error="missing")
    await stage.start_empty()


@scene("password-store", "how-to-fix")
async def how_to_fix(stage: Stage) -> None:
    await missing(stage)
    stage.click("howToFixButton")


@scene("password-store", "refused")
async def refused(stage: Stage) -> None:
    stage.keys.lock(error="refused")
    await stage.start_empty()


@scene("password-store", "locked-at-start")
async def locked_at_start(stage: Stage) -> None:
    stage.keys.lock()
    await stage.start_empty()


@scene("password-store", "dismissed")
async def dismissed(stage: Stage) -> None:
    await locked_at_start(stage)
    stage.keys.error_name = "dismissed"
    stage.click("tryPasswordStoreButton")
    await stage.until(stage.find(QAbstractButton, "tryPasswordStoreButton").isEnabled)


@scene("offline", "sign-in-first")
async def sign_in_first(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    stage.service.on("GET", LIST, answer(200, b"<html>Welcome to our hotel</html>"), times=99)
    await stage.poll()


@scene("account-details", "why")
async def why(stage: Stage) -> None:
    await sign_in_first(stage)
    stage.controller.dialogs.details(NORTHWIND.sid)
    shown = await stage.dialog(AccountDetails)
    await stage.until(shown.technical.fingerprint.text)
