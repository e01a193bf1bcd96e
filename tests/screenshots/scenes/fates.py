"""Screens 14, 15 and 16: a request that changed, an answer that got lost, and one too late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from countersign.desktop.request.view import Phase, Say
from countersign.push.errors import NetworkError
from countersign.push.values import ChallengeStatus
from tests.screenshots.people import CHANGED, NORTHWIND, SIGN_IN, history
from tests.screenshots.scenes.requests import CHALLENGE, says, view
from tests.screenshots.stage import SETTLING
from tests.screenshots.table import scene
from tests.unit.device.device_support import fail, lost, refuse, take_then_fail

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage


# --- 14 Changed since shown ----------------------------------------------------------------------


def change(stage: Stage, sid: str) -> None:
    """Let the service change a request."""
    stage.service.challenges[sid]["details"] = CHANGED.details


@scene("changed", "seen")
async def changed_seen(stage: Stage) -> None:
    sid = await stage.reading()
    change(stage, sid)
    stage.clock.forward(60)
    await stage.poll()
    await stage.until(lambda: view(stage).phase is Phase.CHANGED)


@scene("changed", "on-click")
async def changed_on_click(stage: Stage) -> None:
    sid = await stage.reading()
    stage.waits(replace(SETTLING, guard=3600.0, changed=3600.0))
    change(stage, sid)
    stage.service.on("POST", CHALLENGE, refuse(403, 60324))
    stage.click("approveButton")
    await stage.until(lambda: view(stage).notice is Say.CHANGED_ON_CLICK)
    await stage.until(lambda: view(stage).phase is Phase.READY)


# --- 15 Unknown fate -----------------------------------------------------------------------------


async def lose(stage: Stage, *, taken: bool = False) -> str:
    """Approve, and lose the connection; the service has it or not."""
    sid = await stage.reading()
    stage.service.on("POST", CHALLENGE, (take_then_fail if taken else fail)(lost()))
    stage.service.on("GET", CHALLENGE, fail(NetworkError("unreachable", "No network.")), times=1)
    stage.clock.forward(5)
    stage.click("approveButton")
    await says(stage, Say.UNKNOWN)
    return sid


async def look(stage: Stage, say: Say) -> None:
    """Ask what became of it."""
    stage.pane.presenter.check_now()
    await says(stage, say)
    await stage.poll()


@scene("unknown-fate", "asking")
async def asking(stage: Stage) -> None:
    await lose(stage)
    await stage.poll()
    await stage.controller.past.refresh()


@scene("unknown-fate", "arrived")
async def arrived(stage: Stage) -> None:
    await lose(stage, taken=True)
    await look(stage, Say.ARRIVED)


@scene("unknown-fate", "not-arrived")
async def not_arrived(stage: Stage) -> None:
    await lose(stage)
    await look(stage, Say.NOT_ARRIVED)


@scene("unknown-fate", "expired-first")
async def expired_first(stage: Stage) -> None:
    sid = await lose(stage)
    stage.service.challenges[sid]["status"] = "expired"
    await look(stage, Say.EXPIRED_FIRST)


@scene("unknown-fate", "after-restart")
async def after_restart(stage: Stage) -> None:
    await stage.has()
    sid = stage.three_ask()
    opened = replace(
        history()[0], challenge_sid=sid, server_status=None, finished_at=None, error=None
    )
    await stage.process.log.begin(opened)
    stage.service.on("GET", CHALLENGE, fail(lost()), times=9)
    await stage.start()
    past = stage.controller.past
    # The app asks about the answer by itself: what it asked later would be told that it got lost.
    await stage.until(lambda: stage.service.count("GET", CHALLENGE) > 0 and not past._settling)
    await past.refresh()
    stage.service._rules.clear()
    stage.choose(sid)
    await says(stage, Say.UNKNOWN)


# --- 16 Expired while open -----------------------------------------------------------------------


@scene("expired", "open")
async def expired(stage: Stage) -> None:
    sid = await stage.reading()
    stage.clock.forward(300)
    stage.service.challenges[sid]["status"] = "expired"
    stage.tick()
    await says(stage, Say.EXPIRED)
    await stage.poll()


@scene("expired", "too-late")
async def too_late(stage: Stage) -> None:
    sid = await stage.reading()
    stage.service.challenges[sid]["status"] = "expired"
    stage.click("approveButton")
    await says(stage, Say.TOO_LATE)
    assert view(stage).answer is ChallengeStatus.APPROVED
    await stage.poll()


@scene("expired", "taken-back")
async def taken_back(stage: Stage) -> None:
    sid = await stage.reading()
    assert stage.service.challenges[sid]["factor_sid"] == NORTHWIND.sid
    assert stage.service.challenges[sid]["details"] == SIGN_IN.details
    del stage.service.challenges[sid]
    stage.click("denyButton")
    await says(stage, Say.GONE)
    await stage.poll()
