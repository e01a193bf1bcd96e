"""Screen 1: a request from being chosen to being answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from countersign.desktop.request.view import Phase, Say
from tests.screenshots.people import (
    HURRY,
    LONG,
    MANY,
    PLAIN,
    history,
)
from tests.screenshots.stage import SETTLING
from tests.screenshots.table import scene
from tests.unit.device.device_support import (
    refuse,
)

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView
    from tests.screenshots.stage import Stage

CHALLENGE = "/Challenges/"


def view(stage: Stage) -> RequestView:
    """Return what the pane shows."""
    found = stage.pane.presenter.view
    assert found is not None
    return found


async def says(stage: Stage, say: Say) -> None:
    """Wait for a result."""
    await stage.until(lambda: view(stage).result is say)


@scene("request", "nothing-chosen")
async def nothing_chosen(stage: Stage) -> None:
    await stage.has()
    stage.three_ask()
    await stage.start()


@scene("request", "loading")
async def loading(stage: Stage) -> None:
    await stage.has()
    sid = stage.three_ask()
    await stage.start()
    await stage.hold("GET", CHALLENGE, lambda: stage.choose(sid))


@scene("request", "ready")
async def ready(stage: Stage) -> None:
    await stage.reading()


@scene("request", "no-fields")
async def no_fields(stage: Stage) -> None:
    await stage.reading(PLAIN)


@scene("request", "long")
async def long(stage: Stage) -> None:
    await stage.reading(LONG)


@scene("request", "many-fields")
async def many_fields(stage: Stage) -> None:
    await stage.reading(MANY)


@scene("request", "hurry")
async def hurry(stage: Stage) -> None:
    await stage.reading(HURRY)


@scene("request", "guard")
async def guard(stage: Stage) -> None:
    stage.waits(replace(SETTLING, guard=3600.0))
    await stage.has()
    sid = stage.three_ask()
    await stage.start()
    stage.controller.reading.read(sid, chosen=False)
    await stage.until(lambda: view(stage).phase is Phase.READY)


@scene("request", "sending")
async def sending(stage: Stage) -> None:
    await send(stage)


@scene("request", "slow")
async def slow(stage: Stage) -> None:
    stage.waits(replace(SETTLING, slow=0.0))
    await send(stage)
    await says(stage, Say.SLOW)


async def send(stage: Stage) -> None:
    """Approve, without an answer yet."""
    await stage.reading()
    await stage.hold("POST", CHALLENGE, lambda: stage.click("approveButton"))


async def answer(stage: Stage, button: str) -> None:
    """Answer the request that is open."""
    stage.clock.forward(5)
    stage.click(button)
    await says(stage, Say.CONFIRMED)
    await stage.poll()


@scene("request", "approved")
async def approved(stage: Stage) -> None:
    await stage.reading()
    await answer(stage, "approveButton")


@scene("request", "denied")
async def denied(stage: Stage) -> None:
    await stage.reading()
    await answer(stage, "denyButton")


@scene("request", "not-me")
async def not_me(stage: Stage) -> None:
    await stage.reading()
    await answer(stage, "suspiciousButton")


@scene("request", "quiet")
async def quiet(stage: Stage) -> None:
    await not_me(stage)
    stage.click("muteButton")


@scene("request", "copied-key")
async def copied_key(stage: Stage) -> None:
    await stage.has()
    sid = stage.three_ask()
    await stage.start()
    stage.service.challenges[sid]["status"] = "approved"
    stage.choose(sid)
    await says(stage, Say.ELSEWHERE)


@scene("request", "already")
async def already(stage: Stage) -> None:
    await stage.has()
    sid = stage.three_ask()
    await stage.answered([replace(history()[0], challenge_sid=sid)])
    await stage.start()
    stage.service.challenges[sid]["status"] = "approved"
    stage.choose(sid)
    await says(stage, Say.ALREADY_ANSWERED)


@scene("request", "couldnt-read")
async def couldnt_read(stage: Stage) -> None:
    await stage.has()
    sid = stage.three_ask()
    await stage.start()
    stage.service.on("GET", CHALLENGE, refuse(500), times=9)
    stage.choose(sid)
    await says(stage, Say.UNREADABLE)
