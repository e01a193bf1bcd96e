"""Deny from a notice: exactly what it showed, by the way of the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.desktop.notify.denying import deny, outcome
from countersign.desktop.request.view import Say
from countersign.device.decisions import Decisions
from countersign.device.inbox import look
from countersign.device.records import Mode
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus
from tests.unit.device.device_support import FakeService, Keys, Process, lost, take_then_fail

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from countersign.device.inbox import Request


class Desk:
    """A device with one request that waits, as a poll saw it."""

    def __init__(self, process: Process, shown: Request) -> None:
        self.process = process
        self.service = process.service
        self.shown = shown
        self.sid = shown.challenge.sid
        self.decisions = Decisions(process.device, second_look=0.0)

    async def deny(self) -> None:
        """Deny it, as a click on its notice does."""
        await deny(self.process.device, self.decisions, self.shown)

    async def failed(self) -> Say:
        """Deny it in vain; why."""
        with pytest.raises(CountersignError) as caught:
            await self.deny()
        return outcome(caught.value)[0]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    process = await Process.start(tmp_path, FakeService(), Keys())
    account = await process.add_account()
    process.service.add_challenge(account.sid)
    (view,) = await look(process.device, [account], ChallengeStatus.PENDING)
    (shown,) = view.requests
    yield Desk(process, shown)
    await process.die()


async def test_it_is_denied_and_in_history_as_by_hand(desk: Desk) -> None:
    await desk.deny()
    assert desk.service.challenges[desk.sid]["status"] == "denied"
    (known,) = await desk.process.log.find(desk.sid)
    assert (known.answer, known.mode) == (ChallengeStatus.DENIED, Mode.HAND)
    assert known.server_status is ChallengeStatus.DENIED


async def test_what_changed_since_is_not_answered(desk: Desk) -> None:
    desk.service.challenges[desk.sid]["details"] = {"message": "Pay 5000"}
    assert await desk.failed() is Say.CHANGED_ON_CLICK
    assert desk.service.count("POST", desk.sid) == 0
    assert await desk.process.log.find(desk.sid) == []


async def test_twice_is_once(desk: Desk) -> None:
    await desk.deny()
    assert await desk.failed() is Say.ALREADY_ANSWERED
    assert desk.service.count("POST", desk.sid) == 1


async def test_one_that_is_gone_is_said_to_be(desk: Desk) -> None:
    del desk.service.challenges[desk.sid]
    assert await desk.failed() is Say.GONE


async def test_an_answer_that_was_lost_is_not_sent_again(desk: Desk) -> None:
    desk.service.on("POST", desk.sid, take_then_fail(lost()))
    await desk.deny()  # a look by GET found it
    assert desk.service.count("POST", desk.sid) == 1


async def test_a_locked_password_store_is_no_answer(desk: Desk) -> None:
    desk.process.keys.lock("sign")
    assert await desk.failed() is Say.NOT_TAKEN
    assert desk.service.challenges[desk.sid]["status"] == "pending"
