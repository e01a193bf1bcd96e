"""It wasn't me, pressed after denying: kept, told once, and said honestly where it isn't known."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.request.mark_words import mark_text
from countersign.desktop.request.view import EventKind
from countersign.desktop.request.words import result_text
from countersign.device.suspicion import Mark
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    InputError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
    TokenError,
)
from tests.desktop.request import states
from tests.desktop.request.world import ACCOUNT, DENIED, SID, decision

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError
    from tests.desktop.request.stage import Stage
    from tests.desktop.request.world import World

ADVICE = "Someone may know your password. Change it, and tell the help desk."
NOTED = "Noted in your history here."
AWAY = NetworkError("unreachable", "Away.")
FULL = StorageError("disk_full", "Full.")


async def deny(stage: Stage) -> None:
    """Open the request, and deny it."""
    await stage.open()
    stage.presenter.deny()
    await stage.idle()


def marks(stage: Stage) -> int:
    return sum(event.kind is EventKind.MARKED for event in stage.events)


def said(stage: Stage) -> list[str]:
    """Return what stands under the outcome."""
    return result_text(stage.view(), "the help desk").split("\n")[1:]


async def test_it_sends_no_second_answer_and_twice_is_once(stage: Stage, world: World) -> None:
    await deny(stage)
    assert stage.view().can_mark
    world.hold = asyncio.Event()
    stage.presenter.mark_suspicious()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert (stage.view().can_mark, said(stage), marks(stage)) == (False, [ADVICE], 0)
    world.hold.set()
    await stage.idle()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert world.marked == [(ACCOUNT.sid, SID)]
    assert len(world.sent) == 1
    assert marks(stage) == 1
    assert said(stage) == [ADVICE, "Northwind Bank was told that it wasn't you."]


async def test_what_another_window_marked_claims_nothing(stage: Stage, world: World) -> None:
    world.marking = Mark(before=True)
    await deny(stage)
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert said(stage) == [ADVICE]


async def test_a_service_that_is_away_is_said_and_not_told_again(
    stage: Stage, world: World
) -> None:
    world.marking = Mark(error=AWAY)
    await deny(stage)
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert said(stage) == [
        ADVICE,
        f"{NOTED} Northwind Bank couldn't be told: it can't be reached.",
    ]
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert (len(world.marked), marks(stage)) == (1, 1)


async def test_what_could_not_be_kept_can_be_pressed_again(stage: Stage, world: World) -> None:
    world.marking = FULL
    await deny(stage)
    stage.presenter.mark_suspicious()
    await stage.idle()
    view = stage.view()
    assert (view.suspicious, view.can_mark, marks(stage)) == (False, True, 0)
    assert said(stage) == [
        "Can't save that on this computer: the disk may be full or read-only. Nobody was told."
    ]
    world.marking = Mark()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert (stage.view().suspicious, marks(stage)) == (True, 1)


async def test_a_mark_goes_on_when_the_request_is_left(stage: Stage, world: World) -> None:
    await deny(stage)
    world.hold = asyncio.Event()
    stage.presenter.mark_suspicious()
    await stage.idle()
    stage.presenter.close()
    world.hold.set()
    await stage.idle()
    assert marks(stage) == 1
    assert stage.presenter.view is None


async def test_a_denial_whose_arrival_was_learnt_late_can_be_marked(
    stage: Stage, world: World
) -> None:
    await stage.open()
    world.outcome, world.known = states.UNKNOWN, [decision(DENIED)]
    stage.presenter.deny()
    await stage.idle()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert world.marked == []
    world.known = [decision(DENIED, server_status=DENIED)]
    stage.presenter.check_now()
    await stage.idle()
    stage.presenter.mark_suspicious()
    await stage.idle()
    assert world.marked == [(ACCOUNT.sid, SID)]
    assert said(stage)[0] == ADVICE


def api(status: int) -> ApiError:
    return ApiError("refused", "No.", code=60306, status=status)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AWAY, "{a} couldn't be told: it can't be reached."),
        (
            NetworkError("certificate", ""),
            "{a} couldn't be told: the connection to it isn't safe.",
        ),
        (AnswerLostError("x", ""), "The connection broke, so {a} may not have been told."),
        (api(500), "{a} has trouble, and may not have been told."),
        (api(400), "{a} couldn't be told: it takes no such notes."),
        (api(403), "{a} couldn't be told: it takes no such notes."),
        (api(401), "{a} couldn't be told: it doesn't accept this computer's key."),
        (api(404), "{a} couldn't be told: it no longer has this request."),
        (api(429), "{a} couldn't be told: it is busy."),
        (KeyStorageError("locked", ""), "{a} couldn't be told: your password store is locked."),
        (
            KeyStorageError("missing", ""),
            "{a} couldn't be told: no password store is running on this computer.",
        ),
        (KeyStorageError("gone", ""), "{a} couldn't be told: the key for this account is gone."),
        (KeyStorageError("odd", ""), "{a} couldn't be told: your password store can't be used."),
        (TokenError("clock", ""), "{a} couldn't be told: this computer's date or time is wrong."),
        (
            InputError("account_removed", ""),
            "{a} couldn't be told: the account was removed from this computer.",
        ),
        (MappingError("odd", ""), "{a} couldn't be told."),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_why_nobody_was_told(error: CountersignError, words: str) -> None:
    text = mark_text(Mark(error=error), "{Bank}")
    assert text == f"{NOTED} " + words.format(a="{Bank}")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "Can't save that on this computer: the disk may be full or read-only. "),
        (StorageError("database_busy", ""), "Another Countersign is busy. Try again. "),
        (InputError("no_denial", ""), "Your history here no longer has this denial. "),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_why_nothing_was_kept(error: CountersignError, words: str) -> None:
    assert mark_text(error, "Bank") == words + "Nobody was told."
