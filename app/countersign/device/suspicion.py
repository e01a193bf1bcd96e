"""Marking an answer of before as "it wasn't me": in history first, then at the service."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.records import Account

SUSPICIOUS: Final = '{"reason":"suspicious"}'
"""The challenge's Metadata: one JSON object of strings, 1,024 characters at most (protocol.md)."""

_log = logging.getLogger(__name__)


async def mark(device: Device, account: Account, challenge_sid: str) -> bool:
    """Mark this device's denial of a challenge, and tell the service by its Metadata alone.

    Returns whether the service took it: it may be out of reach, or take no Metadata. History has
    the mark in either case. What is marked already is told to nobody a second time. Raises
    StorageError where the mark couldn't be kept; then nothing was sent.
    """
    denials = [
        decision
        for decision in await device.decisions.find(challenge_sid)
        if decision.factor_sid == account.sid
        and decision.server_status is ChallengeStatus.DENIED
        and decision.error is None
    ]
    if not denials or not await device.decisions.mark_suspicious(denials[-1].id):
        return bool(denials)
    try:
        async with device.speaking_for(account) as client:
            await client.annotate(challenge_sid, SUSPICIOUS)
    except CountersignError as error:
        _log.info("the service wasn't told of a suspicious request: %s", error.name)
        return False
    return True
