"""A denial can be marked afterwards: history first, then the service, and that once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.decisions import Answer
from countersign.device.suspicion import SUSPICIOUS
from countersign.push.errors import NetworkError, StorageError
from countersign.push.values import ChallengeStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from tests.unit.device.device_support import FakeService, Process

pytestmark = pytest.mark.anyio

APPROVE = Answer(ChallengeStatus.APPROVED)
DENY = Answer(ChallengeStatus.DENIED)


async def kept(process: Process, request: Request) -> bool:
    [decision] = await process.log.find(request.challenge.sid)
    return decision.suspicious


async def test_the_mark_is_sent_alone_and_kept(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", support.answer(200, {}))
    assert await process.decisions.mark_suspicious(request_shown)
    assert service.sent[-1].form == {"Metadata": SUSPICIOUS}
    assert await kept(process, request_shown)


async def test_a_second_mark_is_told_to_nobody(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", support.answer(200, {}))
    await process.decisions.mark_suspicious(request_shown)
    before = len(service.sent)
    assert await process.decisions.mark_suspicious(request_shown)
    assert len(service.sent) == before


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(support.refuse(400, 60306), id="takes no metadata"),
        pytest.param(support.fail(NetworkError("unreachable", "Away.")), id="away"),
        pytest.param(support.fail(support.lost()), id="no answer"),
    ],
)
async def test_the_mark_is_kept_where_the_service_does_not_take_it(
    process: Process,
    service: FakeService,
    request_shown: Request,
    behaviour: support.Behaviour,
) -> None:
    await process.decisions.answer(request_shown, DENY)
    service.on("POST", "/Challenges/", behaviour)
    assert not await process.decisions.mark_suspicious(request_shown)
    assert await kept(process, request_shown)


async def test_an_approval_is_never_marked(
    process: Process, service: FakeService, request_shown: Request
) -> None:
    await process.decisions.answer(request_shown, APPROVE)
    before = len(service.sent)
    assert not await process.decisions.mark_suspicious(request_shown)
    assert (len(service.sent), await kept(process, request_shown)) == (before, False)


async def test_nothing_is_sent_where_the_mark_cannot_be_kept(
    process: Process,
    service: FakeService,
    request_shown: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await process.decisions.answer(request_shown, DENY)
    before = len(service.sent)

    async def full(_id: str) -> bool:
        raise StorageError("disk_full", "The disk is full.")

    monkeypatch.setattr(process.device.decisions, "mark_suspicious", full)
    with pytest.raises(StorageError):
        await process.decisions.mark_suspicious(request_shown)
    assert len(service.sent) == before
